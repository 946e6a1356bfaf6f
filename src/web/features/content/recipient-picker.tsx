import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listAudience } from '#core/campaigns/api.ts'
import type { AudienceMember } from '#core/campaigns/campaign.ts'
import { call } from '../../platform/call.ts'

type Props = { stepId: number; value: number | null; onChange: (partyId: number | null) => void }

const nameOf = ({ firstName, lastName }: AudienceMember) => `${firstName} ${lastName}`.trim()

/** Chooses for whom the preview is: anyone of the selection, searched by name. The first one to begin with. */
export function RecipientPicker({ stepId, value, onChange }: Props) {
  const { t } = useTranslation('content')
  const [search, setSearch] = useState('')
  const [settled] = useDebouncedValue(search, 250)
  const [chosen, setChosen] = useState<AudienceMember | null>(null)
  // The field shows the chosen name as its search text; that is not a question.
  const question = chosen && settled === nameOf(chosen) ? '' : settled
  const { data } = useQuery({
    queryKey: ['campaigns', 'of-step', stepId, 'recipients', question],
    queryFn: ({ signal }) =>
      call(listAudience, { id: stepId, search: question, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  })
  const begun = useRef(false)
  const first = data?.rows[0]
  useEffect(() => {
    if (begun.current || !first) return
    begun.current = true
    setChosen(first)
    onChange(first.partyId)
  }, [first, onChange])
  const people = new Map((data?.rows ?? []).map((person) => [person.partyId, person]))
  if (chosen) people.set(chosen.partyId, chosen)
  return (
    <Select
      size="xs"
      label={t('preview.for')}
      placeholder={t('preview.nobody')}
      nothingFoundMessage={t('preview.noMatch')}
      data={[...people.values()].map((person) => ({
        value: String(person.partyId),
        label: nameOf(person),
      }))}
      filter={({ options }) => options}
      value={value === null ? null : String(value)}
      onChange={(id) => {
        setChosen(people.get(Number(id)) ?? null)
        onChange(id === null ? null : Number(id))
      }}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      allowDeselect={false}
    />
  )
}
