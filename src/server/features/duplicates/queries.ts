/** Finding pairs, and moving everything a card owns: a merge crosses every feature by its nature. */
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

/**
 * Everything the other card owns becomes this one's. What both have once only (a target of a step, a
 * message of a content, a tag, a list) stays with the other card's remains, so that no count changes.
 */
export async function moveAll(db: Database, to: number, from: number): Promise<void> {
  await sql`update sales set party_id = ${to} where party_id = ${from}`.execute(db)
  await sql`update sale_lines set party_id = ${to} where party_id = ${from}`.execute(db)
  await sql`insert into purchases_stale (party_id) values (${to}), (${from})`.execute(db)
  await sql`update party_notes set party_id = ${to} where party_id = ${from}`.execute(db)
  await sql`update party_changes set party_id = ${to} where party_id = ${from}`.execute(db)
  await sql`update consents set party_id = ${to} where party_id = ${from}`.execute(db)
  await sql`insert into party_tags (party_id, tag_id, added_at)
    select ${to}, tag_id, added_at from party_tags where party_id = ${from} on conflict do nothing`.execute(
    db,
  )
  await sql`insert into party_list_members (list_id, party_id)
    select list_id, ${to} from party_list_members where party_id = ${from} on conflict do nothing`.execute(
    db,
  )
  await moveAnswers(db, to, from)
  await sql`update messages set party_id = ${to} where party_id = ${from} and not exists (
    select from messages own where own.content_id = messages.content_id and own.party_id = ${to})`.execute(
    db,
  )
  await sql`update targets set party_id = ${to} where party_id = ${from} and not exists (
    select from targets own where own.step_id = targets.step_id and own.party_id = ${to})`.execute(
    db,
  )
}

/** Of two current answers to a question the later one stays current. */
async function moveAnswers(db: Database, to: number, from: number): Promise<void> {
  await sql`update answers set is_current = false from answers later
    where answers.is_current and later.is_current and answers.question_id = later.question_id
      and least(answers.party_id, later.party_id) = ${Math.min(to, from)}
      and greatest(answers.party_id, later.party_id) = ${Math.max(to, from)}
      and (later.answered_at, later.id) > (answers.answered_at, answers.id)`.execute(db)
  await sql`update answers set party_id = ${to} where party_id = ${from}`.execute(db)
  await sql`update answers set organisation_id = ${to} where organisation_id = ${from}`.execute(db)
}

/** Leaves of the other card what its code needs to lead here. */
export async function retire(db: Database, to: number, from: number): Promise<void> {
  await sql`update parties set merged_into = ${to} where merged_into = ${from}`.execute(db)
  await sql`update parties set merged_into = ${to}, deleted_at = now(), version = version + 1,
    updated_at = now() where id = ${from}`.execute(db)
  await sql`delete from party_tags where party_id = ${from}`.execute(db)
  await sql`delete from party_list_members where party_id = ${from}`.execute(db)
  await sql`delete from duplicate_pairs where party_a = ${from} or party_b = ${from}`.execute(db)
}
