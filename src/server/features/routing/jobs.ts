/** Distribution without anybody's hand: soon after people change their status, and every few minutes. */
import { z } from 'zod'
import { Id } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { distribute } from './distribution.ts'
import { automatic, type Destination } from './distribution-queries.ts'

const program = { id: null, name: '' }
const seconds = 1_000
/** Changes within this time are distributed together, soon after it. */
const together = 5 * seconds
const everyMinutes = 5

const distributeJob = defineJob(
  'routing/distribute',
  z.object({ fromStepId: Id }),
  async ({ fromStepId }, job) => distributeInto(job, await automatic(job.db, fromStepId)),
)

/** Steps filled on a schedule, and those filled after a launch once more: somebody may have met a condition since. */
const scheduledDistributionJob = defineJob('routing/scheduled', z.object({}), async (_, job) => {
  const done = await distributeInto(job, await automatic(job.db))
  if (!job.stopping()) {
    await scheduleDistribution(job, new Date(job.now().getTime() + everyMinutes * 60 * seconds))
  }
  return done
})

export const routingJobs = [distributeJob, scheduledDistributionJob] as const

/** A step whose conditions cannot be asked any more must not keep the others from their people. */
async function distributeInto(job: JobRun, into: Destination[]): Promise<{ added: number }> {
  let added = 0
  for (const { id, fromStepId } of into) {
    if (job.signal.aborted) break
    try {
      const done = await job.db
        .transaction()
        .execute((trx) => distribute(trx, { fromStepId, to: [id], now: job.now(), actor: program }))
      added += done.reduce((sum, each) => sum + each.added, 0)
    } catch (error) {
      job.log.error({ err: error, stepId: id }, 'distribution failed')
    }
  }
  return { added }
}

/** One run at a time every few minutes, whatever number of processes ask for it. */
export async function scheduleDistribution({ db }: { db: Database }, at: Date): Promise<void> {
  const slot = Math.ceil(at.getTime() / (everyMinutes * 60 * seconds))
  await enqueue(db, scheduledDistributionJob, {}, { runAt: at, uniqueKey: String(slot) })
}

/**
 * To be called in the transaction in which people of a step change their status: those who may go on are moved a few
 * seconds later. Each span of time has a job of its own, which begins after it: no change comes too late for its job.
 */
export async function distributeSoon(
  db: Database,
  { stepId: fromStepId, now }: { stepId: number; now: Date },
): Promise<void> {
  if ((await automatic(db, fromStepId)).length === 0) return
  const slot = Math.floor(now.getTime() / together)
  await enqueue(
    db,
    distributeJob,
    { fromStepId },
    { runAt: new Date((slot + 1) * together), uniqueKey: `${fromStepId} ${slot}` },
  )
}
