import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Locale } from '#core/kernel/values.ts'
import { countCriteria, countSelection, countStages } from '#core/segments/api.ts'
import type { Criteria } from '#core/segments/criteria.ts'
import type { Selection } from '#core/segments/selection.ts'
import { call } from '../../platform/call.ts'

/** The language of the page, as the server is to speak. */
export const useLocale = (): Locale => Locale.catch('fr').parse(useTranslation().i18n.language)

const pause = 250

/** The counters of criteria a moment after their last change; the last ones stay meanwhile. */
export function useCriteriaCount(criteria: Criteria | undefined) {
  const locale = useLocale()
  const [asked] = useDebouncedValue(criteria, pause)
  return useQuery({
    queryKey: ['segments', 'count', asked, locale],
    queryFn: ({ signal }) => call(countCriteria, { criteria: asked as Criteria, locale }, signal),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
  })
}

export function useSelectionCount(selection: Selection | undefined) {
  const locale = useLocale()
  const [asked] = useDebouncedValue(selection, pause)
  return useQuery({
    queryKey: ['selections', 'count', asked, locale],
    queryFn: ({ signal }) =>
      call(countSelection, { selection: asked as Selection, locale }, signal),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
  })
}

/** How many are left after each criterion, for whole criteria that were asked about; undefined until known. */
export function useStages(criteria: Criteria | undefined): readonly number[] | undefined {
  const [asked] = useDebouncedValue(criteria, pause)
  const { data } = useQuery({
    queryKey: ['segments', 'stages', asked],
    queryFn: ({ signal }) => call(countStages, { criteria: asked as Criteria }, signal),
    enabled: asked !== undefined,
  })
  return criteria && data?.left
}
