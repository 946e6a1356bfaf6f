import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#core/kernel/app-error.ts'
import type { Services } from '../http/app.ts'
import type { Job, JobRun } from './job.ts'
import * as queue from './queue.ts'

export type Runner = {
  /** Lets running jobs notice, gives them back to the queue and resolves when none is left. */
  stop: () => Promise<void>
}

const pollEvery = 250
const renewEvery = 1_000
const retryDelays = [5, 30, 120, 600].map((seconds) => seconds * 1_000)

/** Runs up to `slots` jobs at once until stopped. */
export function startRunner(services: Services, jobs: readonly Job[], slots = 3): Runner {
  const worker = randomUUID()
  const stopping = new AbortController()
  const loops = Array.from({ length: slots }, () => loop(services, jobs, worker, stopping.signal))
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

/** Runs what is due until nothing is; for tests and for work that must be over before going on. */
export async function runDueJobs(services: Services, jobs: readonly Job[]): Promise<void> {
  const worker = randomUUID()
  while (await runOne(services, jobs, worker, new AbortController().signal)) {
    // each turn runs one job
  }
}

async function loop(
  services: Services,
  jobs: readonly Job[],
  worker: string,
  stop: AbortSignal,
): Promise<void> {
  let away = false
  while (!stop.aborted) {
    const busy = await runOne(services, jobs, worker, stop).catch((error: unknown) => {
      // The database is away: wait for it rather than spin, and say so once.
      if (!away) services.log.error({ err: error }, 'job queue unreachable')
      away = true
    })
    if (busy !== undefined) away = false
    if (!busy) await sleep(pollEvery, undefined, { signal: stop }).catch(() => {})
  }
}

async function runOne(
  services: Services,
  jobs: readonly Job[],
  worker: string,
  stop: AbortSignal,
): Promise<boolean> {
  if (jobs.length === 0) return false
  const claimed = await queue.claim(
    services.db,
    worker,
    jobs.map((job) => job.kind),
  )
  if (!claimed) return false
  const job = jobs.find(({ kind }) => kind === claimed.kind)
  if (job) await runClaimed(services, job, claimed, worker, stop)
  return true
}

async function runClaimed(
  services: Services,
  job: Job,
  claimed: queue.Claimed,
  worker: string,
  stop: AbortSignal,
): Promise<void> {
  const { db, log } = services
  const cancel = new AbortController()
  const counts: { done: number; total: number | undefined } = { done: 0, total: undefined }
  const heart = setInterval(() => void beat().catch(() => {}), renewEvery)
  const beat = async () => {
    const { held, cancelRequested } = await queue.renew(db, claimed.id, worker, counts)
    if (!held || cancelRequested) cancel.abort()
  }
  const pending: { until: Date | undefined } = { until: undefined }
  const run: JobRun = {
    ...services,
    id: claimed.id,
    attempt: claimed.attempts,
    createdBy: claimed.createdBy,
    signal: AbortSignal.any([cancel.signal, stop]),
    stopping: () => stop.aborted,
    progress: (done, total) => Object.assign(counts, { done, total: total ?? counts.total }),
    again: (at) => {
      pending.until = at
    },
  }
  try {
    const result = await job.run(job.payload.parse(claimed.payload), run)
    await beat()
    if (stop.aborted) await queue.release(db, claimed.id, worker, services.now())
    else if (pending.until && !cancel.signal.aborted) {
      await queue.postpone(db, claimed.id, worker, pending.until)
    } else
      await queue.finish(db, claimed.id, worker, {
        state: cancel.signal.aborted ? 'cancelled' : 'done',
        result,
      })
  } catch (error) {
    await end(services, job, claimed, worker, {
      error,
      stopped: stop.aborted,
      cancelled: cancel.signal.aborted,
    })
    log.info({ err: error, kind: job.kind, id: claimed.id }, 'job ended early')
  } finally {
    clearInterval(heart)
  }
}

type Early = { error: unknown; stopped: boolean; cancelled: boolean }

async function end(
  { db, now }: Services,
  job: Job,
  { id, attempts }: queue.Claimed,
  worker: string,
  early: Early,
): Promise<void> {
  if (early.stopped) return queue.release(db, id, worker, now())
  if (early.cancelled) return queue.finish(db, id, worker, { state: 'cancelled', result: null })
  const { error } = early
  if (isPassing(error) && attempts < job.maxAttempts) {
    const delay = retryDelays[Math.min(attempts - 1, retryDelays.length - 1)] ?? 0
    return queue.release(db, id, worker, new Date(now().getTime() + delay))
  }
  await queue.finish(db, id, worker, {
    state: 'failed',
    errorCode: error instanceof AppError ? error.code : 'jobs/internal',
    errorMessage: error instanceof Error ? error.message : String(error),
  })
}

const isPassing = (error: unknown) => error instanceof AppError && error.kind === 'unavailable'
