/**
 * What may be asked of an answer: the operators of each kind of question, a closed list. The branching of
 * questionnaires, the criteria of segments and the conditions of steps all ask in this form.
 */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import { ChoiceTest, DateTest, NumberTest, TextTest, unknown } from '../segments/tests.ts'
import type { QuestionKind } from './question.ts'

/** `empty` is not answered, `filled` answered, for every kind. */
const YesNoTest = z.discriminatedUnion(
  'op',
  [
    z.object({ op: z.literal('is'), value: z.boolean() }),
    z.object({ op: z.enum(['empty', 'filled']) }),
  ],
  { error: unknown('operator') },
)
export type YesNoTest = z.infer<typeof YesNoTest>

const about = <Of extends QuestionKind, Test extends z.ZodType>(of: Of, test: Test) =>
  z.object({ kind: z.literal('answer'), questionId: Id, of: z.literal(of), test })

export const AnswerTest = z
  .discriminatedUnion(
    'of',
    [
      about('yes-no', YesNoTest),
      about('choice', ChoiceTest),
      about('choices', ChoiceTest),
      about('number', NumberTest),
      about('date', DateTest),
      about('text', TextTest),
    ],
    { error: unknown('kind of question') },
  )
  .meta({ id: 'AnswerTest' })
export type AnswerTest = z.infer<typeof AnswerTest>

/** The positive twin of each test that a missing answer passes. */
export const oppositeTests = {
  'is-not': 'is',
  'not-contains': 'contains',
  'none-of': 'one-of',
  empty: 'filled',
} as const

/** Whether no answer passes: then the test says that something is not so. */
export const saysNot = ({ test }: AnswerTest): boolean => test.op in oppositeTests

/** The choices that a test names: they cannot vanish from their question. */
export const choicesNamed = ({ of, test }: AnswerTest): string[] =>
  (of === 'choice' || of === 'choices') && 'values' in test ? test.values : []
