/** One value under one test as SQL: the twin of core's `test-values`. */
import { sql } from 'kysely'
import { assertNever } from '#core/kernel/assert-never.ts'
import type { DayRange } from '#core/segments/calendar.ts'
import { comparable } from '#core/segments/test-values.ts'
import type { ChoiceTest, TextTest } from '#core/segments/tests.ts'
import { and, type Sql } from './plan-queries.ts'

export const surely = (value: Sql) => sql`coalesce(${value}, false)`

/** The day that an instant is on the calendar of a time zone. */
export const dayIn = (instant: Sql, zone: string): Sql =>
  sql`(${instant} at time zone ${zone}::text)::date`

/** `field` decides how texts are compared; `text` is never null. */
export function textSql(test: TextTest, field: string, text: Sql): Sql {
  const own = comparableSql(field, text, test)
  const needle = (value: string) => comparable(field, value)
  const found = (value: string, how: (needle: string) => Sql) =>
    needle(value) === '' ? sql`false` : how(needle(value))
  const same = (values: string[]) => {
    const needles = values.map(needle).filter((each) => each !== '')
    return sql`${own} = any (${needles}::text[])`
  }
  switch (test.op) {
    case 'is':
      return same([test.value])
    case 'is-not':
      return sql`not ${same([test.value])}`
    case 'one-of':
      return same(test.values)
    case 'none-of':
      return sql`not ${same(test.values)}`
    case 'starts-with':
      return found(test.value, (start) => sql`${own} like ${`${escapeLike(start)}%`}`)
    case 'ends-with':
      return found(test.value, (end) => sql`right(${own}, length(${end}::text)) = ${end}`)
    case 'contains':
      return found(test.value, (part) => sql`strpos(${own}, ${part}) > 0`)
    case 'not-contains':
      return sql`not ${found(test.value, (part) => sql`(strpos(${own}, ${part}) > 0)`)}`
    case 'empty':
      return sql`${text} = ''`
    case 'filled':
      return sql`${text} <> ''`
    default:
      return assertNever(test)
  }
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** The SQL of core's `comparable`. What has no letter is the same folded, and unfolded it can use an index. */
function comparableSql(field: string, text: Sql, test: TextTest): Sql {
  if (field === 'phone' || field === 'mobile') {
    return sql`regexp_replace(regexp_replace(${text}, '[^0-9+]', '', 'g'), '^(\\+33|0033)', '0')`
  }
  const values = 'values' in test ? test.values : 'value' in test ? [test.value] : []
  return values.every((value) => /^[0-9 .\-/]*$/.test(value)) ? text : sql`fold(${text})`
}

/** Days kept as text, and days sort as text: nothing to convert that might not be a day. */
export const withinTextSql = (day: Sql, { from, to }: DayRange): Sql =>
  and([
    sql`${day} collate "C" >= ${from ?? ''}`,
    to === null ? sql`true` : sql`${day} collate "C" <= ${to}`,
  ])

/** One value or a list of them: `?|` looks into both. */
export function choiceSql(test: ChoiceTest, value: Sql): Sql {
  const empty = sql`coalesce(${value} in ('null', '""', '[]'), true)`
  switch (test.op) {
    case 'one-of':
      return surely(sql`(${value}) ?| ${test.values}::text[]`)
    case 'none-of':
      return sql`not ${surely(sql`(${value}) ?| ${test.values}::text[]`)}`
    case 'all-of':
      return surely(sql`(${value}) ?& ${test.values}::text[]`)
    case 'empty':
      return empty
    case 'filled':
      return sql`not ${empty}`
    default:
      return assertNever(test)
  }
}
