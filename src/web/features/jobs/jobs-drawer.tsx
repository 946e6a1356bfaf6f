import { Button, Drawer, Stack, Text } from '@mantine/core'
import { IconProgressCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { JobView } from '#core/jobs/job.ts'
import { useFormat } from '../../platform/format.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { jobFile, jobLink } from './job-link.ts'
import { useJobOutcome } from './job-outcome.ts'
import { useJobText } from './job-text.ts'
import classes from './jobs-drawer.module.css'
import { useCancelJob } from './use-jobs.ts'

export function JobsDrawer({ jobs, onClose }: { jobs: readonly JobView[]; onClose: () => void }) {
  const { t } = useTranslation('jobs')
  return (
    <Drawer opened onClose={onClose} position="right" title={t('title')}>
      {jobs.length === 0 ? (
        <EmptyState
          plain
          icon={<IconProgressCheck />}
          title={t('none')}
          description={t('noneNext')}
        />
      ) : (
        <Stack gap="xs">
          {jobs.map((job) => (
            <JobCard key={job.id} job={job} onLeave={onClose} />
          ))}
        </Stack>
      )}
    </Drawer>
  )
}

function JobCard({ job, onLeave }: { job: JobView; onLeave: () => void }) {
  const { t } = useTranslation('jobs')
  const { instant } = useFormat()
  const jobText = useJobText()
  const cancel = useCancelJob()
  const outcome = useJobOutcome()(job)
  const to = jobLink(job)
  const file = jobFile(job)
  return (
    <section className={classes.card} aria-label={jobText(job)}>
      <JobProgress
        title={jobText(job)}
        job={job}
        onCancel={() => void cancel(job.id)}
        result={
          file ? (
            <Button component="a" href={file} download size="compact-sm" variant="light">
              {t('download')}
            </Button>
          ) : (
            to && (
              <Button component={Link} to={to} size="compact-sm" variant="light" onClick={onLeave}>
                {t('open')}
              </Button>
            )
          )
        }
      />
      {outcome && (
        <Text size="xs" mt={4}>
          {outcome}
        </Text>
      )}
      {job.errorMessage && (
        <Text size="xs" c="red" mt={4}>
          {job.errorMessage}
        </Text>
      )}
      <Text size="xs" c="dimmed" mt={4}>
        {instant(job.finishedAt ?? job.startedAt ?? job.createdAt)}
      </Text>
    </section>
  )
}
