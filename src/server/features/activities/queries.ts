/** Reading and writing activities one by one, in lists and in totals. */
import { type RawBuilder, sql } from 'kysely'
import {
  type ActivityDraft,
  ActivityLine,
  type ActivityQuery,
  type ActivityState,
  ActivityView,
  type TotalBy,
} from '#core/activities/activity.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { activityIsOpen } from '../access/service.ts'
import { nameOf } from '../parties/service.ts'
import { type Clock, type Condition, isOverdue } from './where-queries.ts'

const named = (alias: string, label: RawBuilder<unknown>) =>
  sql`case when ${sql.ref(`${alias}.id`)} is not null then
    jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'label', ${label}) end`

const lineColumns = sql`a.id, a.type_id, a.number, a.state, a.subject, a.starts_at, a.ends_at, a.done_at, a.place,
  a.priority, a.source, a.result, a.custom, a.version,
  ${named('p', nameOf('p'))} as party, ${named('k', nameOf('k'))} as contact,
  ${named('u', sql`u.name`)} as owner,
  case when c.id is not null then jsonb_build_object('id', c.id, 'label', c.label, 'form', c.form) end as campaign,
  ${named('s', sql`s.label`)} as step,
  (select count(*) from activity_files where activity_id = a.id)
    + (select count(*) from message_copies where message_id = a.message_id) as files`

const joins = sql`activities a join activity_types y on y.id = a.type_id
  left join parties p on p.id = a.party_id
  left join parties k on k.id = a.contact_id and k.deleted_at is null
  left join users u on u.id = a.owner_id
  left join campaigns c on c.id = a.campaign_id
  left join steps s on s.id = a.step_id`

const sortKeys = {
  startsAt: sql`a.starts_at`,
  subject: sql`fold(a.subject)`,
  party: sql`p.name_key`,
  owner: sql`fold(u.name)`,
  type: sql`y.position`,
  state: sql`a.state`,
  priority: sql`a.priority`,
  number: sql`(length(a.number), a.number)`,
} satisfies Record<ActivityQuery['sort'], RawBuilder<unknown>>

export async function page(
  db: Database,
  where: Condition,
  { sort, direction, offset, limit }: Omit<ActivityQuery, 'filter'>,
): Promise<ActivityLine[]> {
  const way = direction === 'asc' ? sql`asc nulls last` : sql`desc nulls last`
  // Only what the order needs is sorted; the page is looked up after.
  const { rows } = await sql`
    with chosen as (
      select a.id, row_number() over (order by ${sortKeys[sort]} ${way}, a.starts_at, a.id) as place
      from ${joins} where ${where} order by place offset ${offset} limit ${limit}
    )
    select ${lineColumns} from ${joins} join chosen on chosen.id = a.id order by chosen.place`.execute(
    db,
  )
  return rows.map((row) => ActivityLine.parse(row))
}

/** The next of those that match after an id, for reading all of them in flat memory. */
export async function linesAfter(
  db: Database,
  where: Condition,
  { after, limit }: { after: number; limit: number },
): Promise<(ActivityLine & { text: string })[]> {
  const { rows } = await sql<{ text: string }>`select ${lineColumns}, a.text from ${joins}
    where ${where} and a.id > ${after} order by a.id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...ActivityLine.parse(row), text: row.text }))
}

export async function count(db: Database, where: Condition): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from activities a where ${where}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function find(
  db: Database,
  where: Condition,
  { id, actor }: { id: number; actor: Actor },
): Promise<ActivityView | undefined> {
  const { rows } =
    await sql`select ${lineColumns}, a.text, a.created_at, a.updated_at, author.name as created_by,
      case when cause.id is not null and ${activityIsOpen(actor, 'cause')}
        then jsonb_build_object('id', cause.id, 'label', cause.subject) end as cause,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'label', r.subject, 'state', r.state,
          'startsAt', ${iso(sql`r.starts_at`)}) order by r.starts_at, r.id), '[]')
        from activities r where r.cause_id = a.id and ${activityIsOpen(actor, 'r')}) as responses,
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', af.name, 'size', f.size) order by af.name, f.id), '[]')
        from activity_files af join files f on f.id = af.file_id where af.activity_id = a.id) as attachments,
      ${messages} as messages
    from ${joins} left join activities cause on cause.id = a.cause_id left join users author on author.id = a.created_by
    where a.id = ${id} and ${where}`.execute(db)
  const [row] = rows
  return row === undefined ? undefined : ActivityView.parse(row)
}

const iso = (instant: RawBuilder<unknown>) =>
  sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** What its step sent to the person it is about; of an organisation reached through contacts, to each of them. */
const messages = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'at', ${iso(sql`m.submitted_at`)},
    'name', coalesce(copy.name, ${nameOf('r')}), 'hasCopy', copy.message_id is not null,
    'isRebuilt', coalesce(copy.is_rebuilt, false)) order by m.id), '[]')
  from messages m join parties r on r.id = m.party_id and r.deleted_at is null left join message_copies copy on copy.message_id = m.id
  where m.step_id = a.step_id and m.state = 'submitted' and m.channel = 'email' and a.generated_for > 0
    and (m.party_id = coalesce(a.contact_id, a.party_id) or m.party_id = a.generated_for
      or m.party_id in (select t.party_id from targets t
        where t.step_id = a.step_id and t.organisation_id = a.generated_for)))`

export type KeptCopy = { name: string; eml: Buffer; tailId: string | null }

/** The copy of one of the messages of an activity. */
export async function findCopy(
  db: Database,
  id: number,
  messageId: number,
): Promise<KeptCopy | undefined> {
  const { rows } = await sql<KeptCopy>`select copy.name, copy.eml, copy.tail_id
    from message_copies copy where copy.message_id = ${messageId} and exists (select from activities a
      where a.id = ${id} and ${messages} @> jsonb_build_array(jsonb_build_object('id', ${messageId}::bigint)))`.execute(
    db,
  )
  return rows[0]
}

type Writing = Omit<ActivityDraft, 'custom'> & { custom: object }

const columnsOf = ({ custom, ...draft }: Writing) => ({ ...draft, custom: JSON.stringify(custom) })

export async function insert(
  db: Database,
  draft: Writing,
  made: {
    number: string
    state: ActivityState
    now: Date
    userId: string | null
    /** Of an operation, that it comes from. */
    step?: { id: number; campaignId: number }
  },
): Promise<number> {
  const { number, state, userId, step } = made
  const now = made.now.toISOString()
  const row = await db
    .insertInto('activities')
    .values({
      ...columnsOf(draft),
      number,
      state,
      doneAt: state === 'done' ? now : null,
      createdBy: userId,
      ...(step ? { stepId: step.id, campaignId: step.campaignId } : {}),
      createdAt: now,
      updatedAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The contact whose card is in the bin, and whom the form cannot show, while it is about the same party. */
const hiddenContact = (partyId: number | null) => sql<number | null>`
  case when party_id = ${partyId}::bigint then (
    select id from parties where id = contact_id and deleted_at is not null) end`

/** False when somebody else has changed it since. */
export async function update(
  db: Database,
  { id, version, now }: { id: number; version: number; now: Date },
  draft: Writing,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('activities')
    .set({
      ...columnsOf(draft),
      contactId: draft.contactId ?? hiddenContact(draft.partyId),
      version: version + 1,
      updatedAt: now.toISOString(),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** False when somebody else has changed it since. The date of completion is that of the last one. */
export async function setState(
  db: Database,
  { id, version, now }: { id: number; version: number; now: Date },
  { state, result }: { state: ActivityState; result: string | undefined },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('activities')
    .set({
      state,
      doneAt: state === 'done' ? now.toISOString() : null,
      version: version + 1,
      updatedAt: now.toISOString(),
    })
    .$if(result !== undefined, (q) => q.set({ result: result ?? '' }))
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const remove = (db: Database, id: number) =>
  db.deleteFrom('activities').where('id', '=', id).execute()

/** Whether following the causes of an activity comes back to another. */
export async function leadsTo(db: Database, from: number, to: number): Promise<boolean> {
  const { rows } = await sql`with recursive chain as (
      select id, cause_id from activities where id = ${from}
      union select a.id, a.cause_id from activities a join chain on a.id = chain.cause_id)
    select from chain where id = ${to}`.execute(db)
  return rows.length > 0
}

export async function isUser(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom('users').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

export type Total = {
  key: string | null
  label: string | null
  open: number
  done: number
  cancelled: number
  overdue: number
}

type Grouping = {
  key: RawBuilder<unknown>
  label: RawBuilder<unknown>
  each?: RawBuilder<unknown>
}

/** The value that is grouped by, and what it is called where the page cannot know. */
function grouping(by: TotalBy, zone: string): Grouping {
  if (by.startsWith('custom.')) {
    const value = sql`a.custom -> ${by.slice(7)}`
    // Of several choices, each counts.
    const each = sql`left join lateral jsonb_array_elements_text(case jsonb_typeof(${value})
      when 'array' then ${value} else jsonb_build_array(${value}) end) as chosen (value) on true`
    return { key: sql`chosen.value`, label: sql`null::text`, each }
  }
  const plain = {
    owner: { key: sql`a.owner_id`, label: sql`u.name` },
    type: { key: sql`a.type_id::text`, label: sql`null::text` },
    family: { key: sql`y.family_id::text`, label: sql`null::text` },
    kind: { key: sql`y.kind`, label: sql`null::text` },
    state: { key: sql`a.state`, label: sql`null::text` },
    step: { key: sql`a.step_id::text`, label: sql`concat_ws(' · ', c.label, s.label)` },
    campaign: { key: sql`a.campaign_id::text`, label: sql`c.label` },
    result: { key: sql`nullif(a.result, '')`, label: sql`nullif(a.result, '')` },
    source: { key: sql`nullif(a.source, '')`, label: sql`nullif(a.source, '')` },
    priority: { key: sql`a.priority::text`, label: sql`null::text` },
    month: {
      key: sql`to_char(a.starts_at at time zone ${zone}::text, 'YYYY-MM')`,
      label: sql`null::text`,
    },
  }
  return plain[by as keyof typeof plain]
}

export async function totals(
  db: Database,
  where: Condition,
  { by, now, zone }: Clock & { by: TotalBy },
): Promise<Total[]> {
  const { key, label, each = sql`` } = grouping(by, zone)
  const { rows } = await sql<Total>`
    select key, max(label) as label, count(*) filter (where state = 'open') as open,
      count(*) filter (where state = 'done') as done, count(*) filter (where state = 'cancelled') as cancelled,
      count(*) filter (where overdue) as overdue
    from (select ${key} as key, ${label} as label, a.state, ${isOverdue(now)} as overdue
      from ${joins} ${each} where ${where}) as one
    group by key order by count(*) desc, key limit 500`.execute(db)
  return rows
}
