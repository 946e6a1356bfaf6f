/** Criteria as SQL: the twin of core's `matches`; a property test holds the two together. */
import { sql } from 'kysely'
import { AppError } from '#core/kernel/app-error.ts'
import { assertNever } from '#core/kernel/assert-never.ts'
import { ageMark, birthdayRange, dateRange } from '#core/segments/calendar.ts'
import {
  type CardCriterionKind,
  type CriteriaNode,
  type Criterion,
  type CriterionOf,
  customTypesOf,
} from '#core/segments/criteria.ts'
import type { Evaluation } from '#core/segments/matches.ts'
import { type ActivityFields, activityCondition } from './activity-queries.ts'
import { answerCondition } from './answer-queries.ts'
import { and, type Condition, not, or, type Sql } from './plan-queries.ts'
import {
  boughtCondition,
  holdsSql,
  purchasesCondition,
  visitCondition,
  withinSql,
} from './purchase-queries.ts'
import * as steps from './step-queries.ts'
import { choiceSql, dayIn, surely, textSql, withinTextSql } from './value-queries.ts'

export type Compilation = Omit<Evaluation, 'states'> & {
  /** Whose days are those of instants. */
  zone: string
  /** The custom fields there are, key → type. */
  customTypes: ReadonlyMap<string, string>
  /** The questions there are, number → kind. */
  questionKinds: ReadonlyMap<number, string>
  contactsAnswered: boolean
  activityFields: ActivityFields
}

/** Throws `segments/unknown-field` for a custom field that is gone or of another type, `segments/circle` for a segment within itself. */
export function compile(node: CriteriaNode, on: Compilation, within: number[] = []): Condition {
  if (node.kind !== 'group') return criterionCondition(node, on, within)
  const of = node.of.map((inner) => compile(inner, on, within))
  const group: Condition = { is: node.join, of }
  return node.not ? not(group) : group
}

function criterionCondition(criterion: Criterion, on: Compilation, within: number[]): Condition {
  switch (criterion.kind) {
    case 'text':
      return test(textTest(criterion, on))
    case 'number':
      return test(numberTest(criterion, on))
    case 'date':
      return test(dateTest(criterion, on))
    case 'choice':
      return test(choiceTest(criterion, on))
    case 'flag':
      return criterion.is ? test(flag(criterion, on)) : not(test(flag(criterion, on)))
    case 'birthday':
      return test(birthdayTest(criterion, on))
    case 'tag':
      return joined(criterion, sql`party_tags`, sql`tag_id`)
    case 'list':
      return joined(criterion, sql`party_list_members`, sql`list_id`)
    case 'segment':
      return segmentCondition(criterion, on, within)
    case 'consent':
      return consentCondition(criterion)
    case 'mailing':
      return mailingCondition(criterion)
    case 'visit':
      return visitCondition(criterion, on.today)
    case 'purchases':
      return purchasesCondition(criterion, on.today)
    case 'bought':
      return boughtCondition(criterion, on.today)
    case 'answer':
      ensureQuestion(criterion, on)
      return answerCondition(criterion, on)
    case 'activity':
      return activityCondition(criterion, on)
    case 'status':
      return steps.statusCondition(criterion)
    case 'delivery':
      return steps.deliveryCondition(criterion)
    case 'bought-since':
      return steps.boughtSinceCondition(criterion, on.zone)
    case 'step-state':
      return steps.stepStateCondition(criterion)
    case 'operation-state':
      return steps.operationStateCondition(criterion)
    default:
      return assertNever(criterion)
  }
}

const test = (value: Sql): Condition => ({ is: 'test', sql: value })

const columnOf: Record<string, Sql> = {
  kind: sql`p.kind`,
  nature: sql`p.nature`,
  sex: sql`p.sex`,
  language: sql`p.language`,
  country: sql`p.country::text`,
  store: sql`coalesce(p.store_id::text, '')`,
  category: sql`coalesce(p.category_id::text, '')`,
  cardType: sql`coalesce(p.card_type_id::text, '')`,
  loyaltyPoints: sql`p.loyalty_points`,
  loyaltyItems: sql`p.loyalty_items`,
  loyaltyVisits: sql`p.loyalty_visits`,
  loyaltyBonus: sql`p.loyalty_bonus`,
  loyaltySales: sql`p.loyalty_sales`,
  loyaltyGift: sql`p.loyalty_gift`,
}

/** The key of a custom field of a type that the kind of criterion can ask; undefined for a field of the card. */
function customKey(field: string, kind: CardCriterionKind, on: Compilation): string | undefined {
  if (!field.startsWith('custom.')) return undefined
  const key = field.slice('custom.'.length)
  const type = on.customTypes.get(key)
  const types: readonly string[] = customTypesOf[kind]
  if (type !== undefined && types.includes(type)) return key
  throw new AppError('invalid', 'segments/unknown-field', `There is no ${kind} field “${field}”.`, {
    details: { field },
  })
}

const column = (field: string): Sql => columnOf[field] ?? sql.ref(`p.${field}`)

function textTest({ field, test }: CriterionOf<'text'>, on: Compilation): Sql {
  const key = customKey(field, 'text', on)
  return textSql(test, field, key ? sql`coalesce(p.custom ->> ${key}, '')` : column(field))
}

function numberTest({ field, currency, test }: CriterionOf<'number'>, on: Compilation): Sql {
  const key = customKey(field, 'number', on)
  const plain = key ? customNumber(key) : field === 'age' ? age(on.today) : column(field)
  const value = currency
    ? sql`(case when p.loyalty_currency = ${currency} then ${plain} end)`
    : plain
  if (test.op === 'empty') return sql`${value} is null`
  if (test.op === 'filled') return sql`${value} is not null`
  return surely(holdsSql(test as Parameters<typeof holdsSql>[0], value))
}

const customNumber = (key: string) =>
  sql`(case when jsonb_typeof(p.custom -> ${key}) = 'number' then (p.custom ->> ${key})::numeric end)`

function age(today: string): Sql {
  const { year, mark } = ageMark(today)
  return sql`(${year}::int - p.birth_year
    - (coalesce(p.birth_month, 1) * 100 + coalesce(p.birth_day, 1) > ${mark}::int)::int)`
}

function dateTest({ field, test }: CriterionOf<'date'>, on: Compilation): Sql {
  const key = customKey(field, 'date', on)
  const range = dateRange(test, on.today)
  const own = field === 'createdAt' ? dayIn(sql`p.created_at`, on.zone) : column(field)
  const value = key ? sql`nullif(p.custom ->> ${key}, '')` : own
  if (range === 'empty') return sql`${value} is null`
  if (range === 'filled') return sql`${value} is not null`
  return surely(key ? withinTextSql(value, range) : withinSql(value, range))
}

function choiceTest({ field, test }: CriterionOf<'choice'>, on: Compilation): Sql {
  const key = customKey(field, 'choice', on)
  if (key) return choiceSql(test, sql`p.custom -> ${key}`)
  const value = column(field)
  switch (test.op) {
    case 'one-of':
      return sql`${value} = any (${test.values}::text[])`
    case 'none-of':
      return sql`not ${value} = any (${test.values}::text[])`
    case 'all-of':
      return and(test.values.map((each) => sql`${value} = ${each}`))
    case 'empty':
      return sql`${value} = ''`
    case 'filled':
      return sql`${value} <> ''`
    default:
      return assertNever(test)
  }
}

function flag({ field }: CriterionOf<'flag'>, on: Compilation): Sql {
  const key = customKey(field, 'flag', on)
  return key ? surely(sql`p.custom -> ${key} = 'true'`) : column(field)
}

function birthdayTest({ test }: CriterionOf<'birthday'>, on: Compilation): Sql {
  const range = birthdayRange(test, on.today)
  const known = sql`(p.birth_month is not null and p.birth_day is not null)`
  if (range === 'filled') return known
  if (range === 'empty') return sql`not ${known}`
  const { from, to, leapDayToo } = range
  const mark = sql`(p.birth_month * 100 + p.birth_day)`
  const inside =
    from <= to
      ? sql`${mark} between ${from}::int and ${to}::int`
      : sql`(${mark} >= ${from}::int or ${mark} <= ${to}::int)`
  return surely(leapDayToo ? or([inside, sql`${mark} = 229`]) : inside)
}

function joined(
  { op, ids }: { op: 'any' | 'all' | 'none'; ids: number[] },
  table: Sql,
  id: Sql,
): Condition {
  const needed = op === 'all' ? new Set(ids).size : 1
  // The key is (party, id): one id needs no grouping, and a plain scan joins faster.
  const group = ids.length === 1 ? sql`` : sql`group by party_id having count(*) >= ${needed}`
  const set: Condition = {
    is: 'set',
    sql: sql`select party_id from ${table} where ${id} = any (${ids}::bigint[]) ${group}`,
  }
  return op === 'none' ? not(set) : set
}

function segmentCondition(
  { segmentId, is }: CriterionOf<'segment'>,
  on: Compilation,
  within: number[],
): Condition {
  if (within.includes(segmentId)) {
    throw new AppError('invalid', 'segments/circle', 'A segment refers to itself.')
  }
  const criteria = on.segments.get(segmentId)
  if (!criteria) throw unknownSegment(segmentId)
  const inner = compile(criteria.root, on, [...within, segmentId])
  return is ? inner : not(inner)
}

export const unknownSegment = (segmentId: number) =>
  new AppError('invalid', 'segments/unknown-segment', `There is no segment ${segmentId}.`, {
    details: { id: segmentId },
  })

/** Throws `segments/unknown-question` for a question that is gone or of another kind than the test. */
function ensureQuestion({ questionId, of }: CriterionOf<'answer'>, on: Compilation): void {
  if (on.questionKinds.get(questionId) === of) return
  throw new AppError(
    'invalid',
    'segments/unknown-question',
    `There is no ${of} question ${questionId}.`,
    { details: { id: questionId } },
  )
}

/** What the card says of measuring openings: always of one mind with the ledger, see parties. */
const measurementIs = {
  granted: sql`p.opens_consent is true`,
  withdrawn: sql`p.opens_consent is false`,
  unknown: sql`p.opens_consent is null`,
} as const

function consentCondition({ channel, purpose, op, state }: CriterionOf<'consent'>): Condition {
  if (purpose === 'measurement') {
    const says = test(measurementIs[state])
    return op === 'is' ? says : not(says)
  }
  const last = sql`select distinct on (party_id, channel) party_id, state from consents
    where channel in (${channel}, 'all') and purpose = 'marketing'
    order by party_id, channel, id desc`
  const said = (having: Sql): Condition => ({
    is: 'set',
    sql: sql`select party_id from (${last}) as said group by party_id having ${having}`,
  })
  const optedOut =
    channel === 'email' ? sql`p.email_opt_out` : channel === 'sms' ? sql`p.sms_opt_out` : sql`false`
  const withdrawn: Condition = {
    is: 'any',
    of: [said(sql`bool_or(state = 'withdrawn')`), test(optedOut)],
  }
  const anything = said(sql`true`)
  const states: Record<typeof state, Condition> = {
    withdrawn,
    granted: { is: 'all', of: [anything, not(withdrawn)] },
    unknown: not({ is: 'any', of: [anything, withdrawn] }),
  }
  return op === 'is' ? states[state] : not(states[state])
}

function mailingCondition({ campaignId, op }: CriterionOf<'mailing'>): Condition {
  const set: Condition = {
    is: 'set',
    sql: mailingSet(campaignId, op.endsWith('received') ? 'received' : 'targeted'),
  }
  return op.startsWith('not-') ? not(set) : set
}

/** Whom a mailing was aimed at or sent to; of a mailing from an older program only the people are known. */
export function mailingSet(campaignId: number, who: 'targeted' | 'received'): Sql {
  const targeted = sql`select t.party_id from targets as t
    join steps as st on st.id = t.step_id join campaigns as c on c.id = st.campaign_id
    where c.id = ${campaignId} and not t.is_control and t.excluded_reason is null`
  if (who === 'targeted') return sql`select distinct party_id from (${targeted}) as aimed`
  return sql`select m.party_id from messages as m join steps as st on st.id = m.step_id
    where st.campaign_id = ${campaignId} and m.state = 'submitted'
    union (${targeted} and c.is_legacy)`
}
