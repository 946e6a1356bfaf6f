import { sql } from 'kysely'
import type { PartyKey } from '#core/imports/plan.ts'
import type { Database } from '#platform/db/database.ts'

export const copyRecipients = 'copy staged_recipients (n, m, key) from stdin'

/** `m` numbers the mailings of the file. */
export async function setup(db: Database): Promise<void> {
  await sql`create temp table staged_recipients (n bigint, m int, key text)`.execute(db)
  await sql`create temp table found (n bigint, m int, party_id bigint)`.execute(db)
}

const matches = {
  code: sql`p.code = s.key`,
  email: sql`p.email_key = s.key`,
  phone: sql`(p.mobile_number = s.key or p.phone_number = s.key)`,
  cardNumber: sql`p.card_number = s.key and p.card_number <> ''`,
} satisfies Record<PartyKey, unknown>

/** Finds the people; returns the rows whose customer nobody is. */
export async function resolve(db: Database, key: PartyKey) {
  await sql`insert into found select s.n, s.m, f.id from staged_recipients s left join lateral (
      select coalesce(p.merged_into, p.id) as id from parties p
      where ${matches[key]} and (p.deleted_at is null or p.merged_into is not null) order by p.id limit 1
    ) f on true`.execute(db)
  const { rows } = await sql<{ n: number; key: string }>`
    select s.n, s.key from staged_recipients s join found f using (n)
    where s.key is not null and f.party_id is null order by s.n`.execute(db)
  return rows
}

/** The people of a mailing, and how many of its rows name nobody. */
export async function listRows(db: Database, m: number) {
  const { rows } = await sql<{ people: number[] | null; without: number }>`
    select array_agg(f.party_id) filter (where f.party_id is not null) as people,
      (count(*) filter (where s.key is null))::int as without
    from found f join staged_recipients s using (n) where f.m = ${m}`.execute(db)
  return { people: rows[0]?.people ?? [], without: rows[0]?.without ?? 0 }
}

/** What `importLegacy` would do. */
export async function foresee(
  db: Database,
  mailing: { label: string; sentOn: string },
  partyIds: readonly number[],
) {
  const step = await db
    .selectFrom('campaigns as c')
    .innerJoin('steps as s', 's.campaignId', 'c.id')
    .select('s.id')
    .where('c.isLegacy', '=', true)
    .where('c.deletedAt', 'is', null)
    .where('c.label', '=', mailing.label)
    .where('c.sendOn', '=', mailing.sentOn)
    .executeTakeFirst()
  if (!step) return { made: true, added: new Set(partyIds) }
  const there = await db
    .selectFrom('targets')
    .select('partyId')
    .where('stepId', '=', step.id)
    .execute()
  const known = new Set(there.map((row) => row.partyId))
  return { made: false, added: new Set(partyIds.filter((id) => !known.has(id))) }
}

export async function clear(db: Database): Promise<void> {
  await sql`truncate staged_recipients, found`.execute(db)
}
