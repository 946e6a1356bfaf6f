import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listLabelFormats } from '#core/labels/api.ts'
import { call } from '../../platform/call.ts'

export const formatsKey = ['label-formats'] as const

export function useFormats() {
  const comma = useDecimalMark()
  const { data } = useQuery({
    queryKey: formatsKey,
    queryFn: ({ signal }) => call(listLabelFormats, {}, signal),
  })
  // Those of the program are called by their measures.
  return data?.map((format) =>
    format.id === null ? { ...format, name: format.name.replaceAll('.', comma) } : format,
  )
}

/** What stands before the decimals in the language of the page. */
export function useDecimalMark(): string {
  const { i18n } = useTranslation()
  return i18n.language === 'fr' ? ',' : '.'
}

export function useMillimetres(): (value: number) => string {
  const comma = useDecimalMark()
  return (value) => String(value).replace('.', comma)
}
