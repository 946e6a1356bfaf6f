import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { JobView } from '#core/jobs/job.ts'

/** What a job does, and to what: “Import — clients.csv”. */
export function useJobText(): (job: Pick<JobView, 'kind' | 'subject'>) => string {
  const { t } = useTranslation('jobs')
  return ({ kind, subject }) => {
    const key = `kinds.${kind}`
    const name = i18next.exists(`jobs:${key}`) ? t(key) : t('anyKind')
    return subject ? `${name} — ${subject}` : name
  }
}
