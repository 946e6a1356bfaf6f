import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { getPartyCatalogue } from '#core/parties/catalogue-api.ts'
import { call } from '../../platform/call.ts'

export const catalogueQuery = queryOptions({
  queryKey: ['party-catalogue'],
  queryFn: ({ signal }) => call(getPartyCatalogue, {}, signal),
  staleTime: 60_000,
})

/** Stores, kinds, categories, tags and custom fields, with their names in the language of the page. */
export function useCatalogue() {
  const { data } = useQuery(catalogueQuery)
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const own = <T extends { labelFr: string; labelEn: string }>(entry: T) =>
      language === 'fr' ? entry.labelFr : entry.labelEn
    return {
      loaded: data !== undefined,
      defaults: data?.defaults,
      stores: data?.stores ?? [],
      categories: data?.categories ?? [],
      cardTypes: data?.cardTypes ?? [],
      tags: data?.tags ?? [],
      kinds: (data?.kinds ?? []).map((kind) => ({ ...kind, label: own(kind) })),
      customFields: (data?.customFields ?? []).map((field) => ({
        ...field,
        label: own(field),
        choices: field.options.map((option) => ({ value: option.value, label: own(option) })),
      })),
    }
  }, [data, language])
}

export type Catalogue = ReturnType<typeof useCatalogue>
