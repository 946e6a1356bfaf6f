import { Anchor } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ActivityFilter } from '#core/activities/activity.ts'
import { totalActivities } from '#core/activities/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import classes from './activities.module.css'
import { useActivityTables } from './activity-data.ts'
import { ListState, totalChoices } from './list-state.ts'

type Props = {
  filter: ActivityFilter
  state: ListState
  onChange: (patch: Partial<ListState>) => void
}

/** How many are open, done and cancelled, by a field; a click narrows the list to one line (A-S21). */
export function Totals({ filter, state, onChange }: Props) {
  const { t } = useTranslation('activities')
  const { integer } = useFormat()
  const { by } = state
  const { states: _, ...anyState } = filter
  const { data } = useQuery({
    queryKey: ['activities', 'totals', anyState, by],
    queryFn: ({ signal }) => call(totalActivities, { filter: anyState, by: by ?? 'state' }, signal),
    enabled: by !== undefined && totalChoices.includes(by),
    placeholderData: keepPreviousData,
  })
  const label = useTotalLabel(by ?? '')
  if (by === undefined || !data || data.length === 0) return null
  return (
    <Panel title={t('totals', { field: t(`fields.${by}`) })} flush>
      <SimpleTable
        label={t('totals', { field: t(`fields.${by}`) })}
        rows={data}
        keyOf={({ key }) => key ?? ''}
        rowHeader
        columns={[
          {
            key: 'label',
            header: t(`fields.${by}`),
            cell: (row) => {
              const patch = narrowing(by, row.key)
              if (!patch) return label(row)
              return (
                <Anchor component="button" type="button" inherit onClick={() => onChange(patch)}>
                  {label(row)}
                </Anchor>
              )
            },
          },
          {
            key: 'bar',
            header: t('progress'),
            cell: ({ open, done }) => <Bar open={open} done={done} />,
          },
          ...(['open', 'overdue', 'done', 'cancelled'] as const).map((column) => ({
            key: column,
            header: t(column === 'overdue' ? 'overdue' : `states.${column}`),
            numeric: true,
            cell: (row: Total) => integer(row[column]),
          })),
        ]}
      />
    </Panel>
  )
}

type Total = {
  key: string | null
  label: string | null
  open: number
  done: number
  cancelled: number
  overdue: number
}

function Bar({ open, done }: { open: number; done: number }) {
  const { t } = useTranslation('activities')
  const all = Math.max(1, open + done)
  return (
    <div className={classes.bar} role="img" aria-label={t('openAgainstDone', { open, done })}>
      <span data-state="done" style={{ width: `${(done / all) * 100}%` }} />
      <span data-state="open" style={{ width: `${(open / all) * 100}%` }} />
    </div>
  )
}

/** The filter that a line of the totals stands for, where the page has one. */
function narrowing(by: string, key: string | null): Partial<ListState> | undefined {
  if (by === 'owner') return { owner: key ?? 'nobody' }
  if (key === null) return undefined
  if (by === 'state') return { state: ListState.shape.state.parse(key) }
  const id = Number(key)
  const narrowed: Record<string, Partial<ListState>> = {
    type: { type: id },
    family: { family: id },
    step: { step: id },
    campaign: { campaign: id },
  }
  return narrowed[by]
}

function useTotalLabel(by: string) {
  const { t, i18n } = useTranslation('activities')
  const { typeOf, families } = useActivityTables()
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric' })
  const named: Record<string, (key: string) => string | undefined> = {
    type: (key) => typeOf(Number(key))?.label,
    family: (key) => families.find(({ id }) => id === Number(key))?.label,
    kind: (key) => t(`kinds.${key}`),
    state: (key) => t(`states.${key}`),
    priority: (key) => t(`priorities.${key}`),
    month: (key) => month.format(new Date(`${key}-15T12:00`)),
  }
  return ({ key, label }: Total): string => {
    if (key === null) return t(by === 'owner' ? 'nobody' : 'noValue')
    return label ?? named[by]?.(key) ?? key
  }
}
