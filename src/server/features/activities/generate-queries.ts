/** Activities that a step makes for its people: one statement, whatever their number. */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

/** Ids of people of the step, or a query that gives them as its only column. */
export type People = readonly number[] | RawBuilder<unknown>

export type Order = {
  stepId: number
  people: People
  now: Date
  /** Who launched or called: owns what neither the step nor its type gives to somebody. */
  userId: string | null
}

/** How a step wants its activities; undefined when it makes none. */
export async function findPlan(db: Database, stepId: number) {
  return db
    .selectFrom('steps')
    .innerJoin('activityTypes', 'activityTypes.id', 'steps.activityTypeId')
    .where('steps.id', '=', stepId)
    .select([
      'steps.activityPer as per',
      'steps.activitySubject as subject',
      'steps.activityText as text',
      'steps.label',
      'activityTypes.id as typeId',
      'activityTypes.numberPrefix',
    ])
    .executeTakeFirst()
}
export type Plan = NonNullable<Awaited<ReturnType<typeof findPlan>>>

/** Numbers are given in the order of the transactions, so whoever gives some makes the others wait. */
export async function lockNumbers(db: Database, typeId: number): Promise<void> {
  await db
    .selectFrom('activityTypes')
    .select('id')
    .where('id', '=', typeId)
    .forNoKeyUpdate()
    .execute()
}

/** Of an organisation that is reached through its contacts, its contacts are meant. */
const isMeant = (people: People) =>
  'toOperationNode' in people
    ? sql`t.party_id in (${people})`
    : sql`(t.party_id = any(${[...people]}::bigint[]) or t.organisation_id = any(${[...people]}::bigint[]))`

/** (generated_for, party_id, contact_id, reader): whom each is about, and whose message it goes with. */
function candidates({ stepId, people }: Order, per: string): RawBuilder<unknown> {
  const from = sql`from targets t where t.step_id = ${stepId} and not t.via_contacts and ${isMeant(people)}`
  if (per === 'step')
    return sql`select 0::bigint as generated_for, null::bigint as party_id, null::bigint as contact_id,
      null::bigint as reader where exists (select ${from})`
  if (per === 'contact')
    return sql`select t.party_id as generated_for, coalesce(t.organisation_id, t.party_id) as party_id,
      case when t.organisation_id is not null then t.party_id end as contact_id, t.party_id as reader ${from}`
  // The first contact stands for the others, so that the line always names one (L-9).
  return sql`select distinct on (1) coalesce(one.organisation_id, one.party_id) as generated_for,
      coalesce(one.organisation_id, one.party_id) as party_id,
      case when one.organisation_id is not null then one.party_id end as contact_id, one.party_id as reader
    from (select t.party_id, t.organisation_id ${from}) as one
      left join party_contacts pc on pc.organisation_id = one.organisation_id and pc.person_id = one.party_id
    order by 1, pc.position, one.party_id`
}

/** Who gets one still: neither those who have it nor cards that are gone. */
const missing = (order: Order, per: string) => sql`
  select c.generated_for, c.party_id, k.id as contact_id, c.reader from (${candidates(order, per)}) as c
    left join parties p on p.id = c.party_id
    left join parties k on k.id = c.contact_id
  where (c.party_id is null or p.id is not null)
    and not exists (select from activities a where a.step_id = ${order.stepId} and a.generated_for = c.generated_for)`

/** The next of those who get one, by `generatedFor`; the person whom its text is about. */
export async function nextMissing(
  db: Database,
  order: Order,
  { per, after, limit }: { per: string; after: number; limit: number },
): Promise<{ generatedFor: number; about: number | null }[]> {
  const { rows } = await sql<{ generatedFor: number; about: number | null }>`
    select generated_for, coalesce(contact_id, party_id) as about from (${missing(order, per)}) as m
    where generated_for > ${after} order by generated_for limit ${limit}`.execute(db)
  return rows
}

type Texts = {
  generatedFor: readonly number[]
  subjects: readonly string[]
  texts: readonly string[]
}

/**
 * Makes what is missing and returns how many. The same subject and text for all, or those of `own` for the people it
 * names. Owner: the step's, the type's, or who launched. The numbers follow the type's last one without a gap.
 */
export async function insertMissing(
  db: Database,
  order: Order,
  {
    per,
    subject,
    text,
    typeId,
    own,
  }: Pick<Plan, 'per' | 'subject' | 'text' | 'typeId'> & { own?: Texts },
): Promise<number> {
  const { stepId, now, userId } = order
  const said = own
    ? sql`join unnest(${own.generatedFor}::bigint[], ${own.subjects}::text[], ${own.texts}::text[])
        as own (generated_for, subject, text) on own.generated_for = m.generated_for`
    : sql`cross join (values (${subject}::text, ${text}::text)) as own (subject, text)`
  const { rows } = await sql<{ n: number }>`
    with made as (
      insert into activities (type_id, number, state, subject, text, party_id, contact_id, owner_id, starts_at,
        done_at, campaign_id, step_id, message_id, generated_for, created_by, created_at, updated_at)
      select type.id,
        case when type.number_prefix is null then ''
          else type.number_prefix || (type.last_number + row_number() over (order by m.generated_for)) end,
        case when step.activity_is_done then 'done' else 'open' end, own.subject, own.text, m.party_id, m.contact_id,
        coalesce(step.activity_owner_id, type.default_owner_id, ${userId}::text),
        ${now}::timestamptz + make_interval(days => step.activity_due_days),
        case when step.activity_is_done then ${now}::timestamptz end,
        step.campaign_id, step.id, message.id, m.generated_for, ${userId}::text, ${now}::timestamptz, ${now}::timestamptz
      from (${missing(order, per)}) as m ${said}
        cross join (select * from steps where id = ${stepId}) as step
        cross join (select * from activity_types where id = ${typeId}) as type
        left join lateral (select id from messages where step_id = step.id and party_id = m.reader
          and state = 'submitted' order by id desc limit 1) as message on true
      on conflict do nothing
      returning 1
    ), numbered as (
      update activity_types set last_number = last_number + (select count(*) from made)
      where id = ${typeId} and number_prefix is not null
    )
    select count(*) as n from made`.execute(db)
  return rows[0]?.n ?? 0
}

/** `tailId` is the file that the message ends with, the attachments of its step. */
export type Copy = { messageId: number; name: string; eml: Uint8Array; tailId: string | null }

/** Keeps messages as they left, and ties each to the activity of its person that has none yet. */
export async function keepCopies(
  db: Database,
  copies: readonly Copy[],
  isRebuilt: boolean,
): Promise<void> {
  if (copies.length === 0) return
  const ids = copies.map(({ messageId }) => messageId)
  await db
    .insertInto('messageCopies')
    .values(copies.map((copy) => ({ ...copy, eml: Buffer.from(copy.eml), isRebuilt })))
    .onConflict((conflict) => conflict.column('messageId').doNothing())
    .execute()
  await sql`update activities a set message_id = m.id from messages m
    where m.id = any(${ids}::bigint[]) and a.step_id = m.step_id and a.generated_for = m.party_id
      and a.message_id is null`.execute(db)
}
