import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivitiesShown } from '#core/views/view.ts'
import { ViewMenu } from '../views/view-menu.tsx'
import { ActivityList } from './activity-list.tsx'
import { filterOf } from './list-state.ts'
import { SortSelect } from './sort-select.tsx'

const states = ['open', 'all'] as const

const everything: ActivitiesShown = {
  owner: 'all',
  state: 'all',
  search: '',
  overdue: false,
  sorted: 'startsAt',
  way: 'desc',
}

/** The activities of a customer, as the party and as the contact; looked at as one likes. */
export function CustomerActivities({ partyId, name }: { partyId: number; name: string }) {
  const { t } = useTranslation('activities')
  const [shown, setShown] = useState(everything)
  const set = (patch: Partial<ActivitiesShown>) => setShown({ ...shown, ...patch })
  const filter = useMemo(() => filterOf({ ...shown, party: partyId }), [shown, partyId])
  const choices = states.some((state) => state === shown.state) ? states : [...states, shown.state]
  return (
    <ActivityList
      filter={filter}
      sort={shown.sorted}
      direction={shown.way}
      start={{ partyId, partyLabel: name }}
      tools={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('fields.state')}
            data={choices.map((value) => ({ value, label: t(`states.${value}`) }))}
            value={shown.state}
            // Whoever asks for all of them means those that a view left out, too.
            onChange={(value) =>
              value === 'open'
                ? set({ state: 'open', way: 'asc' })
                : setShown({ ...everything, sorted: shown.sorted })
            }
          />
          <SortSelect size="xs" sorted={shown.sorted} way={shown.way} onChange={set} />
          <ViewMenu list="activities" size="xs" shown={shown} onApply={setShown} />
        </>
      }
    />
  )
}
