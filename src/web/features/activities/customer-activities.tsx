import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActivityList } from './activity-list.tsx'

const states = ['open', 'all'] as const

/** The activities of a customer, as the party and as the contact. */
export function CustomerActivities({ partyId, name }: { partyId: number; name: string }) {
  const { t } = useTranslation('activities')
  const [state, setState] = useState<(typeof states)[number]>('all')
  const filter = useMemo(
    () => ({ partyId, ...(state === 'open' ? { states: ['open' as const] } : {}) }),
    [partyId, state],
  )
  return (
    <ActivityList
      filter={filter}
      direction={state === 'open' ? 'asc' : 'desc'}
      start={{ partyId, partyLabel: name }}
      tools={
        <SegmentedControl
          size="xs"
          aria-label={t('fields.state')}
          data={states.map((value) => ({ value, label: t(`states.${value}`) }))}
          value={state}
          onChange={(value) => setState(value === 'open' ? 'open' : 'all')}
        />
      }
    />
  )
}
