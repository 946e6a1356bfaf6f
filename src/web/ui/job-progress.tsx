import { Button, Group, Progress, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobView } from '#core/jobs/job.ts'
import { useFormat } from '../platform/format.ts'
import { useTimeText } from './time-text.ts'

type Props = {
  /** What is being done, in the words of the page. */
  title: ReactNode
  job: JobView
  onCancel?: (() => void) | undefined
  /** Where the result is, shown once the job is done. */
  result?: ReactNode
}

const isOver = (state: JobView['state']) => state !== 'queued' && state !== 'running'

/** Long work: how much is done of how much, how fast, how long still; how to stop it; what came of it. */
export function JobProgress({ title, job, onCancel: cancel, result }: Props) {
  const { t } = useTranslation()
  const over = isOver(job.state)
  const onCancel = job.canCancel ? cancel : undefined
  const value = job.total ? Math.min(100, (100 * job.done) / job.total) : over ? 100 : 0
  const color = job.state === 'failed' ? 'red' : job.state === 'done' ? 'ok' : 'brand'
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={6}>
        <Text size="sm" fw={560} component="div">
          {title}
        </Text>
        <Text size="xs" c="dimmed" role="status">
          <JobFigures job={job} />
        </Text>
      </Group>
      <Progress
        value={value}
        color={color}
        striped={!over}
        animated={job.state === 'running'}
        aria-label={t('ui.job.progress')}
      />
      {((!over && onCancel) || (over && result)) && (
        <Group justify="flex-end" gap="xs" mt={8}>
          {over ? result : <StopButton job={job} onCancel={onCancel} />}
        </Group>
      )}
    </div>
  )
}

function StopButton({ job, onCancel }: Pick<Props, 'job' | 'onCancel'>) {
  const { t } = useTranslation()
  return (
    <Button
      size="compact-sm"
      variant="default"
      disabled={job.cancelRequested}
      {...(onCancel ? { onClick: onCancel } : {})}
    >
      {t(job.cancelRequested ? 'ui.job.cancelling' : 'ui.job.cancel')}
    </Button>
  )
}

/** “8,112 of 12,480 · 52 per second · 2 min left”, or the state while nothing is known. */
function JobFigures({ job }: { job: JobView }) {
  const { t } = useTranslation()
  const { integer } = useFormat()
  const timeText = useTimeText()
  const running = job.state === 'running'
  const parts = [
    running ? '' : t(`ui.job.state.${job.state}`),
    job.total === null
      ? job.done > 0 && t('ui.job.done', { done: integer(job.done) })
      : t('ui.job.of', { done: integer(job.done), total: integer(job.total) }),
    running && job.perSecond && job.perSecond >= 1
      ? t('ui.job.rate', { n: integer(Math.round(job.perSecond)) })
      : '',
    running && job.secondsLeft !== null
      ? t('ui.job.left', { time: timeText(job.secondsLeft) })
      : '',
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : t(`ui.job.state.${job.state}`)
}
