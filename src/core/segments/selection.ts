/** A selection: from nobody or everybody, ordered operations that add or remove people (P-25, P-26). */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import { Criteria } from './criteria.ts'
import { unknown } from './tests.ts'

/** Whom an operation adds or removes. */
export const Source = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('criteria'), criteria: Criteria }),
    z.object({ kind: z.literal('segment'), segmentId: Id }),
    z.object({ kind: z.literal('tag'), tagId: Id }),
    z.object({ kind: z.literal('list'), listId: Id }),
    z.object({ kind: z.literal('people'), partyIds: z.array(Id).min(1).max(10_000) }),
    /** Everyone a mailing was aimed at, or only those it was sent to. */
    z.object({ kind: z.literal('mailing'), campaignId: Id, who: z.enum(['targeted', 'received']) }),
  ],
  { error: unknown('source') },
)
export type Source = z.infer<typeof Source>

export const Operation = z.object({ kind: z.enum(['add', 'remove']), source: Source })
export type Operation = z.infer<typeof Operation>

export const Selection = z
  .object({
    version: z.literal(1).default(1),
    start: z.enum(['nobody', 'everybody']),
    operations: z.array(Operation).max(50).default([]),
    /** Leaves out who does not wish to be contacted (P-27). */
    excludeDoNotContact: z.boolean().default(true),
  })
  .meta({ id: 'Selection' })
export type Selection = z.infer<typeof Selection>

export const emptySelection: Selection = {
  version: 1,
  start: 'nobody',
  operations: [],
  excludeDoNotContact: true,
}
