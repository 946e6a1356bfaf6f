/** Purchase history as SQL: exact over any window, by the running totals of party_purchases or by the lines. */
import { sql } from 'kysely'
import { assertNever } from '#core/kernel/assert-never.ts'
import { type DayRange, dateRange, windowRange } from '#core/segments/calendar.ts'
import type { CriterionOf, Goods, Measure } from '#core/segments/criteria.ts'
import { holds } from '#core/segments/test-values.ts'
import type { SumTest } from '#core/segments/tests.ts'
import { and, type Condition, not, or, purchaseRows, type Sql } from './plan-queries.ts'

const isTrue = sql`true`

export function withinSql(day: Sql, { from, to }: DayRange): Sql {
  if (from !== null && to !== null) return sql`${day} between ${from}::date and ${to}::date`
  if (from !== null) return sql`${day} >= ${from}::date`
  return to === null ? isTrue : sql`${day} <= ${to}::date`
}

/** The test on a figure; `times` scales the bounds, as in core's `holds`. */
export function holdsSql(test: SumTest, value: Sql, times?: Sql): Sql {
  // Whole bounds as bigint, for comparing bigints as numeric costs ten times as much; scaled they might overflow.
  const bound = (figure: number) => {
    if (times) return sql`${figure}::numeric * ${times}`
    return Number.isSafeInteger(figure) ? sql`${figure}::bigint` : sql`${figure}::numeric`
  }
  switch (test.op) {
    case 'equals':
      return sql`${value} = ${bound(test.value)}`
    case 'at-least':
      return sql`${value} >= ${bound(test.value)}`
    case 'at-most':
      return sql`${value} <= ${bound(test.value)}`
    case 'more-than':
      return sql`${value} > ${bound(test.value)}`
    case 'less-than':
      return sql`${value} < ${bound(test.value)}`
    case 'between':
      return sql`${value} between ${bound(test.from)} and ${bound(test.to)}`
    default:
      return assertNever(test)
  }
}

export function visitCondition({ which, test }: CriterionOf<'visit'>, today: string): Condition {
  const range = dateRange(test, today)
  const who = (cheap: Sql[]): Condition => {
    return { is: 'purchases', currency: null, cheap, dear: [], detailed: false }
  }
  if (range === 'filled') return who([])
  if (range === 'empty') return not(who([]))
  const day = which === 'last' ? sql`h.last_visit_on` : sql`h.first_visit_on`
  return who([withinSql(day, range)])
}

export function purchasesCondition(criterion: CriterionOf<'purchases'>, today: string): Condition {
  const { test, measure } = criterion
  // Who bought nothing has no row and sums to 0. So what 0 passes is asked as "not among those who fail".
  if (measure !== 'basket' && holds(test, 0)) return not(sumCondition(criterion, today, true))
  return sumCondition(criterion, today, false)
}

function sumCondition(
  { measure, currency, window, of, test }: CriterionOf<'purchases'>,
  today: string,
  negated: boolean,
): Condition {
  const range = windowRange(window, today)
  const passes = (value: Sql, times?: Sql) => {
    const sure = holdsSql(test, value, times)
    return negated ? sql`not (${sure})` : sure
  }
  if (of !== null) return { is: 'set', sql: linesSum({ measure, currency, range, of }, passes) }
  if (currency === null) {
    const total = sql`sum(${figureOf(measure, range)})`
    return {
      is: 'set',
      sql: sql`select h.party_id from ${purchaseRows(isDetailed(measure, range))}
        where ${and([isTrue, ...reaches(range)])}
        group by h.party_id having ${passes(total)}`,
    }
  }
  const figure = figureOf(measure, range)
  const visits = figureOf('visits', range)
  const exact =
    measure === 'basket' ? and([sql`${visits} > 0`, passes(figure, visits)]) : passes(figure)
  const ceiling = measure === 'revenue' ? ceilingOf(test, negated) : []
  return {
    is: 'purchases',
    currency,
    cheap: [...ceiling, ...reaches(range)],
    dear: [exact],
    detailed: isDetailed(measure, range),
  }
}

/** Only the revenue has its running totals on the row itself. */
const isDetailed = (measure: Measure, { from, to }: DayRange): boolean =>
  measure !== 'revenue' && (from !== null || to !== null)

/** Cheap and true of everyone who bought within the days: it refuses most rows before their totals are read. */
const reaches = ({ from, to }: DayRange): Sql[] => [
  ...(from === null ? [] : [sql`h.last_visit_on >= ${from}::date`]),
  ...(to === null ? [] : [sql`h.first_visit_on <= ${to}::date`]),
]

/** No window's revenue is above the ceiling, so a revenue of at least x needs a ceiling of at least x. */
function ceilingOf(test: SumTest, negated: boolean): Sql[] {
  const least = leastPassing(test, negated)
  return least === undefined ? [] : [sql`h.revenue_ceiling >= ${least}::bigint`]
}

function leastPassing(test: SumTest, negated: boolean): number | undefined {
  if (negated) {
    if (test.op === 'less-than') return test.value
    return test.op === 'at-most' ? test.value + 1 : undefined
  }
  switch (test.op) {
    case 'at-least':
    case 'equals':
      return test.value
    case 'more-than':
      return test.value + 1
    case 'between':
      return test.from
    default:
      return undefined
  }
}

const columns = {
  visits: { total: sql`h.visits`, running: sql`d.visits_to` },
  revenue: { total: sql`h.revenue`, running: sql`h.revenue_to` },
  margin: { total: sql`h.margin`, running: sql`d.margin_to` },
  quantity: { total: sql`h.quantity`, running: sql`d.quantity_to` },
} as const

/**
 * The sum over the days: the running total at the last of them less the one before the first. Where all
 * of a person's days lie on one side of a bound the total itself says it, and no array is unpacked.
 */
function figureOf(measure: Measure, { from, to }: DayRange): Sql {
  const { total, running } = columns[measure === 'basket' ? 'revenue' : measure]
  const until =
    to === null
      ? total
      : sql`case when h.last_visit_on <= ${to}::date then ${total}
          else ${running}[width_bucket(${to}::date, h.days) + 1] end`
  if (from === null) return sql`(${until})`
  return sql`(${until} - case when h.first_visit_on >= ${from}::date then 0
    else ${running}[width_bucket(${from}::date - 1, h.days) + 1] end)`
}

const lineColumn = {
  article: sql`l.article_id`,
  department: sql`l.department_id`,
  store: sql`l.store_id`,
} as const

type LinesSum = Pick<CriterionOf<'purchases'>, 'measure' | 'currency'> & {
  range: DayRange
  of: Goods
}

/** The people whose lines of these goods pass, by the lines themselves. */
function linesSum(
  { measure, currency, range, of }: LinesSum,
  passes: (v: Sql, t?: Sql) => Sql,
): Sql {
  const visits = sql`count(distinct l.sale_id)`
  const sums = {
    visits,
    revenue: sql`sum(l.amount)`,
    margin: sql`sum(coalesce(l.margin, 0))`,
    quantity: sql`sum(l.quantity)`,
    basket: sql`sum(l.amount)`,
  } as const
  const test = measure === 'basket' ? passes(sums.basket, visits) : passes(sums[measure])
  return sql`select l.party_id from sale_lines as l
    where l.party_id is not null and ${lineColumn[of.what]} = any (${of.ids}::int[])
      and ${withinSql(sql`l.sold_on`, range)}
      and ${currency === null ? isTrue : sql`l.currency = ${currency}`}
    group by l.party_id having ${test}`
}

const bought = sql`(l.quantity > 0 or l.amount > 0)`

export function boughtCondition(criterion: CriterionOf<'bought'>, today: string): Condition {
  const range = windowRange(criterion.window, today)
  if (criterion.op === 'none') return not(boughtCondition({ ...criterion, op: 'any' }, today))
  return criterion.what === 'article'
    ? { is: 'set', sql: boughtArticles(criterion, range) }
    : { is: 'purchases', currency: null, ...boughtOf(criterion, criterion.what, range) }
}

function boughtArticles({ op, ids }: CriterionOf<'bought'>, range: DayRange): Sql {
  const needed = op === 'all' ? new Set(ids).size : 1
  return sql`select l.party_id from sale_lines as l
    where l.party_id is not null and l.article_id = any (${ids}::int[])
      and ${withinSql(sql`l.sold_on`, range)} and ${bought}
    group by l.party_id having count(distinct l.article_id) >= ${needed}`
}

const known = {
  department: { ids: sql`h.department_ids`, days: sql`d.department_days` },
  store: { ids: sql`d.store_ids`, days: sql`d.store_days` },
} as const

function boughtOf(
  { op, ids }: CriterionOf<'bought'>,
  what: 'department' | 'store',
  range: DayRange,
): { cheap: Sql[]; dear: Sql[]; detailed: boolean } {
  const own = known[what].ids
  const ever = op === 'all' ? sql`${own} @> ${ids}::int[]` : sql`${own} && ${ids}::int[]`
  if (range.from === null && range.to === null) {
    return { cheap: [], dear: [ever], detailed: what === 'store' }
  }
  const each = [...new Set(ids)].map((id) => boughtWithin(id, what, range))
  return {
    cheap: reaches(range),
    dear: [ever, op === 'all' ? and(each) : or(each)],
    detailed: true,
  }
}

/** The last day it was bought tells for most; the lines are asked only of who bought after the window too. */
function boughtWithin(id: number, what: 'department' | 'store', range: DayRange): Sql {
  const { ids, days } = known[what]
  const last = sql`${days}[array_position(${ids}, ${id}::int)]`
  const lines = sql`exists (select from sale_lines as l
    where l.party_id = h.party_id and ${withinSql(sql`l.sold_on`, range)}
      and ${lineColumn[what]} = ${id}::int and ${bought})`
  const late = range.to === null ? sql`false` : sql`${last} > ${range.to}::date`
  return sql`coalesce(case when ${withinSql(last, range)} then true when ${late} then ${lines} end, false)`
}
