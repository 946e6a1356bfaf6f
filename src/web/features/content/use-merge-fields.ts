import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { listMergeFields } from '#core/content/api.ts'
import { fieldLabel } from '#core/content/field-labels.ts'
import { mergeFieldGroups } from '#core/content/merge-fields.ts'
import { Locale } from '#core/kernel/values.ts'
import { call } from '../../platform/call.ts'

export type FieldChoice = { key: string; label: string }
export type FieldGroup = { group: string; fields: FieldChoice[] }

/** The fields that can be inserted, grouped and named in the language of the page. */
export function useMergeFields(): { groups: FieldGroup[]; labelOf: (key: string) => string } {
  const { t, i18n } = useTranslation('content')
  const { data } = useQuery({
    queryKey: ['merge-fields'],
    queryFn: ({ signal }) => call(listMergeFields, {}, signal),
    staleTime: 60_000,
  })
  return useMemo(() => {
    const locale = Locale.catch('fr').parse(i18n.language)
    const custom = new Map(
      (data ?? []).flatMap(({ key, labelFr, labelEn }) =>
        labelFr === undefined
          ? []
          : [[key.replace(/^custom\./, ''), { labelFr, labelEn: labelEn ?? labelFr }]],
      ),
    )
    const labelOf = (key: string) => fieldLabel(key, locale, custom)
    const groups = mergeFieldGroups.map((group) => ({
      group: t(`groups.${group}`),
      fields: (data ?? [])
        .filter((field) => field.group === group)
        .map(({ key }) => ({ key, label: labelOf(key) })),
    }))
    return { groups: groups.filter(({ fields }) => fields.length > 0), labelOf }
  }, [data, i18n.language, t])
}
