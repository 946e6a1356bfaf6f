import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Criteria } from '#core/segments/criteria.ts'
import { Source } from '#core/segments/selection.ts'
import { LazyCriteriaBuilder } from './criteria/lazy-builder.tsx'
import { useDictionary } from './dictionary.ts'
import { HandPicks } from './hand-picks.tsx'

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
        <LazyCriteriaBuilder
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
      return (
        <HandPicks
          ids={Array.isArray(source.partyIds) ? source.partyIds.map(Number) : []}
          onChange={(partyIds) => onChange({ kind: 'people', partyIds })}
        />
      )
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
