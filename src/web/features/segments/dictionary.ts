import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Locale } from '#core/kernel/values.ts'
import { type Dictionary, getDictionary } from '#core/segments/api.ts'
import { call } from '../../platform/call.ts'
import { useLocale } from './use-live-count.ts'

const dictionaryQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['segments', 'dictionary', locale],
    queryFn: ({ signal }) => call(getDictionary, { locale }, signal),
    staleTime: 60_000,
  })

const nothing: Dictionary = {
  stores: [],
  categories: [],
  cardTypes: [],
  departments: [],
  tags: [],
  lists: [],
  segments: [],
  mailings: [],
  kinds: [],
  countries: [],
  languages: [],
  currencies: [],
  customFields: [],
  activityTypes: [],
  questions: [],
  steps: [],
  operations: [],
  statuses: [],
  states: [],
  kindCounts: [],
}

/** Everything criteria can name; empty until it is loaded. */
export function useDictionary(): Dictionary & { isLoaded: boolean } {
  const { data } = useQuery(dictionaryQuery(useLocale()))
  return { ...(data ?? nothing), isLoaded: data !== undefined }
}
