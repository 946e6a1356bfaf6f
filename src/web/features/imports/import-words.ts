import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportKind } from '#core/imports/plan.ts'
import { targetsOf } from '#core/imports/targets.ts'
import { getPartyCatalogue } from '#core/parties/catalogue-api.ts'
import { cardFields } from '#core/parties/fields.ts'
import { call } from '../../platform/call.ts'

/** Stores and custom fields; undefined until they are there, and for who may not see customers. */
export function usePartyCatalogue() {
  return useQuery({
    queryKey: ['imports', 'party-catalogue'],
    queryFn: ({ signal }) => call(getPartyCatalogue, {}, signal),
    staleTime: 60_000,
  }).data
}

export type TargetOption = { value: string; label: string; required: boolean }

/** What a column can be: fields of the card by the card's words, custom fields by their own labels. */
export function useTargetOptions(kind: ImportKind): readonly TargetOption[] {
  const { t, i18n } = useTranslation('imports')
  const { t: ofCard } = useTranslation('parties')
  const custom = usePartyCatalogue()?.customFields ?? []
  const own = targetsOf[kind].map(({ key, required = false }) => ({
    value: key,
    label:
      kind === 'customers' && key in cardFields
        ? ofCard(`fields.${key}`)
        : t(`targets.${kind}.${key}`),
    required,
  }))
  if (kind !== 'customers') return own
  return [
    ...own,
    ...custom.map(({ key, labelFr, labelEn }) => ({
      value: `custom.${key}`,
      label: i18n.language === 'fr' ? labelFr : labelEn,
      required: false,
    })),
  ]
}
