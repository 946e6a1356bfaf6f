/** What chosen people bought: top customers from the roll-ups, everything else from the lines. */
import { type RawBuilder, sql } from 'kysely'
import type { AnalysisQuery, AnalysisRow } from '#core/analyses/api.ts'
import type { DayRange } from '#core/segments/calendar.ts'
import type { Database } from '#platform/db/database.ts'
import { nameOf } from '../parties/service.ts'

/** The chosen people as a condition on `parties`. */
export type Who = RawBuilder<boolean>
export type Asked = Pick<AnalysisQuery, 'by' | 'measure' | 'currency' | 'limit'> & {
  who: Who
  range: DayRange
}

type Row = AnalysisRow & { rowCount: number } & Record<
    'allRevenue' | 'allMargin' | 'allQuantity' | 'allVisits',
    number
  >

/** Nobody waits longer than this for an analysis. */
const patience = '25s'

/** Runs within a time limit; PostgreSQL gives up with 57014 (`query_canceled`). */
export function withinTime<T>(db: Database, run: (db: Database) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = ${sql.raw(`'${patience}'`)}`.execute(trx)
    // Grouping a million people is worth some memory: on disk it takes several times as long.
    await sql`set local work_mem = '64MB'`.execute(trx)
    return run(trx)
  })
}

export const isOutOfTime = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '57014'

export async function countPeople(db: Database, who: Who): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from parties where ${who}`.execute(db)
  return rows[0]?.n ?? 0
}

const orders = {
  revenue: sql`revenue`,
  margin: sql`margin`,
  quantity: sql`quantity`,
  visits: sql`visits`,
  basket: sql`case when visits > 0 then revenue::numeric / visits else 0 end`,
} as const

/** Totals stand on each row, so that the rows cut off are in them. */
const totals = sql`count(*) over () as row_count, sum(revenue) over ()::bigint as all_revenue,
  sum(margin) over ()::bigint as all_margin, sum(quantity) over ()::bigint as all_quantity,
  sum(visits) over ()::bigint as all_visits`

/** A running total of the roll-up within the range; exact, by two binary searches. */
function within(column: RawBuilder<unknown>, { from, to }: DayRange): RawBuilder<number> {
  const end = to === null ? sql`array_length(h.days, 1)` : sql`width_bucket(${to}::date, h.days)`
  const start = from === null ? sql`0` : sql`width_bucket(${from}::date - 1, h.days)`
  return sql`(${column}[${end} + 1] - ${column}[${start} + 1])::bigint`
}

const isEver = ({ from, to }: DayRange) => from === null && to === null

export async function topCustomers(db: Database, asked: Asked): Promise<Row[]> {
  const { who, range, currency, measure, limit } = asked
  const figures = isEver(range)
    ? sql`h.revenue, h.margin, h.quantity, h.visits::bigint as visits`
    : sql`${within(sql`h.revenue_to`, range)} as revenue, ${within(sql`d.margin_to`, range)} as margin,
        ${within(sql`d.quantity_to`, range)} as quantity, ${within(sql`d.visits_to`, range)} as visits`
  const details = isEver(range)
    ? sql``
    : sql`join party_purchase_details as d on d.party_id = h.party_id and d.currency = h.currency`
  const { rows } = await sql<Row>`
    with top as (
      select *, ${totals} from (
        select h.party_id, ${figures} from party_purchases as h ${details}
        where h.currency = ${currency} and h.party_id in (select id from parties where ${who})
      ) as people where visits <> 0 or revenue <> 0 or quantity <> 0
      order by ${orders[measure]} desc, party_id limit ${limit}
    )
    select top.party_id as id, ${nameOf('p')} as label,
      revenue, margin, quantity, visits, 1 as customers,
      row_count, all_revenue, all_margin, all_quantity, all_visits
    from top join parties as p on p.id = top.party_id
    order by ${orders[measure]} desc, top.party_id`.execute(db)
  return rows
}

const keys = {
  store: { key: sql`l.store_id`, label: sql`(select name from stores where id = key)` },
  department: {
    key: sql`l.department_id`,
    label: sql`(select label from departments where id = key)`,
  },
  article: {
    key: sql`l.article_id`,
    label: sql`(select coalesce(nullif(label, ''), code) from articles where id = key)`,
  },
  month: { key: sql`to_char(l.sold_on, 'YYYY-MM')`, label: sql`key` },
} as const

/** Per receipt first: so a receipt is one visit and a person one customer whatever the lines. */
export async function breakdown(
  db: Database,
  by: keyof typeof keys,
  { who, range, currency, measure, limit }: Asked,
): Promise<Row[]> {
  const { key, label } = keys[by]
  const days = [
    ...(range.from === null ? [] : [sql`and l.sold_on >= ${range.from}::date`]),
    ...(range.to === null ? [] : [sql`and l.sold_on <= ${range.to}::date`]),
  ]
  const order = by === 'month' ? sql`key` : sql`${orders[measure]} desc, key`
  const { rows } = await sql<Row>`
    with top as (
      select *, ${totals} from (
        select key, sum(revenue)::bigint as revenue, sum(margin)::bigint as margin,
          sum(quantity)::bigint as quantity, sum(visits)::bigint as visits, count(*) as customers
        from (
          select key, party_id, sum(revenue) as revenue, sum(margin) as margin,
            sum(quantity) as quantity, count(*) as visits
          from (
            select ${key} as key, l.party_id, l.sale_id, sum(l.amount) as revenue,
              sum(coalesce(l.margin, 0)) as margin, sum(l.quantity) as quantity
            from sale_lines as l
            where l.currency = ${currency} ${sql.join(days, sql` `)}
              and l.party_id in (select id from parties where ${who})
            group by 1, 2, 3
          ) as receipts group by 1, 2
        ) as people group by 1
      ) as groups order by ${order} limit ${limit}
    )
    select ${by === 'month' ? sql`null::int` : sql`key`} as id, coalesce(${label}, '') as label,
      revenue, margin, quantity, visits, customers,
      row_count, all_revenue, all_margin, all_quantity, all_visits
    from top order by ${order}`.execute(db)
  return rows
}

/** How many of the people bought anything at all in the window and the currency. */
export async function countBuyers(db: Database, { who, range, currency }: Asked): Promise<number> {
  const bought = isEver(range)
    ? sql`true`
    : sql`width_bucket(${range.to ?? '9999-12-31'}::date, h.days)
        > width_bucket(${range.from ?? '0001-01-02'}::date - 1, h.days)`
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from party_purchases as h
    where h.currency = ${currency} and ${bought}
      and h.party_id in (select id from parties where ${who})`.execute(db)
  return rows[0]?.n ?? 0
}

/** Receipts of the people in the window, each once, whatever they are laid out by. */
export async function countVisits(db: Database, { who, range, currency }: Asked): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(${isEver(range) ? sql`h.visits` : within(sql`d.visits_to`, range)}), 0)::bigint as n
    from party_purchases as h
      join party_purchase_details as d on d.party_id = h.party_id and d.currency = h.currency
    where h.currency = ${currency} and h.party_id in (select id from parties where ${who})`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}
