import type { JobView } from '#core/jobs/job.ts'
import { downloadLabels } from '#core/labels/api.ts'
import { addressFor } from '../../platform/call.ts'

/** Where the outcome of a job is seen; undefined when there is no page for it. */
export function jobLink({ kind, result }: Pick<JobView, 'kind' | 'result'>): string | undefined {
  const id = (name: string) => (typeof result?.[name] === 'number' ? result[name] : undefined)
  const [feature] = kind.split('/')
  switch (feature) {
    case 'imports':
      return id('importId') ? `/imports/${id('importId')}` : '/imports'
    case 'activities':
      return '/activities'
    case 'parties':
      return '/customers'
    case 'delivery':
      return id('campaignId') ? `/mailings/${id('campaignId')}` : '/mailings'
    default:
      return undefined
  }
}

/** The file a job made, when it is fetched from here; undefined when a page shows it or there is none. */
export function jobFile({ kind, result }: Pick<JobView, 'kind' | 'result'>): string | undefined {
  if (kind !== 'labels/print' || typeof result?.fileId !== 'string') return undefined
  return addressFor(downloadLabels, { fileId: result.fileId })
}
