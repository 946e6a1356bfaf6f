import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { PartyCount } from '#core/parties/list.ts'
import { useFormat } from '../../platform/format.ts'
import classes from './today.module.css'

/** How many customers there are and how many of them can be reached. */
export function People({ counts }: { counts: z.infer<typeof PartyCount> }) {
  const { t } = useTranslation('today')
  const { integer, percent } = useFormat()
  const { total, withEmail, withMobile, doNotContact } = counts
  const part = (count: number) => t('ofCustomers', { percent: percent(count / total) })
  return (
    <div className={classes.tiles}>
      <Tile
        name={t('customers')}
        value={integer(total)}
        note={t('doNotContact', { count: doNotContact, n: integer(doNotContact) })}
      />
      <Tile name={t('withEmail')} value={integer(withEmail)} note={part(withEmail)} />
      <Tile name={t('withMobile')} value={integer(withMobile)} note={part(withMobile)} />
    </div>
  )
}

function Tile({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <Paper p="md" radius={12} bd="1px solid var(--app-line)">
      <Text size="xs" fw={600} c="dimmed">
        {name}
      </Text>
      <div className={classes.big}>{value}</div>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  )
}
