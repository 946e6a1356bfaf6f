import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useJobText } from '../jobs/job-text.ts'
import { isActive, useCancelJob, useJobs } from '../jobs/use-jobs.ts'
import classes from './today.module.css'

const most = 6

/** Work under way, and what failed since yesterday. */
export function Jobs() {
  const { t } = useTranslation('today')
  const jobText = useJobText()
  const cancel = useCancelJob()
  const jobs = useJobs()
    .filter((job) => isActive(job) || job.state === 'failed')
    .slice(0, most)
  return (
    <Panel title={t('jobs.title')}>
      {jobs.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('jobs.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {jobs.map((job) => (
          <li key={job.id}>
            <JobProgress title={jobText(job)} job={job} onCancel={() => void cancel(job.id)} />
            {job.errorMessage && (
              <Text size="xs" c="red" mt={4}>
                {job.errorMessage}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
