/**
 * From compiled criteria to one FROM and one condition. Every set of people becomes a left join and every
 * test of a set "was it joined": joins spill to disk and run in parallel at any size and in any nesting,
 * where `in (select …)` inside OR or NOT turns into a scan per person once its hash outgrows the memory.
 */
import { type RawBuilder, sql } from 'kysely'

export type Sql = RawBuilder<unknown>

/** What a criterion compiles to. Tests are never null: each says what a missing value means. */
export type Condition =
  /** True or false on the row `p` of parties. */
  | { is: 'test'; sql: Sql }
  /**
   * On the rows `h` of party_purchases, of one currency or, with null, on facts of the whole person: all of
   * `cheap` (comparisons of plain columns), then `dear` (arrays), so that few rows get as far as those.
   * With `detailed`, `dear` reads `d` too, the details of the row.
   */
  | { is: 'purchases'; currency: string | null; cheap: Sql[]; dear: Sql[]; detailed: boolean }
  /** A query of one column `party_id`, each person once. */
  | { is: 'set'; sql: Sql }
  | { is: 'not'; of: Condition }
  | { is: 'all' | 'any'; of: Condition[] }

export const not = (of: Condition): Condition => (of.is === 'not' ? of.of : { is: 'not', of })

export const and = (parts: Sql[]): Sql => sql`(${sql.join(parts, sql` and `)})`
export const or = (parts: Sql[]): Sql => sql`(${sql.join(parts, sql` or `)})`

/** Several conditions over one set of joins, to be read in a query `from parties as p`. */
export type Plan = { joins: Sql; tests: Sql[] }

export function plan(conditions: Condition[]): Plan {
  const sets: Sql[] = []
  const tests = conditions.map((condition) => lower(merge(condition), sets))
  const joins = sets.map((set, at) => {
    const alias = sql.ref(`s${at}`)
    return sql`left join (${set}) as ${alias} on ${alias}.party_id = p.id`
  })
  return { joins: sql.join(joins, sql` `), tests }
}

function lower(condition: Condition, sets: Sql[]): Sql {
  switch (condition.is) {
    case 'test':
      return sql`(${condition.sql})`
    case 'not':
      return sql`not ${lower(condition.of, sets)}`
    case 'all':
      return and(condition.of.map((inner) => lower(inner, sets)))
    case 'any':
      return or(condition.of.map((inner) => lower(inner, sets)))
    default: {
      const name = `s${sets.length}`
      sets.push(condition.is === 'set' ? condition.sql : rowsOf(condition))
      return sql`(${sql.ref(name)}.party_id is not null)`
    }
  }
}

/** A person has one row per currency and one main row. */
function rowsOf({ currency, cheap, dear, detailed }: Rows): Sql {
  const row = currency === null ? sql`h.is_main` : sql`h.currency = ${currency}`
  const where = and([...cheap, row, ...dear])
  return sql`select h.party_id from ${purchaseRows(detailed)} where ${where}`
}

/** The rows `h` of party_purchases, and `d` beside them where their details are read. */
export const purchaseRows = (detailed: boolean): Sql =>
  detailed
    ? sql`party_purchases as h join party_purchase_details as d using (party_id, currency)`
    : sql`party_purchases as h`

/** Puts what is asked of the same purchase rows into one scan of them. */
function merge(condition: Condition): Condition {
  if (condition.is === 'not') return not(merge(condition.of))
  if (condition.is !== 'all' && condition.is !== 'any') return condition
  const { is } = condition
  const parts = condition.of.map(merge).flatMap((inner) => (inner.is === is ? inner.of : [inner]))
  const merged = mergeRows(is, parts)
  const [only] = merged
  return only && merged.length === 1 ? only : { is, of: merged }
}

type Rows = Extract<Condition, { is: 'purchases' }>

function mergeRows(is: 'all' | 'any', parts: Condition[]): Condition[] {
  const rows = parts.filter((part): part is Rows => part.is === 'purchases')
  const rest = parts.filter((part) => part.is !== 'purchases')
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency)
  // Facts of the whole person stand on each of its rows, so AND may ask them of any; OR may not, for
  // who bought in another currency only has no row of this one.
  const anywhere = is === 'all' ? (byCurrency.get(null) ?? []) : []
  const [host] = [...byCurrency.keys()].filter((currency) => currency !== null)
  if (anywhere.length > 0 && host !== undefined) {
    byCurrency.delete(null)
    byCurrency.set(host, [...anywhere, ...(byCurrency.get(host) ?? [])])
  }
  const merged = [...byCurrency].map(([currency, same]): Rows => {
    const [only] = same
    if (only && same.length === 1) return { ...only, currency }
    return is === 'all' ? everyOf(currency, same) : someOf(currency, same)
  })
  return [...merged, ...rest]
}

const everyOf = (currency: string | null, rows: Rows[]): Rows => ({
  is: 'purchases',
  currency,
  cheap: rows.flatMap(({ cheap }) => cheap),
  dear: rows.flatMap(({ dear }) => dear),
  detailed: rows.some(({ detailed }) => detailed),
})

const someOf = (currency: string | null, rows: Rows[]): Rows => ({
  is: 'purchases',
  currency,
  cheap: [],
  dear: [or(rows.map(({ cheap, dear }) => and([sql`true`, ...cheap, ...dear])))],
  detailed: rows.some(({ detailed }) => detailed),
})
