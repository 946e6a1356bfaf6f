import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartyRow } from '#core/parties/list.ts'
import { listParties } from '#core/parties/list-api.ts'
import { displayName } from '#core/parties/party.ts'
import { call } from '../../platform/call.ts'

type Props = {
  label: string
  placeholder: string
  onPick: (party: PartyRow) => void
  /** Whom not to offer. */
  except?: readonly number[]
  /** Whom to offer; everybody by default. */
  accept?: (party: PartyRow) => boolean
  disabled?: boolean
  error?: string | undefined
}

/** Finds a customer by name, code, e-mail, phone or card, and hands it over; empty again afterwards. */
export function PartyPicker({ onPick, except = [], accept = () => true, ...input }: Props) {
  const { t } = useTranslation('parties')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const { data } = useQuery({
    queryKey: ['parties', 'picker', search],
    queryFn: ({ signal }) => call(listParties, { search, limit: 30 }, signal),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })
  const rows = (search === '' ? [] : (data?.rows ?? [])).filter(
    (row) => !except.includes(row.id) && accept(row),
  )
  return (
    <Select
      {...input}
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      // What was found is shown as found: the server compares more than the label.
      filter={({ options }) => options}
      data={rows.slice(0, 8).map((row) => ({ value: String(row.id), label: lineOf(row) }))}
      nothingFoundMessage={search === '' ? t('searchHint') : t('nothingFound')}
      onChange={(id) => {
        const picked = rows.find((row) => String(row.id) === id)
        if (picked) onPick(picked)
        setTyped('')
      }}
    />
  )
}

const lineOf = (row: PartyRow) => [displayName(row), row.code, row.city].filter(Boolean).join(' · ')
