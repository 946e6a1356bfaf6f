import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getParty } from '#core/parties/api.ts'
import type { PartyRow } from '#core/parties/list.ts'
import { listParties } from '#core/parties/list-api.ts'
import { displayName, type Party } from '#core/parties/party.ts'
import { call } from '../../platform/call.ts'

type Props = {
  label: string
  value: number | null
  onChange: (id: number | null) => void
  disabled?: boolean
  placeholder?: string
}

const labelOf = (row: PartyRow | Party) =>
  [displayName(row), row.city, row.email].filter(Boolean).join(' · ')

/** One customer, found by name, e-mail, phone, code or town. */
export function PartyPicker({ label, value, onChange, disabled, placeholder }: Props) {
  const { t } = useTranslation('parties')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const { data: found } = useQuery({
    queryKey: ['parties', 'picker', search],
    queryFn: ({ signal }) => call(listParties, { search, limit: 12 }, signal),
    placeholderData: keepPreviousData,
  })
  const { data: chosen } = useQuery({
    queryKey: ['party', value, 'card'],
    queryFn: ({ signal }) => call(getParty, { id: value ?? 0 }, signal),
    enabled: value !== null,
  })
  const rows = new Map<number, PartyRow | Party>()
  if (chosen) rows.set(chosen.id, chosen)
  for (const row of found?.rows ?? []) rows.set(row.id, row)
  return (
    <Select
      label={label}
      placeholder={placeholder ?? t('searchHint')}
      data={[...rows.values()].map((row) => ({ value: String(row.id), label: labelOf(row) }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear', { field: label }) }}
      onSearchChange={(text) => setTyped(chosen && text === labelOf(chosen) ? '' : text)}
      // The server has searched already, in more fields than the label shows.
      filter={({ options }) => options}
      nothingFoundMessage={t('nothingFound')}
      disabled={disabled ?? false}
    />
  )
}
