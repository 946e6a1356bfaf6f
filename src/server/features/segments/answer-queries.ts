/** What people answered as a condition: the twin of core's `holdsAnswer`. */
import { sql } from 'kysely'
import { assertNever } from '#core/kernel/assert-never.ts'
import { type AnswerTest, oppositeTests, saysNot } from '#core/questionnaires/answer-test.ts'
import { dateRange } from '#core/segments/calendar.ts'
import type { ChoiceTest, TextTest } from '#core/segments/tests.ts'
import { type Condition, not, type Sql } from './plan-queries.ts'
import { holdsSql } from './purchase-queries.ts'
import { choiceSql, textSql, withinTextSql } from './value-queries.ts'

/** Who has no answer passes what a missing value passes: the tests that say “not”, and `empty`. */
export function answerCondition(asked: AnswerTest, on: Answering): Condition {
  const { questionId, test } = asked
  const opposite = oppositeOf(asked)
  if (opposite) return not(answerCondition(opposite, on))
  const passes = test.op === 'filled' ? sql`true` : valueTest(asked, on.today)
  const given = sql`from answers as a
      where a.question_id = ${questionId} and a.is_current and a.value is not null and ${passes}`
  if (!on.contactsAnswered) return { is: 'set', sql: sql`select a.party_id ${given}` }
  return {
    is: 'set',
    sql: sql`select a.party_id ${given}
      union select a.organisation_id ${given} and a.organisation_id is not null`,
  }
}

/** `contactsAnswered`: whether there are answers at all that count for an organisation, too. */
export type Answering = { today: string; contactsAnswered: boolean }

function oppositeOf(asked: AnswerTest): AnswerTest | undefined {
  if (!saysNot(asked)) return undefined
  const op = oppositeTests[asked.test.op as keyof typeof oppositeTests]
  return { ...asked, test: { ...asked.test, op } } as AnswerTest
}

const text = sql`(a.value #>> '{}')`

function valueTest(asked: AnswerTest, today: string): Sql {
  switch (asked.of) {
    case 'yes-no':
      return 'value' in asked.test && asked.test.value
        ? sql`a.value = 'true'::jsonb`
        : sql`a.value = 'false'::jsonb`
    case 'choice':
    case 'choices':
      return choiceSql(asked.test as ChoiceTest, sql`a.value`)
    case 'number':
      return holdsSql(
        asked.test as Parameters<typeof holdsSql>[0],
        sql`(case when jsonb_typeof(a.value) = 'number' then ${text}::numeric end)`,
      )
    case 'date': {
      const range = dateRange(asked.test, today)
      return typeof range === 'string' ? sql`true` : withinTextSql(text, range)
    }
    case 'text':
      return textSql(asked.test as TextTest, 'answer', text)
    default:
      return assertNever(asked)
  }
}
