/** Whether an answer passes a test: apart from the tests themselves, which pages that only write them load. */
import { assertNever } from '../kernel/assert-never.ts'
import { testChoice, testDate, testNumber, testText } from '../segments/test-values.ts'
import type { AnswerValue } from './answer.ts'
import type { AnswerTest, YesNoTest } from './answer-test.ts'

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
