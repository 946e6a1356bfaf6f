/** All jobs on one runner. */
import { defineBulkJob } from './features/parties/bulk.ts'
import { noCriteria } from './features/parties/no-criteria.ts'
import type { Services } from './platform/http/app.ts'
import type { Job } from './platform/jobs/job.ts'
import { type Runner, startRunner } from './platform/jobs/runner.ts'

export const jobs: readonly Job[] = [defineBulkJob(noCriteria)]

export function startWorker(services: Services): Runner {
  return startRunner(services, jobs)
}
