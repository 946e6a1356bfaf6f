import { SegmentedControl, Stack } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationView } from '#core/operations/operation.ts'
import { ActivityList } from './activity-list.tsx'
import { ListState } from './list-state.ts'
import { Totals } from './totals.tsx'

const states = ['open', 'done', 'all'] as const

/** What an operation left to do and what is done, by step. */
export function OperationActivities({ operation }: { operation: OperationView }) {
  const { t } = useTranslation('activities')
  const [shown, setShown] = useState<{ state: (typeof states)[number]; step?: number }>({
    state: 'open',
  })
  const filter = useMemo(
    () => ({
      campaignId: operation.id,
      ...(shown.state === 'all' ? {} : { states: [shown.state] }),
      ...(shown.step ? { stepId: shown.step } : {}),
    }),
    [operation.id, shown],
  )
  const whole = useMemo(() => ({ campaignId: operation.id }), [operation.id])
  return (
    <Stack gap="md">
      <Totals
        filter={whole}
        state={{ ...ListState.parse({}), by: 'step' }}
        onChange={({ step }) => setShown({ ...shown, ...(step ? { step } : {}) })}
      />
      <ActivityList
        filter={filter}
        tools={
          <SegmentedControl
            size="xs"
            aria-label={t('fields.state')}
            data={states.map((value) => ({ value, label: t(`states.${value}`) }))}
            value={shown.state}
            onChange={(value) =>
              setShown({ state: states.find((known) => known === value) ?? 'open' })
            }
          />
        }
      />
    </Stack>
  )
}
