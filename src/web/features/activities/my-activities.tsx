import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { listActivities } from '#core/activities/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useToday } from '../../platform/today.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './activities.module.css'
import { ActivityRow } from './activity-row.tsx'

const most = 6

/** What the person has to do until tonight, what is late included. */
export function MyActivities() {
  const { t } = useTranslation('activities')
  const { integer } = useFormat()
  const today = useToday()
  const filter = useMemo(() => ({ ownerId: 'me', states: ['open' as const], to: today }), [today])
  const { data } = useQuery({
    queryKey: ['activities', 'mine', filter],
    queryFn: ({ signal }) => call(listActivities, { filter, limit: most }, signal),
  })
  if (!data) return null
  return (
    <Panel
      title={t('mine.title')}
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link to="/activities" {...props} />}>
          {data.total > most ? t('mine.all', { n: integer(data.total) }) : t('mine.list')}
        </Anchor>
      }
    >
      {data.rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('mine.none')}
        </Text>
      ) : (
        <ul className={classes.mine}>
          {data.rows.map((row) => (
            <ActivityRow key={row.id} row={row} bare={false} />
          ))}
        </ul>
      )}
    </Panel>
  )
}
