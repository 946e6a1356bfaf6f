import type { z } from 'zod'
import type { Services } from '../http/app.ts'

/** What a running job may use and must obey. */
export type JobRun = Services & {
  readonly id: number
  /** 1 the first time; more when a process died or a retry was needed: re-read what was done already. */
  readonly attempt: number
  readonly createdBy: string | null
  /** Aborted when the user cancels or the process stops; `stopping()` tells which. */
  readonly signal: AbortSignal
  readonly stopping: () => boolean
  /** Counts shown to the user; written at most once a second. */
  readonly progress: (done: number, total?: number) => void
  /** The job is not over: when this run returns it goes back to the queue, until then. */
  readonly again: (at: Date) => void
}

/** A kind of long work. Handlers are idempotent: the same job may run again after a crash. */
export type Job<Payload extends z.ZodType = z.ZodType> = {
  readonly kind: string
  readonly payload: Payload
  /** How often it is tried when it throws an `unavailable` AppError. */
  readonly maxAttempts: number
  /** False when it is paused or stopped where it belongs, and not by itself. */
  readonly canCancel: boolean
  /** What it returns is kept as the job's result, shown to the user. */
  readonly run: (payload: z.output<Payload>, job: JobRun) => Promise<object>
}

export function defineJob<Payload extends z.ZodType>(
  kind: string,
  payload: Payload,
  run: Job<Payload>['run'],
  { maxAttempts = 5, canCancel = true } = {},
): Job<Payload> {
  return { kind, payload, run, maxAttempts, canCancel }
}
