/** Takes imported sales back by ranges of receipts, each in a transaction of its own. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

export async function findRange(db: Database, importId: number) {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select least((select min(sale_id) from sale_lines where import_id = ${importId}),
        (select min(id) from sales where import_id = ${importId})) as first,
      greatest((select max(sale_id) from sale_lines where import_id = ${importId}),
        (select max(id) from sales where import_id = ${importId})) as last`.execute(db)
  const { first, last } = rows[0] ?? { first: null, last: null }
  return first === null || last === null ? undefined : { first, last }
}

export type Range = { first: number; last: number }

/** Lines that a later import changed belong to it now and stay. */
export async function removeRange(db: Database, importId: number, { first, last }: Range) {
  const own = sql`l.sale_id between ${first} and ${last} and l.import_id = ${importId}`
  const later = sql`exists (select from import_sale_befores b
    where b.sale_id = l.sale_id and b.line_no = l.line_no and b.import_id > ${importId})`
  const kept = await sql<{ total: number }>`
    select count(*)::int as total from sale_lines l where ${own} and ${later}`.execute(db)
  const { rows } = await sql<{ total: number }>`
    with gone as (delete from sale_lines l where ${own} and not ${later} returning party_id),
      stale as (insert into purchases_stale select distinct party_id from gone where party_id is not null)
    select count(*)::int as total from gone`.execute(db)
  await sql`delete from sales s where s.id between ${first} and ${last} and s.import_id = ${importId}
    and not exists (select from sale_lines l where l.sale_id = s.id)`.execute(db)
  return { removed: rows[0]?.total ?? 0, kept: kept.rows[0]?.total ?? 0 }
}

/** Lines that the import changed are again what they were. */
export async function restoreChanged(db: Database, importId: number): Promise<number> {
  await sql`insert into purchases_stale select l.party_id from sale_lines l join import_sale_befores b
    using (sale_id, line_no) where b.import_id = ${importId} and l.party_id is not null`.execute(db)
  const { numAffectedRows } = await sql`
    update sale_lines l set party_id = o.party_id, sold_on = o.sold_on, currency = o.currency,
      article_id = o.article_id, department_id = o.department_id, quantity = o.quantity, amount = o.amount,
      margin = o.margin
    from import_sale_befores b cross join lateral jsonb_populate_record(null::sale_lines, b.before) o
    where b.import_id = ${importId} and l.sale_id = b.sale_id and l.line_no = b.line_no
      and not exists (select from import_sale_befores later where later.sale_id = b.sale_id
        and later.line_no = b.line_no and later.import_id > ${importId})`.execute(db)
  await sql`insert into purchases_stale select l.party_id from sale_lines l join import_sale_befores b
    using (sale_id, line_no) where b.import_id = ${importId} and l.party_id is not null`.execute(db)
  await sql`delete from import_sale_befores where import_id = ${importId}`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
