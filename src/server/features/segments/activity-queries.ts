/** Activities in people's histories as a condition: the twin of core's `matches` for this criterion. */
import { sql } from 'kysely'
import { AppError } from '#core/kernel/app-error.ts'
import { assertNever } from '#core/kernel/assert-never.ts'
import {
  type ActivityFieldTest,
  type ActivityTest,
  fieldTypesOf,
} from '#core/segments/activity-test.ts'
import { type DayRange, dateRange, windowRange } from '#core/segments/calendar.ts'
import { campaignIsOpen } from '../access/service.ts'
import { and, type Condition, not, type Sql } from './plan-queries.ts'
import { holdsSql } from './purchase-queries.ts'
import { choiceSql, surely, textSql, withinTextSql } from './value-queries.ts'

/** The custom fields of each type of activity: type → key → type of the field. */
export type ActivityFields = ReadonlyMap<number, ReadonlyMap<string, string>>

/**
 * A selection means the same people whoever counts it and when a job launches it. So what a confidential campaign made
 * is left out for everybody; a type under a key counts, and only who holds the key can name it.
 */
const counts = sql`(a.campaign_id is null
  or a.campaign_id in (select c.id from campaigns as c where ${campaignIsOpen({ keys: [] }, 'c')}))`

/** Throws `segments/unknown-activity-type`, or `segments/unknown-field` for a field that its type does not have so. */
export function activityCondition(
  asked: ActivityTest,
  { today, activityFields }: { today: string; activityFields: ActivityFields },
): Condition {
  const { activityTypeIds, state, period, field, is } = asked
  ensureKnown(asked, activityFields)
  const [only] = activityTypeIds
  const tests = [
    // One type is compared plainly: then the planner knows how many to expect.
    activityTypeIds.length === 1
      ? sql`a.type_id = ${only}`
      : sql`a.type_id = any (${activityTypeIds}::int[])`,
    ...(state === 'any' ? [] : [sql`a.state = ${state}`]),
    ...startsWithin(windowRange(period, today)),
    ...(field ? [fieldTest(field, today)] : []),
    counts,
  ]
  const meant = sql`from activities as a where ${and(tests)}`
  const set: Condition = {
    is: 'set',
    sql: sql`select a.party_id ${meant} and a.party_id is not null
      union select a.contact_id ${meant} and a.contact_id is not null`,
  }
  return is ? set : not(set)
}

function ensureKnown({ activityTypeIds, field }: ActivityTest, known: ActivityFields): void {
  const gone = activityTypeIds.find((id) => !known.has(id))
  if (gone !== undefined)
    throw new AppError(
      'invalid',
      'segments/unknown-activity-type',
      `There is no type of activity ${gone}.`,
      { details: { id: gone } },
    )
  if (!field) return
  const [typeId = 0] = activityTypeIds
  const types: readonly string[] = fieldTypesOf[field.of]
  if (types.includes(known.get(typeId)?.get(field.key) ?? '')) return
  throw new AppError(
    'invalid',
    'segments/unknown-field',
    `Type of activity ${typeId} has no ${field.of} field “${field.key}”.`,
    { details: { field: field.key } },
  )
}

/** Compares the instants themselves, so that an index on them serves. */
const startsWithin = ({ from, to }: DayRange): Sql[] => [
  ...(from === null ? [] : [sql`a.starts_at >= ${from}::timestamp at time zone 'UTC'`]),
  ...(to === null
    ? []
    : [sql`a.starts_at < (${to}::timestamp + interval '1 day') at time zone 'UTC'`]),
]

function fieldTest(field: ActivityFieldTest, today: string): Sql {
  const value = sql`a.custom -> ${field.key}`
  const string = sql`(case when jsonb_typeof(${value}) = 'string' then a.custom ->> ${field.key} end)`
  switch (field.of) {
    case 'text':
      return textSql(field.test, 'custom', sql`coalesce(${string}, '')`)
    case 'number':
    case 'money': {
      const number = sql`(case when jsonb_typeof(${value}) = 'number' then (a.custom ->> ${field.key})::numeric end)`
      if (field.test.op === 'empty') return sql`${number} is null`
      if (field.test.op === 'filled') return sql`${number} is not null`
      return surely(holdsSql(field.test as Parameters<typeof holdsSql>[0], number))
    }
    case 'date': {
      const day = sql`nullif(${string}, '')`
      const range = dateRange(field.test, today)
      if (range === 'empty') return sql`${day} is null`
      if (range === 'filled') return sql`${day} is not null`
      return surely(withinTextSql(day, range))
    }
    case 'choice':
      return choiceSql(field.test, value)
    case 'flag': {
      const ticked = surely(sql`${value} = 'true'`)
      return field.is ? ticked : sql`not ${ticked}`
    }
    default:
      return assertNever(field)
  }
}

/** The history of the party `p`, as a column of a subject. */
export const subjectActivities = sql`
  coalesce((select jsonb_agg(jsonb_build_object('typeId', a.type_id, 'state', a.state, 'custom', a.custom,
      'day', ((a.starts_at at time zone 'UTC')::date)::text))
    from activities as a where (a.party_id = p.id or a.contact_id = p.id) and ${counts}), '[]') as activities`
