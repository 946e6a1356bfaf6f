import { ActionIcon, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconProgressCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobView } from '#core/jobs/job.ts'
import { useFormat } from '../../platform/format.ts'
import { useJobText } from './job-text.ts'
import classes from './jobs-tray.module.css'
import { isActive, jobsKey, useJobEnds, useJobs, useWatchForJobs } from './use-jobs.ts'

const JobsDrawer = lazy(async () => ({ default: (await import('./jobs-drawer.tsx')).JobsDrawer }))

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
        <ActionIcon
          className={classes.button ?? ''}
          variant="default"
          size={30}
          aria-label={label}
          aria-haspopup="dialog"
          data-count={active > 0 ? integer(active) : undefined}
          onClick={open}
        >
          <IconProgressCheck size={17} />
        </ActionIcon>
      </Tooltip>
      <Suspense>{opened && <JobsDrawer jobs={jobs} onClose={close} />}</Suspense>
    </>
  )
}

/** Follows every few calls of an agent: that it went well is no news. */
const quietKind = 'phoning/settle'

/** A job that ends is said once, and everything on screen is asked again: it may have changed. */
function useAnnounceEnds(jobs: readonly JobView[]): void {
  const { t } = useTranslation()
  const client = useQueryClient()
  const jobText = useJobText()
  useJobEnds(jobs, (job) => {
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== jobsKey[0] })
    if (job.kind === quietKind && job.state === 'done') return
    notifications.show({
      title: jobText(job),
      message: t(`ui.job.state.${job.state}`),
      color: job.state === 'failed' ? 'red' : job.state === 'done' ? 'ok' : 'gray',
    })
  })
}
