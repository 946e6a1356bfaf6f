/** What may be asked of the activities in somebody's history: their types, state, period and one field. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import type { FieldType } from '../parties/fields.ts'
import { ChoiceTest, DateTest, NumberTest, Period, TextTest, unknown } from './tests.ts'

const field = <Of extends string, Shape extends z.ZodRawShape>(of: Of, shape: Shape) =>
  z.object({ of: z.literal(of), key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), ...shape })

/** A test of one custom field of a type. */
const FieldTest = z.discriminatedUnion(
  'of',
  [
    field('text', { test: TextTest }),
    field('number', { test: NumberTest }),
    /** Minor units. */
    field('money', { test: NumberTest }),
    field('date', { test: DateTest }),
    field('choice', { test: ChoiceTest }),
    /** What is not ticked is not. */
    field('flag', { is: z.boolean() }),
  ],
  { error: unknown('kind of field') },
)
export type ActivityFieldTest = z.infer<typeof FieldTest>

/** The types of custom field that each test can ask. */
export const fieldTypesOf = {
  text: ['text'],
  number: ['number'],
  money: ['money'],
  date: ['date'],
  choice: ['choice', 'choices'],
  flag: ['boolean'],
} as const satisfies Record<ActivityFieldTest['of'], readonly FieldType[]>

export const activityStates = ['any', 'open', 'done', 'cancelled'] as const

/**
 * Somebody has at least one such activity, or none. It counts for the customer and for the contact that it names, as
 * their histories show it. What a confidential campaign made counts for nobody, whoever asks.
 */
export const ActivityTest = z
  .object({
    kind: z.literal('activity'),
    is: z.boolean(),
    activityTypeIds: z.array(Id).min(1).max(100),
    state: z.enum(activityStates, { error: unknown('state') }),
    /** Of the day on which it starts. */
    period: Period,
    /** Of the one type named. */
    field: FieldTest.nullable().default(null),
  })
  .refine(({ field, activityTypeIds }) => field === null || activityTypeIds.length === 1, {
    message: 'A field is of one type.',
    path: ['field'],
  })
export type ActivityTest = z.infer<typeof ActivityTest>
