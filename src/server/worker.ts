/** All jobs on one runner. */

import { defineResetMailJob } from './features/access/reset-mail.ts'
import { bulkJob as activityBulkJob } from './features/activities/bulk.ts'
import { exportJob as activityExportJob } from './features/activities/export.ts'
import { generateActivities } from './features/activities/service.ts'
import {
  bounceJobs,
  deliveryJobs,
  scheduleBounces,
  sendNotice,
} from './features/delivery/service.ts'
import { nightlyMergeJob, scheduleNight } from './features/duplicates/night.ts'
import { detectJob } from './features/duplicates/service.ts'
import { purgeJob, schedulePurge } from './features/history/jobs.ts'
import { importJobs } from './features/imports/jobs.ts'
import { printJob } from './features/labels/jobs.ts'
import { defineBulkJob } from './features/parties/bulk.ts'
import { defineExportJob } from './features/parties/export.ts'
import { defineSettleJob } from './features/phoning/jobs.ts'
import { routingJobs, scheduleDistribution } from './features/routing/jobs.ts'
import { distributeSoon } from './features/routing/service.ts'
import { filterParties } from './features/segments/service.ts'
import { addJob, defineBulkTargetsJob, refreshJob } from './features/targets/jobs.ts'
import { activitiesJob } from './features/targets/leave-activities.ts'
import { leaveActivities } from './features/targets/service.ts'
import type { Services } from './platform/http/app.ts'
import type { Job } from './platform/jobs/job.ts'
import { type Runner, startRunner } from './platform/jobs/runner.ts'

const otherJobs: readonly Job[] = [
  defineResetMailJob(sendNotice),
  defineBulkJob(filterParties),
  defineExportJob(filterParties),
  detectJob,
  nightlyMergeJob,
  purgeJob,
  printJob,
  defineSettleJob([
    (db, { partyIds, ...going }) => generateActivities(db, { ...going, people: partyIds }),
    distributeSoon,
  ]),
  addJob,
  refreshJob,
  defineBulkTargetsJob([leaveActivities, distributeSoon]),
  activitiesJob,
  ...routingJobs,
  activityBulkJob,
  activityExportJob,
  ...importJobs,
]

export const jobs: readonly Job[] = [...otherJobs, ...deliveryJobs, ...bounceJobs]

export async function startWorker(services: Services): Promise<Runner> {
  await schedulePurge(services, services.now())
  await scheduleDistribution(services, services.now())
  await scheduleNight(services.db, services.now())
  await scheduleBounces(services)
  const runners = [
    startRunner(services, otherJobs),
    startRunner(services, deliveryJobs),
    startRunner(services, bounceJobs, 1),
  ]
  return {
    stop: async () => {
      await Promise.all(runners.map((runner) => runner.stop()))
    },
  }
}
