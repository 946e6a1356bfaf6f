/** Sale lines by the million, made inside the database in the order tills write them; the same every time. */
import pg from 'pg'
import { storeCount } from './seed.ts'

const departmentCount = 20
/** The one called Chemises. */
export const shirts = 3

const linesPerReceipt = 2.5
const firstDay = '2023-11-23'
const dayCount = 1_096

const draw = (of: string, salt: number, below: number) =>
  `(abs(hashint8extended(${of}, ${salt})) % ${below})::int`

/**
 * `count` lines of receipts over the three years up to 22 November 2026, some customers coming far more
 * often than others, one line of twenty-five a return. Everyone is marked for the roll-up.
 */
export async function seedSales(url: string, count: number, customers: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const receipts = Math.round(count / linesPerReceipt)
  await client.query(
    `insert into departments (code, label) select i, case i when ${shirts} then 'Chemises' else 'Rayon ' || i end
     from generate_series(1, ${departmentCount}) i`,
  )
  await client.query(
    `insert into sale_lines (sale_id, line_no, party_id, store_id, sold_on, currency, article_id, department_id,
       quantity, amount, margin)
     select r, n, 1 + floor(power(${draw('r', 1, 1_000_000)} / 1e6::float8, 1.4) * ${customers})::bigint,
       1 + ${draw('r', 2, storeCount)}, date '${firstDay}' + (r * ${dayCount}::bigint / ${receipts + 1})::int,
       case when ${draw('r', 3, 50)} = 0 then 'CHF' else 'EUR' end,
       1 + ${draw('i', 4, 5_000)}, 1 + ${draw('i', 5, departmentCount)},
       case when ${draw('i', 6, 25)} = 0 then -1000 else 1000 end,
       case when ${draw('i', 6, 25)} = 0 then -1 else 1 end * (500 + ${draw('i', 7, 7_500)}), ${draw('i', 8, 3_000)}
     from (
       select i, (i / ${linesPerReceipt})::bigint + 1 as r, i as n
       from generate_series(1, ${count}::bigint) i
     ) as lines`,
  )
  await client.query(
    `insert into purchases_stale select i from generate_series(1, ${customers}::bigint) i`,
  )
  await client.query('vacuum analyze sale_lines')
  await client.end()
}
