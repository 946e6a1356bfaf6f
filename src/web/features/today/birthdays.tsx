import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { countParties, listParties } from '#core/parties/list-api.ts'
import { displayName } from '#core/parties/party.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './today.module.css'

const most = 6

/** The criteria of segments say who: `allOf({ kind: 'birthday', … })`. */
const criteria = {
  version: 1,
  root: {
    kind: 'group',
    join: 'all',
    not: false,
    of: [{ kind: 'birthday', test: { op: 'today' } }],
  },
}

export function Birthdays() {
  const { t } = useTranslation('today')
  const { integer } = useFormat()
  const rows = useQuery({
    queryKey: ['parties', 'birthdays'],
    queryFn: ({ signal }) => call(listParties, { criteria, limit: most }, signal),
  }).data?.rows
  const total = useQuery({
    queryKey: ['parties', 'birthdays', 'count'],
    queryFn: ({ signal }) => call(countParties, { criteria }, signal),
  }).data?.total
  const others = (total ?? 0) - (rows?.length ?? 0)
  return (
    <Panel title={t('birthdays.title')}>
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('birthdays.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {rows?.map((party) => (
          <li key={party.id} className={classes.line}>
            <Anchor component={Link} to={`/customers/${party.id}`} size="sm" fw={560}>
              {displayName(party)}
            </Anchor>
            <Text size="xs" c="dimmed" component="span">
              {party.city}
            </Text>
          </li>
        ))}
      </ul>
      {others > 0 && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('birthdays.more', { count: others, n: integer(others) })}
        </Text>
      )}
    </Panel>
  )
}
