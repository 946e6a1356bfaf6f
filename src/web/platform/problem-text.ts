import i18next from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { CallError } from './call.ts'

/**
 * The sentence for a failure in the language of the page: code `segments/name-taken` is
 * `errors.name-taken` of the catalogue `segments`; `http/…` and unknown codes are in `common`.
 */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation()
  return useCallback(
    (error) => {
      if (!(error instanceof CallError)) return t('errors.internal')
      const { code, message, details } = error.problem
      const [feature = '', reason = ''] = code.split('/')
      const own = `${feature}:errors.${reason}`
      if (i18next.exists(own)) return String(i18next.t(own, details))
      const common = `errors.${feature}/${reason}`
      return i18next.exists(common) ? String(i18next.t(common, details)) : message
    },
    [t],
  )
}
