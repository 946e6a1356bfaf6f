/** Sums over sale lines that are kept until anything they depend on changes: see migrations/0014-results.sql. */
import { sql } from 'kysely'
import { SalesSums } from '#core/results/series.ts'
import type { Database } from '#platform/db/database.ts'
import type { Window } from './queries.ts'

/** How often the data was changed so far, and in how many rows that is written. */
export async function countChanges(db: Database): Promise<{ changes: number; rows: number }> {
  const { rows } = await sql<{ changes: number; rows: number }>`
    select coalesce(sum(changes), 0)::bigint as changes, count(*) as rows from results_changes`.execute(
    db,
  )
  return rows[0] ?? { changes: 0, rows: 0 }
}

/** Adds the rows up. Changes no sum, at any time. */
export async function compactChanges(db: Database): Promise<void> {
  await sql`with taken as (delete from results_changes returning changes)
    insert into results_changes select sum(changes) from taken having count(*) > 0`.execute(db)
}

type Kept = Window & { changes: number }

/** What was kept for just these days and this state of the data. */
export async function find(
  db: Database,
  campaignId: number,
  { from, to, changes }: Kept,
): Promise<SalesSums | undefined> {
  const row = await db
    .selectFrom('resultsKept')
    .select('results')
    .where('campaignId', '=', campaignId)
    .where('fromDay', '=', from)
    .where('toDay', '=', to)
    .where('changes', '=', changes)
    .executeTakeFirst()
  return row && SalesSums.parse(row.results)
}

export async function keep(
  db: Database,
  campaignId: number,
  { from, to, changes, sales }: Kept & { sales: SalesSums },
): Promise<void> {
  const row = { fromDay: from, toDay: to, changes, results: JSON.stringify(sales) }
  await db
    .insertInto('resultsKept')
    .values({ campaignId, ...row })
    .onConflict((conflict) => conflict.column('campaignId').doUpdateSet(row))
    .execute()
}
