/** The people of a step: what is shown of each, in which order, and whom a change is for. */
import { z } from 'zod'
import { StatusCode } from '../campaigns/status.ts'
import { Id, Instant, Slice } from '../kernel/values.ts'

/** The columns that the table can be sorted by; those of `partyKeys` keep contacts below their organisation. */
const partyKeys = ['code', 'name', 'city', 'email', 'postalCode', 'kind', 'mobile'] as const
const targetKeys = [
  'status',
  'statusAt',
  'calls',
  'callbackAt',
  'enteredAt',
  'origin',
  'linked',
] as const
const TargetSort = z.enum([...partyKeys, ...targetKeys])
export const TargetOrder = z.object({
  sort: TargetSort.default('code'),
  direction: z.enum(['asc', 'desc']).default('asc'),
})
export type TargetOrder = z.infer<typeof TargetOrder>

export const TargetFilter = z.object({
  search: z.string().trim().max(200).optional(),
  status: StatusCode.optional(),
  linked: z.enum(['yes', 'no']).optional(),
  /** Those of one addition: what was added stays selected (D-100). */
  batch: Id.optional(),
})
export type TargetFilter = z.infer<typeof TargetFilter>

export const TargetRow = z.object({
  partyId: Id,
  code: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  company: z.string(),
  nature: z.string(),
  kind: z.string(),
  city: z.string(),
  postalCode: z.string(),
  email: z.string(),
  phone: z.string(),
  mobile: z.string(),
  /** Of a contact: for whom, and what he does there. */
  organisation: z.object({ id: Id, code: z.string(), name: z.string() }).nullable(),
  function: z.string(),
  /** An organisation that is reached through its contacts. */
  viaContacts: z.boolean(),
  status: z.string(),
  statusAt: Instant.nullable(),
  statusBy: z.string().nullable(),
  isLinked: z.boolean(),
  isControl: z.boolean(),
  excludedReason: z.string().nullable(),
  originStepId: Id.nullable(),
  enteredAt: Instant,
  availableAt: Instant,
  callbackAt: Instant.nullable(),
  calls: z.number().int(),
  batch: z.number().int().nullable(),
})
export type TargetRow = z.infer<typeof TargetRow>

export const TargetPage = TargetFilter.extend({
  ...Slice.shape,
  sort: TargetSort.optional(),
  direction: z.enum(['asc', 'desc']).optional(),
})
export type TargetPage = z.infer<typeof TargetPage>

/** Nobody is to do any more in a step that has had people: `statuses` counts them by where they stand (D-106). */
export function isNobodyLeft(
  statuses: Readonly<Record<string, number>>,
  isToDo: (status: string) => boolean,
): boolean {
  const there = Object.entries(statuses).filter(([, people]) => people > 0)
  return there.length > 0 && !there.some(([status]) => isToDo(status))
}

/** Whom a change is for: those ticked, or everybody that the table shows but those unticked. */
export const TargetPeople = z.union([
  z.object({ partyIds: z.array(Id).min(1).max(10_000) }),
  z.object({ filter: TargetFilter, except: z.array(Id).max(10_000).default([]) }),
])
export type TargetPeople = z.infer<typeof TargetPeople>

/** What someone had before a change, so that it can be taken back. */
export const FormerStatus = z.object({
  partyId: Id,
  status: StatusCode,
  statusAt: Instant.nullable(),
  statusBy: z.string().max(200).nullable(),
  callbackAt: Instant.nullable(),
})
export type FormerStatus = z.infer<typeof FormerStatus>

/** How long the page offers to take a status back; what follows from it waits that long. */
export const undoSeconds = 30

/** More people than this are changed by a job. */
export const mostAtOnce = 5_000
/** Up to this many a change of status can be taken back. */
export const mostUndone = 1_000
