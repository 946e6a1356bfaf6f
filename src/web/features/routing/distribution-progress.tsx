import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JobView } from '#core/jobs/job.ts'
import { Distributed } from '#core/routing/api.ts'
import { useFormat } from '../../platform/format.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { isActive, useCancelJob, useJob } from '../jobs/use-jobs.ts'
import classes from './routing.module.css'

/** A large distribution as it goes on, up to who went where. It goes on when this is closed. */
export function DistributionProgress({ jobId, onClose }: { jobId: number; onClose: () => void }) {
  const { t } = useTranslation('routing')
  const job = useJob(jobId)
  const cancel = useCancelJob()
  if (!job) return <Text role="status">{t('distribute.starting')}</Text>
  return (
    <>
      <JobProgress title={t('distribute.steps')} job={job} onCancel={() => void cancel(job.id)} />
      {isActive(job) ? (
        <Text size="sm" mt="sm">
          {t('distribute.goesOn')}
        </Text>
      ) : (
        <Outcome job={job} />
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('distribute.close')}
        </Button>
      </Group>
    </>
  )
}

function Outcome({ job: { state, result, errorMessage } }: { job: JobView }) {
  const { t } = useTranslation('routing')
  const { integer } = useFormat()
  const { data } = Distributed.safeParse(result)
  const steps = data?.steps ?? []
  const isWhole = state === 'done'
  return (
    <div role="status">
      {!isWhole && (
        <Text size="sm" mt="sm" {...(state === 'failed' ? { c: 'red' } : {})}>
          {state === 'failed'
            ? (errorMessage ?? '')
            : t(steps.length === 0 ? 'distribute.stoppedBefore' : 'distribute.stopped')}
        </Text>
      )}
      <ul className={classes.flows}>
        {steps.map(({ stepId, label, added }) => (
          <li key={stepId} className={classes.flow}>
            {t('distribute.into', { label })}
            <br />
            <span className={classes.count}>
              {added === 0
                ? t('distribute.nobodyIn')
                : t('distribute.entered', { count: added, n: integer(added) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
