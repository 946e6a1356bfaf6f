/** Pairs of cards that may be one person. */
import { sql } from 'kysely'
import type { duplicateReasons } from '#core/duplicates/api.ts'
import type { Database } from '#platform/db/database.ts'

/**
 * Rebuilds the open pairs from what the cards hold now, in one statement per step; pairs that were
 * decided keep their decision. A value shared by more than ten cards (a shop's own number typed on
 * each) says nothing and is left out. Returns the number of open pairs.
 */
export async function detect(db: Database): Promise<number> {
  await sql`delete from duplicate_pairs where state = 'open'`.execute(db)
  await sql`
    with keys as (
      select id, 'email' as reason, 60 as score, email_key as k
      from parties where deleted_at is null and email <> ''
      union all
      select distinct id, 'phone', 45, n from parties, unnest(array[phone_number, mobile_number]) as n
      where deleted_at is null and n is not null
      union all
      select id, 'name-postal-code', 55, name_key || '|' || postal_code
      from parties where deleted_at is null and postal_code <> '' and name_key <> ''
        and (first_name <> '' or company <> '')
      union all
      select id, 'name-birthday', 70,
        name_key || '|' || coalesce(birth_year, 0) || '|' || birth_month || '|' || birth_day
      from parties where deleted_at is null and birth_month is not null and first_name <> ''
    ), alike as (
      select reason, score, array_agg(id order by id) as ids from keys
      group by reason, score, k having count(*) between 2 and 10
    ), pairs as (
      select a, b, sum(score) as score, array_agg(reason order by reason) as reasons
      from alike, unnest(ids) a, unnest(ids) b where a < b group by a, b
    )
    insert into duplicate_pairs (party_a, party_b, score, reasons)
    -- One address or phone for two first names is a couple rather than a double.
    select a, b, least(100, pairs.score - case when pa.first_name <> '' and pb.first_name <> ''
      and fold(pa.first_name) <> fold(pb.first_name) then 50 else 0 end), reasons
    from pairs join parties pa on pa.id = a join parties pb on pb.id = b
    where pairs.score - case when pa.first_name <> '' and pb.first_name <> ''
      and fold(pa.first_name) <> fold(pb.first_name) then 50 else 0 end >= 40
    on conflict do nothing`.execute(db)
  return countOpen(db)
}

export async function countOpen(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from duplicate_pairs where state = 'open'
      and party_a not in (select id from parties where deleted_at is not null)
      and party_b not in (select id from parties where deleted_at is not null)`.execute(db)
  return rows[0]?.n ?? 0
}

export type PairRow = {
  partyA: number
  partyB: number
  score: number
  reasons: (typeof duplicateReasons)[number][]
}

export async function openPairs(
  db: Database,
  { offset, limit }: { offset: number; limit: number },
): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select party_a, party_b, score, reasons from duplicate_pairs where state = 'open'
      and party_a not in (select id from parties where deleted_at is not null)
      and party_b not in (select id from parties where deleted_at is not null)
    order by score desc, party_a, party_b offset ${offset} limit ${limit}`.execute(db)
  return rows
}

/** False when the pair was never found. */
export async function decide(
  db: Database,
  { a, b, state, by }: { a: number; b: number; state: 'open' | 'different'; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('duplicatePairs')
    .set({ state, decidedBy: by })
    .where('partyA', '=', Math.min(a, b))
    .where('partyB', '=', Math.max(a, b))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
