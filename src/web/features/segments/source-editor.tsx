import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listParties } from '#core/parties/list-api.ts'
import type { Criteria } from '#core/segments/criteria.ts'
import { Source } from '#core/segments/selection.ts'
import { call } from '../../platform/call.ts'
import { CriteriaBuilder } from './criteria/criteria-builder.tsx'
import { useDictionary } from './dictionary.ts'
import { nameOf } from './sample-panel.tsx'

/** A source being edited: what it names may still be missing. */
export type SourceDraft = { kind: Source['kind'] } & Record<string, unknown>

export const isWholeSource = (source: SourceDraft) => Source.safeParse(source).success

export function criteriaIn(source: SourceDraft): Criteria | undefined {
  const { data } = Source.safeParse(source)
  return data?.kind === 'criteria' ? data.criteria : undefined
}

type Props = { source: SourceDraft; onChange: (source: SourceDraft) => void }

export function SourceEditor({ source, onChange }: Props) {
  const dictionary = useDictionary()
  switch (source.kind) {
    case 'criteria':
      return (
        <CriteriaBuilder
          value={criteriaIn(source) ?? null}
          onChange={(criteria) => onChange({ kind: 'criteria', criteria })}
        />
      )
    case 'segment':
      return (
        <Chosen
          source={source}
          idKey="segmentId"
          options={dictionary.segments}
          onChange={onChange}
        />
      )
    case 'tag':
      return <Chosen source={source} idKey="tagId" options={dictionary.tags} onChange={onChange} />
    case 'list':
      return (
        <Chosen source={source} idKey="listId" options={dictionary.lists} onChange={onChange} />
      )
    case 'people':
      return <People source={source} onChange={onChange} />
    case 'mailing':
      return <Mailing source={source} options={dictionary.mailings} onChange={onChange} />
    default:
      return null
  }
}

type Named = { id: number; label: string }

function Chosen(props: Props & { idKey: string; options: Named[] }) {
  const { t } = useTranslation('segments')
  const { source, idKey, options, onChange } = props
  const id = source[idKey]
  return (
    <Select
      size="sm"
      aria-label={t(`selection.source.${source.kind}`)}
      placeholder={t('selection.choose')}
      data={options.map((each) => ({ value: String(each.id), label: each.label }))}
      value={typeof id === 'number' ? String(id) : null}
      onChange={(value) => value && onChange({ ...source, [idKey]: Number(value) })}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('builder.nothingFound')}
    />
  )
}

function Mailing(props: Props & { options: Named[] }) {
  const { t } = useTranslation('segments')
  const who = props.source.who === 'received' ? 'received' : 'targeted'
  const source = { ...props.source, who }
  return (
    <>
      <Chosen {...props} source={source} idKey="campaignId" />
      <Select
        size="sm"
        mt="xs"
        aria-label={t('selection.whichOnes')}
        data={(['targeted', 'received'] as const).map((value) => ({
          value,
          label: t(`selection.who.${value}`),
        }))}
        value={who}
        onChange={(value) => value && props.onChange({ ...source, who: value })}
        allowDeselect={false}
      />
    </>
  )
}

/** Hand picks: found by any word of the card. Names of earlier picks are asked for once, by their search. */
function People({ source, onChange }: Props) {
  const { t } = useTranslation('segments')
  const ids = Array.isArray(source.partyIds) ? source.partyIds.map(Number) : []
  const [names, setNames] = useState<ReadonlyMap<number, string>>(new Map())
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const { data } = useQuery({
    queryKey: ['parties', 'pick', search],
    queryFn: ({ signal }) => call(listParties, { search, offset: 0, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  })
  const found = (data?.rows ?? []).map((row) => ({
    value: String(row.id),
    label: [nameOf(row), row.postalCode, row.city].filter((part) => part !== '').join(' · '),
  }))
  const kept = ids
    .filter((id) => !found.some(({ value }) => value === String(id)))
    .map((id) => ({ value: String(id), label: names.get(id) ?? `n° ${id}` }))
  return (
    <MultiSelect
      size="sm"
      label={t('selection.people', { count: ids.length })}
      aria-label={t('selection.chosen')}
      placeholder={t('selection.search')}
      data={[...found, ...kept]}
      value={ids.map(String)}
      onChange={(values) => {
        const label = (value: string) => found.find((each) => each.value === value)?.label
        setNames(
          new Map([
            ...names,
            ...values.map(
              (value) =>
                [Number(value), label(value) ?? names.get(Number(value)) ?? value] as const,
            ),
          ]),
        )
        onChange({ kind: 'people', partyIds: values.map(Number) })
      }}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('builder.nothingFound')}
    />
  )
}
