import { z } from 'zod'
import { Id, Instant } from '../kernel/values.ts'

/** Long work as its owner sees it: what, how far, what became of it. */
export const JobView = z.object({
  id: Id,
  kind: z.string(),
  subject: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().nullable(),
  /** Seconds that remain at the pace so far; null while unknown. */
  secondsLeft: z.number().nonnegative().nullable(),
  perSecond: z.number().nonnegative().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  cancelRequested: z.boolean(),
  /** False when it is paused or stopped on its own page. */
  canCancel: z.boolean(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
})
export type JobView = z.infer<typeof JobView>

/** The pace since the start and the time left at that pace, both null before anything is done. */
export function pace(done: number, total: number | null, elapsedMs: number) {
  if (done === 0 || elapsedMs <= 0) return { perSecond: null, secondsLeft: null }
  const perSecond = done / (elapsedMs / 1_000)
  return { perSecond, secondsLeft: total === null ? null : Math.max(0, total - done) / perSecond }
}
