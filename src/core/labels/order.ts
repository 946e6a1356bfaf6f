/** What is printed, for whom, on what. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import { PartySelection } from '../parties/list.ts'
import { FormatKey } from './format.ts'

/** Customers ticked or filtered (a segment is a filter by its criteria), or the people of a mailing's step. */
export const LabelPeople = z.union([PartySelection, z.object({ stepId: Id })])
export type LabelPeople = z.infer<typeof LabelPeople>

export const LabelType = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('address') }),
  z.object({ kind: z.literal('card') }),
  /** Lines with merge fields, as in a message. */
  z.object({ kind: z.literal('text'), text: z.string().max(1_000) }),
])
export type LabelType = z.infer<typeof LabelType>

export const LabelOrder = z.object({
  people: LabelPeople,
  type: LabelType,
  format: FormatKey,
  /** Leaves out those who do not wish to be contacted, or not by post. */
  excludeDoNotContact: z.boolean().default(true),
})
export type LabelOrder = z.infer<typeof LabelOrder>

export const labelSorts = ['postalCode', 'name'] as const

export const PrintOrder = LabelOrder.extend({
  copies: z.int().min(1).max(100).default(1),
  /** The first free label of a sheet that was started, counted from 1 row by row. */
  firstFree: z.int().min(1).max(1_200).default(1),
  sort: z.enum(labelSorts).default('postalCode'),
})
export type PrintOrder = z.infer<typeof PrintOrder>

const leftOutReasons = [
  'do-not-contact',
  'no-name',
  'no-address',
  'no-town',
  'no-street',
  'no-card',
  'card-unreadable',
  'card-too-long',
] as const
export const LeftOutReason = z.enum(leftOutReasons)
export type LeftOutReason = z.infer<typeof LeftOutReason>

/** Labels made while one waits; more are a job. */
export const mostAtOnce = 300

/** Labels of one file. */
export const mostLabels = 100_000
