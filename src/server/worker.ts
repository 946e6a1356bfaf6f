/** All jobs on one runner. */
import type { Services } from './platform/http/app.ts'
import type { Job } from './platform/jobs/job.ts'
import { type Runner, startRunner } from './platform/jobs/runner.ts'

export const jobs: readonly Job[] = []

export function startWorker(services: Services): Runner {
  return startRunner(services, jobs)
}
