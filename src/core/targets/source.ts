/** The ways in which people are chosen for a step, and what would come of it. */
import { z } from 'zod'
import { StatusCode } from '../campaigns/status.ts'
import { Id } from '../kernel/values.ts'
import { Selection } from '../segments/selection.ts'

/** Parties by anything known of them, or contacts with some of the functions (all when empty) (D-91, D-92). */
export const SelectionSource = z.object({
  kind: z.literal('selection'),
  selection: Selection,
  who: z.enum(['parties', 'contacts']).default('parties'),
  functions: z.array(z.string().trim().max(100)).max(50).default([]),
})
export type SelectionSource = z.infer<typeof SelectionSource>

/** People of another step, as they are there now (D-93, A-S5). */
export const StepSource = z.object({
  kind: z.literal('step'),
  stepId: Id,
  onlyProcessed: z.boolean().default(false),
  /** Any when empty. */
  statuses: z.array(StatusCode).max(50).default([]),
})
export type StepSource = z.infer<typeof StepSource>

/** A file of codes that was checked before, see file.ts. */
const FileSource = z.object({ kind: z.literal('file'), fileId: z.uuid() })

export const TargetSource = z.discriminatedUnion('kind', [SelectionSource, StepSource, FileSource])
export type TargetSource = z.infer<typeof TargetSource>

const Count = z.number().int().nonnegative()

/** What an addition would do: everyone proposed is in one of these. */
export const Proposal = z.object({
  proposed: Count,
  added: Count,
  already: Count,
  /** Left out because another step of the operation has them (A-S9). */
  contacted: Count,
  /** Left out because the operation does not target their kind (D-90, D-98). */
  wrongKinds: z.array(z.object({ kind: z.string(), people: Count })),
})
export type Proposal = z.infer<typeof Proposal>
