import { Anchor, Badge, Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listAtWork } from '#core/campaigns/api.ts'
import type { StepAtWork } from '#core/campaigns/campaign.ts'
import { deliverySummary } from '#core/delivery/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './today.module.css'

const colors = { running: 'brand', scheduled: 'gray', paused: 'yellow', 'partly-failed': 'red' }
const isMoving = ({ state }: StepAtWork) => state === 'running' || state === 'scheduled'

/** What is being sent, planned, paused or partly failed. */
export function Sends() {
  const { t } = useTranslation('today')
  const { data: steps } = useQuery({
    queryKey: ['campaigns', 'at-work'],
    queryFn: ({ signal }) => call(listAtWork, {}, signal),
    refetchInterval: (query) => (query.state.data?.some(isMoving) ? 5_000 : 60_000),
  })
  return (
    <Panel title={t('sends.title')}>
      {steps?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('sends.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {steps?.map((step) => (
          <Send key={step.stepId} step={step} />
        ))}
      </ul>
    </Panel>
  )
}

function Send({ step }: { step: StepAtWork }) {
  const { t } = useTranslation('today')
  const { instant } = useFormat()
  return (
    <li>
      <div className={classes.line}>
        <Anchor component={Link} to={`/mailings/${step.campaignId}`} fw={560} size="sm">
          {step.label}
        </Anchor>
        <Badge
          variant="light"
          color={step.state in colors ? colors[step.state as keyof typeof colors] : 'gray'}
        >
          {t(`sends.state.${step.state}`)}
        </Badge>
      </div>
      {step.state === 'scheduled' && step.launchAt ? (
        <Text size="xs" c="dimmed">
          {t('sends.launchAt', { when: instant(step.launchAt) })}
        </Text>
      ) : (
        <SendProgress step={step} />
      )}
    </li>
  )
}

function SendProgress({ step }: { step: StepAtWork }) {
  const { t } = useTranslation('today')
  const { integer } = useFormat()
  const { data } = useQuery({
    queryKey: ['delivery', step.stepId],
    queryFn: ({ signal }) => call(deliverySummary, { stepId: step.stepId }, signal),
    refetchInterval: step.state === 'running' ? 2_000 : false,
  })
  if (!data || data.candidates === 0) return null
  const done = data.candidates - data.counts.pending - data.counts['in-flight']
  const refused = data.counts.refused
  return (
    <>
      <Progress
        my={6}
        size="sm"
        value={(100 * done) / data.candidates}
        aria-label={t('sends.progress', { label: step.label })}
      />
      <Text size="xs" c="dimmed" className={classes.line} component="div">
        <span>{t('sends.sent', { done: integer(done), total: integer(data.candidates) })}</span>
        {refused > 0 && <span>{t('sends.refused', { count: refused, n: integer(refused) })}</span>}
      </Text>
    </>
  )
}
