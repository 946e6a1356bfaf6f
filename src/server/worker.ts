/** All jobs on one runner. */
import { defineBulkJob } from './features/parties/bulk.ts'
import { filterParties } from './features/segments/service.ts'
import type { Services } from './platform/http/app.ts'
import type { Job } from './platform/jobs/job.ts'
import { type Runner, startRunner } from './platform/jobs/runner.ts'

export const jobs: readonly Job[] = [defineBulkJob(filterParties)]

export function startWorker(services: Services): Runner {
  return startRunner(services, jobs)
}
