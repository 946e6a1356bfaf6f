/** Cards that may be one person: finding, reviewing, merging. */
import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant, Slice } from '../kernel/values.ts'
import { FieldValue } from '../parties/custom-field.ts'
import { Party } from '../parties/party.ts'

export const duplicateReasons = ['email', 'phone', 'name-postal-code', 'name-birthday'] as const

export const DuplicatePair = z.object({
  a: Party,
  b: Party,
  /** 0 to 100: how sure it is. */
  score: z.number().int(),
  reasons: z.array(z.enum(duplicateReasons)),
})
export type DuplicatePair = z.infer<typeof DuplicatePair>

export const detectDuplicates = endpoint('POST', '/api/duplicates/detect', {
  may: 'customers.write',
  summary: 'Look for duplicate cards, as a job',
  input: z.object({}),
  output: z.object({ jobId: Id }),
})

export const listDuplicates = endpoint('GET', '/api/duplicates', {
  may: 'customers.view',
  summary: 'Pairs to review, the surest first',
  input: Slice,
  output: z.object({ total: z.number().int(), pairs: z.array(DuplicatePair) }),
})

export const decideDuplicate = endpoint('POST', '/api/duplicates/decide', {
  may: 'customers.write',
  summary: 'Say that two cards are different people, or take that back',
  input: z.object({ a: Id, b: Id, state: z.enum(['open', 'different']) }),
  output: Done,
})

export const mergeParties = endpoint('POST', '/api/parties/:id/merge', {
  may: 'customers.write',
  summary:
    'Merge another card into this one: tags, notes, sales, messages and consents move, a withdrawal wins',
  input: z.object({
    id: Id,
    other: Id,
    /** Fields of the other card to keep, by key; this card’s stand otherwise. */
    values: z.record(z.string(), FieldValue).default({}),
  }),
  output: Party,
})

const MergedCard = z.object({ id: Id, code: z.string(), name: z.string() })

/** One merge that was made, by hand or by the night's job. */
export const MergeView = z.object({
  id: Id,
  at: Instant,
  actorName: z.string(),
  /** The nightly job that made it; null by hand. */
  jobId: Id.nullable(),
  /** What the two had in common beside their name; empty by hand. */
  reason: z.enum(['', 'email', 'mobile']),
  kept: MergedCard,
  lost: MergedCard,
  undoneAt: Instant.nullable(),
  undoneBy: z.string(),
  mayUndo: z.boolean(),
})
export type MergeView = z.infer<typeof MergeView>

export const listMerges = endpoint('GET', '/api/merges', {
  may: 'customers.view',
  summary: 'The merges that were made, latest first',
  input: Slice,
  output: z.object({ total: z.number().int(), merges: z.array(MergeView) }),
})

export const undoMerge = endpoint('POST', '/api/merges/:id/undo', {
  may: 'customers.write',
  summary: 'Make two cards of one again, within 30 days of the merge',
  input: z.object({ id: Id }),
  output: z.object({ kept: Id, restored: Id }),
})

/** The merging of sure duplicates each night (P-S6): off until somebody wants it. */
export const MergeSettings = z.object({
  enabled: z.boolean().default(false),
  /** By the clock of the server. */
  hour: z.number().int().min(0).max(23).default(3),
})
export type MergeSettings = z.infer<typeof MergeSettings>

export const getMergeSettings = endpoint('GET', '/api/settings/nightly-merge', {
  may: 'settings.manage',
  summary: 'Whether and when sure duplicates are merged each night',
  input: z.object({}),
  output: MergeSettings,
})

export const saveMergeSettings = endpoint('PUT', '/api/settings/nightly-merge', {
  may: 'settings.manage',
  summary: 'Merge sure duplicates each night, or stop it',
  input: MergeSettings,
  output: MergeSettings,
})
