import { z } from 'zod'
import { Day, Id, Instant, Slice } from '../kernel/values.ts'

export const AuditEvent = z.object({
  id: Id,
  at: Instant,
  actorId: z.string().nullable(),
  actorName: z.string(),
  /** `feature/verb`. */
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
})
export type AuditEvent = z.infer<typeof AuditEvent>

/** Days are whole days of the company, both included. */
export const AuditFilter = Slice.extend({
  actorId: z.string().optional(),
  action: z.string().optional(),
  from: Day.optional(),
  to: Day.optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>
