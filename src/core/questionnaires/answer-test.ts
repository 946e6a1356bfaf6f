/**
 * What may be asked of an answer: the operators of each kind of question, a closed list. The branching of
 * questionnaires, the criteria of segments and the conditions of steps all ask in this form.
 */
import { z } from 'zod'
import { assertNever } from '../kernel/assert-never.ts'
import { Id } from '../kernel/values.ts'
import { testChoice, testDate, testNumber, testText } from '../segments/test-values.ts'
import { ChoiceTest, DateTest, NumberTest, TextTest, unknown } from '../segments/tests.ts'
import type { AnswerValue } from './answer.ts'
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

/** Whether an answer passes; null is none. An answer of another kind than the test counts as none. */
export function holdsAnswer(asked: AnswerTest, value: AnswerValue | null, today: string): boolean {
  switch (asked.of) {
    case 'yes-no':
      return testYesNo(asked.test, typeof value === 'boolean' ? value : null)
    case 'choice':
    case 'choices':
      return testChoice(asked.test, codesOf(value))
    case 'number':
      return testNumber(asked.test, typeof value === 'number' ? value : null)
    case 'date':
      return testDate(asked.test, typeof value === 'string' ? value : null, today)
    case 'text':
      return testText(asked.test, 'answer', typeof value === 'string' ? value : '')
    default:
      return assertNever(asked)
  }
}

function testYesNo(test: YesNoTest, value: boolean | null): boolean {
  return test.op === 'is' ? value === test.value : (value === null) === (test.op === 'empty')
}

function codesOf(value: AnswerValue | null): string[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' ? [value] : []
}

/** The choices that a test names: they cannot vanish from their question. */
export const choicesNamed = ({ of, test }: AnswerTest): string[] =>
  (of === 'choice' || of === 'choices') && 'values' in test ? test.values : []
