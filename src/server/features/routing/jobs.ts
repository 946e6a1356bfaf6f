/** Distribution of many people, and without anybody's hand: soon after people change their status, and every few minutes. */
import { z } from 'zod'
import { AppError } from '#core/kernel/app-error.ts'
import { Id } from '#core/kernel/values.ts'
import type { Distributed, Moved } from '#core/routing/api.ts'
import type { Database } from '#platform/db/database.ts'
import { stoppable } from '#platform/db/stoppable.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { nextBatch } from '../targets/service.ts'
import { type Moving, moveInto } from './distribution.ts'
import { automatic, broughtBy, type Destination, destinations } from './distribution-queries.ts'
import { keepProblem } from './problem-queries.ts'

const program = { id: null, name: '' }
const seconds = 1_000
/** Changes within this time are distributed together, soon after it. */
const together = 5 * seconds
const everyMinutes = 5

/**
 * Each step in a transaction of its own, so that what is done stays when the job is stopped or the process dies.
 * Steps that are gone meanwhile are left out. Run again it moves nobody twice, and counts whom it has moved before.
 */
export const byHandJob = defineJob(
  'routing/by-hand',
  z.object({
    stepId: Id,
    stepIds: z.array(Id),
    batch: Id,
    actor: z.object({ id: z.string().nullable(), name: z.string() }),
  }),
  async ({ stepId, stepIds, batch, actor }, job): Promise<z.infer<typeof Distributed>> => {
    const all = await destinations(job.db, stepId, { itself: true })
    const into = all.filter(({ id }) => stepIds.includes(id))
    const before =
      job.attempt > 1 ? await broughtBy(job.db, batch, stepIds) : new Map<number, number>()
    const steps: Moved[] = []
    for (const destination of into) {
      const moved = await moveUnlessStopped(job, destination, { batch, actor })
      if (!moved) break
      steps.push({ ...moved, added: moved.added + (before.get(moved.stepId) ?? 0) })
      job.progress(steps.length, into.length)
    }
    return { stepId, steps, of: into.length }
  },
)

/** Undefined when the job was stopped before or meanwhile: then nobody has gone into this step. */
async function moveUnlessStopped(
  job: JobRun,
  destination: Destination,
  moving: Pick<Moving, 'batch' | 'actor'>,
): Promise<Moved | undefined> {
  const { db, signal } = job
  const into = { ...moving, now: job.now() }
  try {
    return await stoppable(db, signal, (trx) => moveInto(trx, destination, into))
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

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

export const routingJobs = [byHandJob, distributeJob, scheduledDistributionJob] as const

/** A step whose conditions cannot be asked any more says so, and does not keep the others from their people. */
async function distributeInto(job: JobRun, into: Destination[]): Promise<{ added: number }> {
  let added = 0
  for (const destination of into) {
    const batch = await nextBatch(job.db)
    try {
      const moved = await moveUnlessStopped(job, destination, { batch, actor: program })
      if (!moved) break
      added += moved.added
      await keepProblem(job.db, destination.id, null)
    } catch (error) {
      if (error instanceof AppError) await keepProblem(job.db, destination.id, problemOf(error))
      job.log.error({ err: error, stepId: destination.id }, 'distribution failed')
    }
  }
  return { added }
}

const problemOf = ({ code, message, details }: AppError) => ({ code, message, details })

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
