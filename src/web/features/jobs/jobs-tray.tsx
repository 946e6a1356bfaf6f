import { ActionIcon, Button, Drawer, Indicator, Stack, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconProgressCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { JobView } from '#core/jobs/job.ts'
import { useFormat } from '../../platform/format.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { jobLink } from './job-link.ts'
import { useJobText } from './job-text.ts'
import classes from './jobs-tray.module.css'
import {
  isActive,
  jobsKey,
  useCancelJob,
  useJobEnds,
  useJobs,
  useWatchForJobs,
} from './use-jobs.ts'

/** The work going on, in the header: how many, and in a drawer how far each is and what became of it. */
export function JobsTray() {
  const { t } = useTranslation('jobs')
  const { integer } = useFormat()
  const [opened, { open, close }] = useDisclosure()
  const jobs = useJobs()
  useWatchForJobs()
  useAnnounceEnds(jobs)
  const active = jobs.filter(isActive).length
  const label = active > 0 ? t('running', { count: active, n: integer(active) }) : t('title')
  return (
    <>
      <Tooltip label={label}>
        <Indicator label={integer(active)} size={16} disabled={active === 0} color="brand">
          <ActionIcon
            variant="default"
            size={30}
            aria-label={label}
            aria-haspopup="dialog"
            onClick={open}
          >
            <IconProgressCheck size={17} />
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <Drawer opened={opened} onClose={close} position="right" title={t('title')}>
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
              <JobCard key={job.id} job={job} onLeave={close} />
            ))}
          </Stack>
        )}
      </Drawer>
    </>
  )
}

function JobCard({ job, onLeave }: { job: JobView; onLeave: () => void }) {
  const { t } = useTranslation('jobs')
  const { instant } = useFormat()
  const jobText = useJobText()
  const cancel = useCancelJob()
  const to = jobLink(job)
  return (
    <section className={classes.card} aria-label={jobText(job)}>
      <JobProgress
        title={jobText(job)}
        job={job}
        onCancel={() => void cancel(job.id)}
        result={
          to && (
            <Button component={Link} to={to} size="compact-sm" variant="light" onClick={onLeave}>
              {t('open')}
            </Button>
          )
        }
      />
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

/** A job that ends is said once, and everything on screen is asked again: it may have changed. */
function useAnnounceEnds(jobs: readonly JobView[]): void {
  const { t } = useTranslation()
  const client = useQueryClient()
  const jobText = useJobText()
  useJobEnds(jobs, (job) => {
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== jobsKey[0] })
    notifications.show({
      title: jobText(job),
      message: t(`ui.job.state.${job.state}`),
      color: job.state === 'failed' ? 'red' : job.state === 'done' ? 'ok' : 'gray',
    })
  })
}
