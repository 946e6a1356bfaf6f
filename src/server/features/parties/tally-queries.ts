/** The tally of cards, which triggers keep: see migrations/0003-parties.sql. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

/** Adds up its rows, so that reading the sum stays a matter of a few. Changes no figure, at any time. */
export async function compactTally(db: Database): Promise<void> {
  await sql`with taken as (delete from party_tallies returning delta)
    insert into party_tallies select sum(delta) from taken having count(*) > 0`.execute(db)
}
