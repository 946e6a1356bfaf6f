import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Candidate, findCandidates } from '#core/segments/api.ts'
import { call } from '../../platform/call.ts'
import { nameOf } from './sample-panel.tsx'

type Props = { ids: number[]; onChange: (ids: number[]) => void }

/* As many names as the server tells at once; further picks show their number. */
const mostNames = 500

const textOf = (row: Candidate) =>
  [nameOf(row), [row.postalCode, row.city].filter((part) => part !== '').join(' '), row.email]
    .filter((part) => part !== '')
    .join(' · ')

/** People picked one by one, found by any word of the card; takes no right but those of mailings. */
export function HandPicks({ ids, onChange }: Props) {
  const { t } = useTranslation('segments')
  // Those picked before this page was opened; what is picked on it comes with its name.
  const [before] = useState(() => ids.slice(0, mostNames))
  const [picked, setPicked] = useState<ReadonlyMap<number, string>>(new Map())
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const found = useQuery({
    queryKey: ['candidates', search],
    queryFn: ({ signal }) => call(findCandidates, { search }, signal),
    placeholderData: keepPreviousData,
  })
  const known = useQuery({
    queryKey: ['candidates', before],
    queryFn: ({ signal }) => call(findCandidates, { ids: before }, signal),
    enabled: before.length > 0,
  })
  const names = new Map([
    ...picked,
    ...[...(known.data ?? []), ...(found.data ?? [])].map((row) => [row.id, textOf(row)] as const),
  ])
  const shown = new Set([...(found.data ?? []).map(({ id }) => id), ...ids])
  const pick = (values: string[]) => {
    const next = values.map(Number)
    setPicked(new Map(next.map((id) => [id, names.get(id) ?? ''])))
    onChange(next)
  }
  return (
    <MultiSelect
      size="sm"
      label={t('selection.people', { count: ids.length })}
      aria-label={t('selection.chosen')}
      placeholder={t('selection.search')}
      data={[...shown].map((id) => ({
        value: String(id),
        label: names.get(id) || t('selection.personNumber', { n: id }),
      }))}
      value={ids.map(String)}
      onChange={pick}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('builder.nothingFound')}
    />
  )
}
