import { useTranslation } from 'react-i18next'
import type { JobView } from '#core/jobs/job.ts'
import { Distributed } from '#core/routing/api.ts'
import { useFormat } from '../../platform/format.ts'

/** What a job left behind, where no page shows it: in a sentence, also of one that was stopped. */
export function useJobOutcome(): (job: Pick<JobView, 'kind' | 'result'>) => string | undefined {
  const { t } = useTranslation('jobs')
  const { integer } = useFormat()
  return ({ kind, result }) => {
    if (kind !== 'routing/by-hand') return undefined
    const { data } = Distributed.safeParse(result)
    if (!data) return undefined
    const count = data.steps.reduce((sum, { added }) => sum + added, 0)
    const [done, of] = [integer(data.steps.length), integer(data.of)]
    return t('outcomes.distributed', { count, n: integer(count), done, of })
  }
}
