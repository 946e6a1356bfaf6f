import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listMyCallbacks } from '#core/phoning/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './phoning.module.css'

/** Whom this agent has promised to call back, the earliest first. */
export function MyCallbacks() {
  const { t } = useTranslation('phoning')
  const { instant } = useFormat()
  const { data } = useQuery({
    queryKey: ['calls', 'mine'],
    queryFn: ({ signal }) => call(listMyCallbacks, {}, signal),
    refetchInterval: 60_000,
  })
  if (!data) return null
  const now = Date.now()
  return (
    <Panel title={t('mine.title')}>
      {data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('mine.none')}
        </Text>
      )}
      <ul className={classes.lines}>
        {data.map(({ stepId, partyId, name, step, campaign, callbackAt }) => (
          <li key={`${stepId} ${partyId}`}>
            <Anchor component={Link} to={`/calls/${stepId}?take=${partyId}`} size="sm" fw={560}>
              {name}
            </Anchor>{' '}
            <Text
              component="span"
              size="sm"
              {...(Date.parse(callbackAt) <= now
                ? { c: 'var(--mantine-color-error)', fw: 600 }
                : { c: 'dimmed' })}
            >
              {instant(callbackAt)}
            </Text>
            <Text size="xs" c="dimmed">
              {campaign} · {step}
            </Text>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
