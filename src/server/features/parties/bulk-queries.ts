/** Bulk work: whom it is for, the change itself set by set, the history that makes it undoable. */
import { type RawBuilder, sql } from 'kysely'
import type { FieldValue } from '#core/parties/custom-field.ts'
import type { Database } from '#platform/db/database.ts'

/** Who and which job a history entry names. */
export type Author = { jobId: number; actorId: string | null; actorName: string }

/** Counts of a bulk job so far; nothing when its people were not written down yet. */
export async function findBulk(db: Database, jobId: number) {
  return db.selectFrom('partyBulks').selectAll().where('jobId', '=', jobId).executeTakeFirst()
}

/** Writes down whom the job is for, in one transaction: from here on the job can be resumed. */
export async function freeze(
  db: Database,
  jobId: number,
  members: RawBuilder<unknown>,
): Promise<{ total: number }> {
  await db.insertInto('partyBulks').values({ jobId, total: 0 }).execute()
  const { numAffectedRows } = await sql`
    insert into party_bulk_members (job_id, party_id) select ${jobId}, id from (${members}) as m(id)`.execute(
    db,
  )
  const total = Number(numAffectedRows ?? 0)
  await db.updateTable('partyBulks').set({ total }).where('jobId', '=', jobId).execute()
  return { total }
}

export const chosen = (ids: readonly number[]) =>
  sql`select id from parties where deleted_at is null and id = any(${ids}::bigint[])`

export const matching = (where: RawBuilder<boolean>, except: readonly number[]) =>
  sql`select id from parties where ${where} and id <> all(${except}::bigint[])`

export const changedBy = (jobId: number) =>
  sql`select distinct party_id from party_changes where job_id = ${jobId}`

/** The next people of the job, taken off its list. */
export async function take(db: Database, jobId: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ partyId: number }>`
    delete from party_bulk_members where job_id = ${jobId} and party_id in (
      select party_id from party_bulk_members where job_id = ${jobId} order by party_id limit ${limit})
    returning party_id`.execute(db)
  return rows.map((row) => row.partyId)
}

export async function countLeft(db: Database, jobId: number): Promise<number> {
  const row = await db
    .selectFrom('partyBulkMembers')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('jobId', '=', jobId)
    .executeTakeFirstOrThrow()
  return row.n
}

export async function addChanged(db: Database, jobId: number, n: number): Promise<void> {
  await sql`update party_bulks set changed = changed + ${n} where job_id = ${jobId}`.execute(db)
}

export async function forget(db: Database, jobId: number): Promise<void> {
  await db.deleteFrom('partyBulks').where('jobId', '=', jobId).execute()
}

/** The insert into the history that every change below ends with; `of` gives (party_id, changes). */
const log = ({ jobId, actorId, actorName }: Author, reason: string, of: RawBuilder<unknown>) => sql`
  insert into party_changes (party_id, actor_id, actor_name, job_id, reason, changes)
  select party_id, ${actorId}, ${actorName}, ${jobId}, ${reason}, changes from (${of}) as made
  returning party_id`

async function countOf(db: Database, statement: RawBuilder<unknown>): Promise<number> {
  const { rows } = await statement.execute(db)
  return rows.length
}

export function tag(
  db: Database,
  ids: readonly number[],
  { add, remove }: { add: readonly number[]; remove: readonly number[] },
  author: Author,
): Promise<number> {
  return countOf(
    db,
    sql`
    with live as (
      select id from parties where id = any(${ids}::bigint[]) and deleted_at is null
    ), added as (
      insert into party_tags (party_id, tag_id)
      select live.id, tags.id from live cross join tags where tags.id = any(${add}::int[])
      on conflict do nothing returning party_id, tag_id
    ), removed as (
      delete from party_tags using live
      where party_id = live.id and tag_id = any(${remove}::int[]) returning party_id, tag_id
    )
    ${log(
      author,
      'bulk',
      sql`select party_id, jsonb_object_agg('tag.' || tag_id, change) as changes from (
          select party_id, tag_id, '[false, true]'::jsonb as change from added
          union all select party_id, tag_id, '[true, false]' from removed
        ) as c group by party_id`,
    )}`,
  )
}

export function remove(db: Database, ids: readonly number[], author: Author): Promise<number> {
  return countOf(
    db,
    sql`
    with gone as (
      update parties set deleted_at = now(), version = version + 1, updated_at = now()
      where id = any(${ids}::bigint[]) and deleted_at is null returning id as party_id
    )
    ${log(author, 'delete', sql`select party_id, '{"deleted": [false, true]}'::jsonb as changes from gone`)}`,
  )
}

/** Where each field that can be changed in bulk is kept, and as what. */
const places: Record<string, { column: string; type: string }> = {
  kind: { column: 'kind', type: 'text' },
  nature: { column: 'nature', type: 'text' },
  salutation: { column: 'salutation', type: 'text' },
  sex: { column: 'sex', type: 'text' },
  language: { column: 'language', type: 'text' },
  postalCode: { column: 'postal_code', type: 'text' },
  city: { column: 'city', type: 'text' },
  country: { column: 'country', type: 'text' },
  store: { column: 'store_id', type: 'int' },
  category: { column: 'category_id', type: 'int' },
  cardType: { column: 'card_type_id', type: 'int' },
  loyaltyPoints: { column: 'loyalty_points', type: 'numeric' },
  loyaltyItems: { column: 'loyalty_items', type: 'numeric' },
  loyaltyVisits: { column: 'loyalty_visits', type: 'numeric' },
  loyaltyBonus: { column: 'loyalty_bonus', type: 'numeric' },
  loyaltySales: { column: 'loyalty_sales', type: 'bigint' },
  loyaltyGift: { column: 'loyalty_gift', type: 'bigint' },
  loyaltyCurrency: { column: 'loyalty_currency', type: 'char(3)' },
  date2: { column: 'date2', type: 'date' },
  date3: { column: 'date3', type: 'date' },
  criterion1: { column: 'criterion1', type: 'numeric' },
  criterion2: { column: 'criterion2', type: 'numeric' },
  criterion3: { column: 'criterion3', type: 'numeric' },
  doNotContact: { column: 'do_not_contact', type: 'boolean' },
  opensConsent: { column: 'opens_consent', type: 'boolean' },
}

/** The field's value as JSON; null, never SQL's null, when empty. */
function reading(field: string): RawBuilder<unknown> {
  const place = places[field]
  if (place) return sql`coalesce(to_jsonb(parties.${sql.ref(place.column)}), 'null')`
  return sql`coalesce(parties.custom -> ${customKey(field)}::text, 'null')`
}

/** The assignment of a JSON value, given as SQL, to the field. */
function writing(field: string, value: RawBuilder<unknown>): RawBuilder<unknown> {
  const place = places[field]
  if (!place) {
    const key = customKey(field)
    return sql`custom = jsonb_strip_nulls(parties.custom || jsonb_build_object(${key}::text, ${value}))`
  }
  return sql`${sql.ref(place.column)} = (${value} #>> '{}')::${sql.raw(place.type)}`
}

const customKey = (field: string) => field.replace(/^custom\./, '')

/** Sets one field; returns how many cards had another value. */
export async function setField(
  db: Database,
  ids: readonly number[],
  { field, value }: { field: string; value: FieldValue },
  author: Author,
): Promise<number[]> {
  const json = sql`${JSON.stringify(value)}::jsonb`
  // Many at a time nobody's own refusal is lifted: for that a card is opened, and the person was asked.
  const refused = field === 'opensConsent' ? sql`and old.value <> 'false'` : sql``
  const { rows } = await sql<{ partyId: number }>`
    with old as (
      select id, ${reading(field)} as value from parties
      where id = any(${ids}::bigint[]) and deleted_at is null for update
    ), changed as (
      update parties set ${writing(field, json)}, version = version + 1, updated_at = now()
      from old where parties.id = old.id and old.value <> ${json} ${refused}
      returning parties.id as party_id, old.value as before
    )
    ${log(
      author,
      'bulk',
      sql`select party_id, jsonb_build_object(${field}::text, jsonb_build_array(before, ${json})) as changes
        from changed`,
    )}`.execute(db)
  return rows.map((row) => row.partyId)
}

/** The fields that a job changed, `tag.<id>` and `deleted` among them. */
export async function fieldsChangedBy(db: Database, jobId: number): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    select distinct jsonb_object_keys(changes) as field from party_changes where job_id = ${jobId}`.execute(
    db,
  )
  return rows.map((row) => row.field)
}

/** Gives the field back what it held before the job, where it still holds what the job wrote. */
export async function restoreField(
  db: Database,
  ids: readonly number[],
  { field, jobId }: { field: string; jobId: number },
  author: Author,
): Promise<number[]> {
  const { rows } = await sql<{ partyId: number }>`
    with was as (
      select party_id, changes -> ${field}::text -> 0 as before, changes -> ${field}::text -> 1 as after
      from party_changes
      where job_id = ${jobId} and party_id = any(${ids}::bigint[]) and changes ? ${field}
    ), changed as (
      update parties set ${writing(field, sql`was.before`)}, version = version + 1, updated_at = now()
      from was where parties.id = was.party_id and parties.deleted_at is null
        and ${reading(field)} = was.after
      returning parties.id as party_id, was.before, was.after
    )
    ${log(
      author,
      'undo',
      sql`select party_id, jsonb_build_object(${field}::text, jsonb_build_array(after, before)) as changes
        from changed`,
    )}`.execute(db)
  return rows.map((row) => row.partyId)
}

export async function restoreTag(
  db: Database,
  ids: readonly number[],
  { tagId, jobId }: { tagId: number; jobId: number },
  author: Author,
): Promise<number[]> {
  const field = `tag.${tagId}`
  const { rows } = await sql<{ partyId: number }>`
    with was as (
      select party_id, changes -> ${field}::text -> 0 = 'true' as had from party_changes
      where job_id = ${jobId} and party_id = any(${ids}::bigint[]) and changes ? ${field}
    ), added as (
      insert into party_tags (party_id, tag_id)
      select was.party_id, tags.id from was join tags on tags.id = ${tagId}
        join parties on parties.id = was.party_id
      where had on conflict do nothing returning party_id, '[false, true]'::jsonb as change
    ), removed as (
      delete from party_tags using was
      where party_tags.party_id = was.party_id and tag_id = ${tagId} and not had
      returning party_tags.party_id, '[true, false]'::jsonb as change
    )
    ${log(
      author,
      'undo',
      sql`select party_id, jsonb_build_object(${field}::text, change) as changes
        from (select * from added union all select * from removed) as c`,
    )}`.execute(db)
  return rows.map((row) => row.partyId)
}

export async function restoreDeleted(
  db: Database,
  ids: readonly number[],
  author: Author,
): Promise<number[]> {
  const { rows } = await sql<{ partyId: number }>`
    with back as (
      update parties set deleted_at = null, version = version + 1, updated_at = now()
      where id = any(${ids}::bigint[]) and deleted_at is not null and merged_into is null
      returning id as party_id
    )
    ${log(author, 'restore', sql`select party_id, '{"deleted": [true, false]}'::jsonb as changes from back`)}`.execute(
    db,
  )
  return rows.map((row) => row.partyId)
}

/** Phones and country of cards whose country changed: their numbers may read otherwise now. */
export async function phonesOf(db: Database, ids: readonly number[]) {
  return db
    .selectFrom('parties')
    .select(['id', 'phone', 'mobile', 'country'])
    .where(sql<boolean>`id = any(${ids}::bigint[]) and (phone <> '' or mobile <> '')`)
    .execute()
}

type Numbers = { id: number; phoneNumber: string | null; mobileNumber: string | null }

export async function setNumbers(db: Database, numbers: readonly Numbers[]): Promise<void> {
  await sql`update parties set phone_number = n.phone_number, mobile_number = n.mobile_number
    from unnest(${numbers.map((n) => n.id)}::bigint[], ${numbers.map((n) => n.phoneNumber)}::text[],
      ${numbers.map((n) => n.mobileNumber)}::text[]) as n(id, phone_number, mobile_number)
    where parties.id = n.id`.execute(db)
}

/** What no two jobs that take the same work back share. */
export const undoKey = (jobId: number) => `undo-${jobId}`

/** Whether a job takes this work back or has done so; one that failed or was cancelled may be tried again. */
export async function isUndone(db: Database, jobId: number): Promise<boolean> {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where('kind', '=', 'parties/bulk')
    .where('uniqueKey', '=', undoKey(jobId))
    .where('state', 'in', ['queued', 'running', 'done'])
    .executeTakeFirst()
  return row !== undefined
}
