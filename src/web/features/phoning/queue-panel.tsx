import { Button, Text } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listHandled } from '#core/phoning/api.ts'
import type { QueueFigures, TargetStatus } from '#core/phoning/call.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './phoning.module.css'

type Props = {
  stepId: number
  figures: QueueFigures | undefined
  statuses: readonly TargetStatus[]
  onStop: (() => void) | undefined
  onTake: (partyId: number) => void
}

/** How far the step is, what this agent did today, and who was on the line before. */
export function QueuePanel({ stepId, figures, statuses, onStop, onTake }: Props) {
  const { t } = useTranslation('phoning')
  return (
    <div className={classes.column}>
      <Panel
        title={t('queue.title')}
        actions={
          onStop && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlayerStop size={14} />}
              onClick={onStop}
            >
              {t('queue.stop')}
            </Button>
          )
        }
      >
        {figures && (
          <Figures
            of={{
              toDo: figures.toDo,
              done: figures.done,
              callbacksDue: figures.callbacksDue,
              callbacksLater: figures.callbacksLater,
            }}
          />
        )}
      </Panel>
      <Panel title={t('queue.mine')}>
        {figures && (
          <Figures
            of={{
              calls: figures.mine.calls,
              reached: figures.mine.reached,
              ok: figures.mine.ok,
              perHour: figures.mine.perHour,
            }}
          />
        )}
        <Handled stepId={stepId} statuses={statuses} onTake={onTake} />
      </Panel>
    </div>
  )
}

function Figures({ of }: { of: Record<string, number> }) {
  const { t } = useTranslation('phoning')
  const { quantity } = useFormat()
  return (
    <dl className={classes.figures}>
      {Object.entries(of).map(([key, value]) => (
        <div key={key}>
          <dt>{t(`queue.${key}`)}</dt>
          <dd>{quantity(value * 1_000)}</dd>
        </div>
      ))}
    </dl>
  )
}

type HandledProps = Pick<Props, 'stepId' | 'statuses' | 'onTake'>

function Handled({ stepId, statuses, onTake }: HandledProps) {
  const { t, i18n } = useTranslation('phoning')
  const { data } = useQuery({
    queryKey: ['calls', stepId, 'handled'],
    queryFn: ({ signal }) => call(listHandled, { id: stepId }, signal),
  })
  if (!data || data.length === 0) return null
  const labelOf = (code: string) => {
    const status = statuses.find((one) => one.code === code)
    return (i18n.language === 'fr' ? status?.labelFr : status?.labelEn) ?? code
  }
  return (
    <>
      <Text size="xs" c="dimmed" mt="md" mb={6}>
        {t('queue.before')}
      </Text>
      <ul className={classes.lines}>
        {data.slice(0, 10).map(({ partyId, name, status }) => (
          <li key={partyId}>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => onTake(partyId)}
              aria-label={t('queue.take', { name })}
            >
              {name}
            </Button>{' '}
            <span className={classes.muted}>{labelOf(status)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
