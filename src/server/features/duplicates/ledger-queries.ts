/** The merges that were made, and the pairs that the night may merge. */
import { sql } from 'kysely'
import { z } from 'zod'
import { MergeSettings, MergeView } from '#core/duplicates/api.ts'
import type { Database } from '#platform/db/database.ts'
import { nameOf } from '../parties/service.ts'
import { Moved } from './merge-queries.ts'

const settingsName = 'nightly-merge'

export async function settings(db: Database): Promise<MergeSettings> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', settingsName)
    .executeTakeFirst()
  return MergeSettings.parse(row?.value ?? {})
}

export async function saveSettings(db: Database, wanted: MergeSettings): Promise<void> {
  const value = JSON.stringify(wanted)
  await db
    .insertInto('settings')
    .values({ name: settingsName, value })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value, updatedAt: sql<string>`now()` }),
    )
    .execute()
}

/** What the card that stayed was before: its wishes, and the changes that its fields and its loyalty figures took. */
export const Before = z.object({
  changeIds: z.array(z.number().nullable()),
  wishes: z.object({
    all: z.boolean(),
    email: z.boolean(),
    sms: z.boolean(),
    /** What it said of measuring openings; null was nothing. */
    opens: z.boolean().nullable().default(null),
  }),
})
export type Before = z.infer<typeof Before>

type NewMerge = {
  keptId: number
  lostId: number
  actorName: string
  jobId: number | null
  reason: '' | 'email' | 'mobile'
  before: Before
  moved: Moved
}

export async function record(db: Database, merge: NewMerge): Promise<void> {
  await db
    .insertInto('partyMerges')
    .values({
      ...merge,
      before: JSON.stringify(merge.before),
      moved: JSON.stringify(merge.moved),
    })
    .execute()
}

/** Locked until the transaction ends; `image` is undefined once the purge has emptied it. */
export async function lock(db: Database, id: number) {
  const row = await db
    .selectFrom('partyMerges')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const [before, moved] = [Before.safeParse(row.before), Moved.safeParse(row.moved)]
  const image =
    before.success && moved.success ? { before: before.data, moved: moved.data } : undefined
  return { ...row, image }
}

export async function markUndone(db: Database, id: number, by: string, at: Date): Promise<void> {
  await db
    .updateTable('partyMerges')
    .set({ undoneAt: at, undoneBy: by, before: '{}', moved: '{}' })
    .where('id', '=', id)
    .execute()
}

type Page = { offset: number; limit: number }

export async function list(db: Database, { offset, limit }: Page): Promise<MergeView[]> {
  const { rows } = await sql`
    select m.id, m.at, m.actor_name, m.job_id, m.reason, m.undone_at, m.undone_by,
      jsonb_build_object('id', k.id, 'code', k.code, 'name', ${nameOf('k')}) as kept,
      jsonb_build_object('id', l.id, 'code', l.code, 'name', ${nameOf('l')}) as lost,
      m.undone_at is null and m.moved <> '{}' and l.merged_into = k.id and k.deleted_at is null as may_undo
    from party_merges m join parties k on k.id = m.kept_id join parties l on l.id = m.lost_id
    order by m.id desc offset ${offset} limit ${limit}`.execute(db)
  return rows.map((row) => MergeView.parse(row))
}

export async function count(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('partyMerges')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** How each channel stands on a card by the last line of its ledger. */
export async function withdrawnChannels(db: Database, partyIds: readonly number[]) {
  const { rows } = await sql<{ channel: 'phone' | 'post' | 'fax' }>`
    select distinct channel from (
      select distinct on (party_id, channel) channel, state from consents
      where party_id = any(${partyIds}::bigint[]) and purpose = 'marketing' and channel in ('phone', 'post', 'fax')
      order by party_id, channel, id desc
    ) last where state = 'withdrawn'`.execute(db)
  return rows.map(({ channel }) => channel)
}

/** The wishes that somebody decided on since the merge, and whether that was a withdrawal. */
export async function saidSince(db: Database, partyId: number, at: string) {
  const { rows } = await sql<{ wish: 'all' | 'email' | 'sms' | 'opens'; state: string }>`
    select distinct on (channel, purpose) case when purpose = 'measurement' then 'opens' else channel end as wish, state
    from consents
    where party_id = ${partyId} and at > ${at}::timestamptz and source <> 'merge'
      and channel in ('all', 'email', 'sms')
    order by channel, purpose, id desc`.execute(db)
  return new Map(rows.map(({ wish, state }) => [wish, state === 'withdrawn']))
}

export type Twin = { keptId: number; lostId: number; reason: 'email' | 'mobile' }

/**
 * Pairs that the strict rule takes for one person: the same name, and the same e-mail address or mobile; never
 * where sex, birthday or nature disagree, or where somebody said that they are two. The older card stays. A
 * value that more than ten cards share says nothing.
 */
export async function twins(db: Database): Promise<Twin[]> {
  const { rows } = await sql<Twin>`
    with alive as (
      select id, name_key, email_key, sms_number from parties
      where deleted_at is null and last_name <> '' and first_name <> ''
    ), keys as (
      select id, 'email' as reason, name_key, email_key as k from alive where email_key <> ''
      union all
      select id, 'mobile', name_key, sms_number from alive where sms_number is not null
    ), alike as (
      select reason, array_agg(id order by id) as ids from keys
      group by reason, k, name_key having count(*) between 2 and 10
    )
    select distinct on (b.id) a.id as kept_id, b.id as lost_id, reason
    from alike, unnest(ids[2:]) as lost join parties b on b.id = lost, parties a
    where a.id = ids[1] and a.nature = b.nature
      and (a.sex = '' or b.sex = '' or a.sex = b.sex)
      and (a.birth_month is null or b.birth_month is null
        or (a.birth_month, a.birth_day) = (b.birth_month, b.birth_day))
      and (a.birth_year is null or b.birth_year is null or a.birth_year = b.birth_year)
      and not exists (select from duplicate_pairs where party_a = a.id and party_b = b.id and state = 'different')
    order by b.id, a.id, reason`.execute(db)
  return rows
}
