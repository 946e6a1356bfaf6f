import { Button, Text, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listCampaigns } from '#core/campaigns/api.ts'
import { listSegments } from '#core/segments/api.ts'
import { call } from '../../platform/call.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './today.module.css'

type Step = { key: string; to: string; done: boolean }

/** The way to a first mailing, until one has left: what is done is ticked, the next step has the button. */
export function StartSteps({ hasCustomers }: { hasCustomers: boolean }) {
  const { t, i18n } = useTranslation('today')
  const locale = i18n.language === 'fr' ? 'fr' : 'en'
  const segments = useQuery({
    queryKey: ['segments', locale],
    queryFn: ({ signal }) => call(listSegments, { locale }, signal),
  }).data
  const mailings = useQuery({
    queryKey: ['campaigns', 'first'],
    queryFn: ({ signal }) => call(listCampaigns, { limit: 50 }, signal),
  }).data
  if (!segments || !mailings) return null
  const launched = mailings.rows.some(({ stepState }) => stepState !== 'preparing')
  const steps: Step[] = [
    { key: 'import', to: '/imports', done: hasCustomers },
    { key: 'segment', to: '/segments', done: segments.length > 0 || launched },
    { key: 'mailing', to: '/mailings', done: mailings.total > 0 },
    { key: 'launch', to: '/mailings', done: launched },
  ]
  if (launched && hasCustomers) return null
  const next = steps.find(({ done }) => !done)
  return (
    <Panel title={t('start.title')}>
      <Text size="sm" c="dimmed" mt={-8} mb="md">
        {t('start.why')}
      </Text>
      <ol className={classes.steps}>
        {steps.map((step, at) => (
          <StepCard key={step.key} step={step} number={at + 1} isNext={step === next} />
        ))}
      </ol>
    </Panel>
  )
}

type CardProps = { step: Step; number: number; isNext: boolean }

function StepCard({ step: { key, to, done }, number, isNext }: CardProps) {
  const { t } = useTranslation('today')
  return (
    <li className={classes.step} data-done={done || undefined}>
      <span className={classes.stepMark}>
        {done ? (
          <>
            <IconCheck size={17} stroke={2.4} aria-hidden />
            <VisuallyHidden>{t('start.done')}</VisuallyHidden>
          </>
        ) : (
          number
        )}
      </span>
      <Text fw={620}>{t(`start.${key}`)}</Text>
      <span className={classes.stepText}>{t(`start.${key}Why`)}</span>
      <Button component={Link} to={to} size="xs" variant={isNext ? 'filled' : 'default'} mt={4}>
        {t(`start.${key}Do`)}
      </Button>
    </li>
  )
}
