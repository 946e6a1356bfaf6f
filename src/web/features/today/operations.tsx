import { Anchor, Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listOperations } from '#core/operations/api.ts'
import type { OperationLine } from '#core/operations/operation.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './today.module.css'

const most = 6
const underWay = {
  meaning: 'in-progress',
  template: 'no',
  sort: 'updatedAt',
  direction: 'desc',
  limit: most,
} as const

/** Marketing operations under way and how far they are; nothing where there are none. */
export function Operations() {
  const { t } = useTranslation('today')
  const { data } = useQuery({
    queryKey: ['operations', 'list', 'under-way'],
    queryFn: ({ signal }) => call(listOperations, underWay, signal),
    refetchInterval: 60_000,
  })
  if (!data || data.total === 0) return null
  return (
    <Panel
      title={t('operations.title')}
      actions={
        <Anchor component={Link} to="/operations" size="sm">
          {t('operations.all')}
        </Anchor>
      }
    >
      <ul className={classes.list}>
        {data.rows.map((row) => (
          <UnderWay key={row.id} row={row} />
        ))}
      </ul>
    </Panel>
  )
}

function UnderWay({ row }: { row: OperationLine }) {
  const { t } = useTranslation('today')
  const { percent } = useFormat()
  return (
    <li>
      <div className={classes.line}>
        <Anchor component={Link} to={`/operations/${row.id}`} fw={560} size="sm">
          {row.label}
        </Anchor>
        <Text size="xs" c="dimmed">
          {t('operations.done', { percent: percent(row.progress / 100) })}
        </Text>
      </div>
      <Progress
        my={6}
        size="sm"
        value={row.progress}
        aria-label={t('operations.progress', { label: row.label })}
      />
    </li>
  )
}
