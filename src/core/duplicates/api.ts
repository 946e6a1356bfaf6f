/** Cards that may be one person: finding, reviewing, merging. */
import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Slice } from '../kernel/values.ts'
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
