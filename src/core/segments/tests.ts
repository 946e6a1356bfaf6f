/** What a criterion may ask of one value: closed sets of operators per type of value. */
import { z } from 'zod'
import { Day } from '../kernel/values.ts'

const named = (what: string) => (issue: { input?: unknown }) =>
  `Unknown ${what} “${nameOf(issue.input)}”.`

function nameOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return String(input)
  const { op, kind } = input as Record<string, unknown>
  return String(op ?? kind)
}

/** An error message that names the operator, field or kind that nobody knows. */
export const unknown = named

/** PostgreSQL text holds no NUL. */
const Word = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'), 'No NUL character.')

export const Ids = z.array(z.int().positive()).min(1).max(500)

export const Unit = z.enum(['days', 'weeks', 'months', 'years'])
export type Unit = z.infer<typeof Unit>

/** A length of time counted from today. */
const span = { n: z.int().min(1).max(10_000), unit: Unit }

const noValue = z.object({ op: z.enum(['empty', 'filled']) })
const ordered = ({ from, to }: { from: number | string; to: number | string }) => from <= to
const order = { message: 'The first bound must not be after the second.' }

/** Texts compare without case or accents. */
export const TextTest = z.discriminatedUnion(
  'op',
  [
    z.object({
      op: z.enum(['is', 'is-not', 'starts-with', 'ends-with', 'contains', 'not-contains']),
      value: Word,
    }),
    z.object({ op: z.enum(['one-of', 'none-of']), values: z.array(Word).min(1).max(500) }),
    noValue,
  ],
  { error: named('operator') },
)
export type TextTest = z.infer<typeof TextTest>

const numberOps = ['equals', 'at-least', 'at-most', 'more-than', 'less-than'] as const
const Finite = z.number().min(-1e15).max(1e15)

/** A missing number satisfies nothing but `empty`. */
export const NumberTest = z.discriminatedUnion(
  'op',
  [
    z.object({ op: z.enum(numberOps), value: Finite }),
    z.object({ op: z.literal('between'), from: Finite, to: Finite }).refine(ordered, order),
    noValue,
  ],
  { error: named('operator') },
)
export type NumberTest = z.infer<typeof NumberTest>

/** A sum is never missing: nobody's purchases are 0. Minor units, thousandths or a count. */
export const SumTest = z.discriminatedUnion(
  'op',
  [
    z.object({ op: z.enum(numberOps), value: z.int() }),
    z.object({ op: z.literal('between'), from: z.int(), to: z.int() }).refine(ordered, order),
  ],
  { error: named('operator') },
)
export type SumTest = z.infer<typeof SumTest>

/** `in-last` and `older-than` share their border: together they are everyone with a past date. */
export const DateTest = z.discriminatedUnion(
  'op',
  [
    z.object({ op: z.enum(['on', 'before', 'after']), day: Day }),
    z.object({ op: z.literal('between'), from: Day, to: Day }).refine(ordered, order),
    z.object({ op: z.enum(['in-last', 'older-than', 'in-next']), ...span }),
    z.object({ op: z.enum(['this-month', 'last-month', 'this-year', 'last-year']) }),
    noValue,
  ],
  { error: named('operator') },
)
export type DateTest = z.infer<typeof DateTest>

/** A day of any year, `02-29` included. */
const MonthDay = z
  .string()
  .refine((text) => z.iso.date().safeParse(`2024-${text}`).success, 'A day is written MM-DD.')

/** Periods may cross the year's end: from 12-20 to 01-10. */
export const BirthdayTest = z.discriminatedUnion(
  'op',
  [
    z.object({ op: z.literal('between'), from: MonthDay, to: MonthDay }),
    z.object({ op: z.literal('in-month'), month: z.int().min(1).max(12) }),
    z.object({ op: z.literal('in-next'), days: z.int().min(0).max(365) }),
    z.object({ op: z.enum(['today', 'this-month', 'next-month']) }),
    noValue,
  ],
  { error: named('operator') },
)
export type BirthdayTest = z.infer<typeof BirthdayTest>

/** A choice is a set of none, one or several values; `one-of` asks for a common one. */
export const ChoiceTest = z.discriminatedUnion(
  'op',
  [
    z.object({
      op: z.enum(['one-of', 'all-of', 'none-of']),
      values: z.array(Word).min(1).max(500),
    }),
    noValue,
  ],
  { error: named('operator') },
)
export type ChoiceTest = z.infer<typeof ChoiceTest>

/** The days that purchases are looked at, both ends included. */
export const Window = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('ever') }),
    z.object({ kind: z.literal('between'), from: Day, to: Day }).refine(ordered, order),
    z.object({ kind: z.literal('since'), from: Day }),
    z.object({ kind: z.literal('last'), ...span }),
    z.object({ kind: z.enum(['this-month', 'last-month', 'this-year', 'last-year']) }),
  ],
  { error: named('window') },
)
export type Window = z.infer<typeof Window>

/** The days something planned is looked for: those of a window, or some that are to come. */
export const Period = z.discriminatedUnion(
  'kind',
  [...Window.options, z.object({ kind: z.literal('next'), ...span })],
  { error: named('window') },
)
export type Period = z.infer<typeof Period>
