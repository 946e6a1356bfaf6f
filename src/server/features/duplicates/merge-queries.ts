/** Moving everything a card owns to another and back: a merge crosses every feature by its nature. */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { duplicateReasons } from '#core/duplicates/api.ts'
import type { Database } from '#platform/db/database.ts'
import { joinTargets, OwnTargets, splitTargets } from './target-queries.ts'

const Ids = z.array(z.number())
const ContactPlace = z.object({
  other: z.number(),
  function: z.string(),
  position: z.number(),
  /** False when the card that stays had the same link already. */
  added: z.boolean(),
})

/** What a merge moved: the ids of what went, and of tags, lists and contacts also what the other card gained. */
export const Moved = z.object({
  sales: Ids,
  notes: Ids,
  /** Not in merges from before there were files on cards. */
  files: Ids.default([]),
  changes: Ids,
  consents: Ids,
  messages: Ids,
  targets: Ids,
  /** Lines of operations' steps that both had, see target-queries.ts. */
  ownTargets: OwnTargets,
  tags: Ids,
  tagsAdded: Ids,
  lists: Ids,
  listsAdded: Ids,
  answers: Ids,
  /** Answers for it as an organisation. */
  answersFor: Ids,
  activities: Ids,
  activitiesWith: Ids,
  calls: Ids,
  members: z.array(ContactPlace),
  organisations: z.array(ContactPlace),
  /** Cards merged earlier into the one that goes. */
  merged: Ids,
  pairs: z.array(
    z.object({
      a: z.number(),
      b: z.number(),
      score: z.number(),
      reasons: z.array(z.enum(duplicateReasons)),
      state: z.string(),
      decidedBy: z.string().nullable(),
    }),
  ),
})
export type Moved = z.infer<typeof Moved>

type Way = { to: number; from: number }

const ids = async (db: Database, statement: RawBuilder<unknown>): Promise<number[]> =>
  (await (statement as RawBuilder<{ id: number }>).execute(db)).rows.map(({ id }) => id)

/**
 * Everything the other card owns becomes this one's. What both have once only (a target of a mailing, a
 * message of a content, a tag, a list) stays with the other card's remains, so that no count changes.
 */
export async function move(db: Database, { to, from }: Way): Promise<Moved> {
  const of = (statement: RawBuilder<unknown>) => ids(db, statement)
  const sales = await of(
    sql`update sales set party_id = ${to} where party_id = ${from} returning id`,
  )
  await sql`update sale_lines set party_id = ${to} where party_id = ${from}`.execute(db)
  const ownTargets = await joinTargets(db, { to, from })
  return {
    ownTargets,
    sales,
    notes: await of(
      sql`update party_notes set party_id = ${to} where party_id = ${from} returning id`,
    ),
    files: await of(
      sql`update party_files set party_id = ${to} where party_id = ${from} returning id`,
    ),
    changes: await of(
      sql`update party_changes set party_id = ${to} where party_id = ${from} returning id`,
    ),
    consents: await of(
      sql`update consents set party_id = ${to} where party_id = ${from} returning id`,
    ),
    messages:
      await of(sql`update messages set party_id = ${to} where party_id = ${from} and not exists (
      select from messages own where own.content_id = messages.content_id and own.party_id = ${to})
      returning id`),
    targets:
      await of(sql`update targets set party_id = ${to} where party_id = ${from} and not exists (
      select from targets own where own.step_id = targets.step_id and own.party_id = ${to})
      returning step_id as id`),
    ...(await moveClasses(db, { to, from })),
    ...(await moveOperations(db, { to, from })),
    members: await moveContacts(db, { to, from }, 'members'),
    organisations: await moveContacts(db, { to, from }, 'organisations'),
    merged: await of(
      sql`update parties set merged_into = ${to} where merged_into = ${from} returning id`,
    ),
    pairs: await takePairs(db, from),
  }
}

async function moveClasses(db: Database, { to, from }: Way) {
  const of = (statement: RawBuilder<unknown>) => ids(db, statement)
  return {
    tagsAdded: await of(sql`insert into party_tags (party_id, tag_id, added_at)
      select ${to}, tag_id, added_at from party_tags where party_id = ${from}
      on conflict do nothing returning tag_id as id`),
    tags: await of(sql`delete from party_tags where party_id = ${from} returning tag_id as id`),
    listsAdded: await of(sql`insert into party_list_members (list_id, party_id)
      select list_id, ${to} from party_list_members where party_id = ${from}
      on conflict do nothing returning list_id as id`),
    lists: await of(
      sql`delete from party_list_members where party_id = ${from} returning list_id as id`,
    ),
  }
}

/** Answers, activities and calls; of two current answers to a question the later one stays current. */
async function moveOperations(db: Database, { to, from }: Way) {
  const of = (statement: RawBuilder<unknown>) => ids(db, statement)
  await sql`update answers set is_current = false from answers later
    where answers.is_current and later.is_current and answers.question_id = later.question_id
      and least(answers.party_id, later.party_id) = ${Math.min(to, from)}
      and greatest(answers.party_id, later.party_id) = ${Math.max(to, from)}
      and (later.answered_at, later.id) > (answers.answered_at, answers.id)`.execute(db)
  return {
    answers: await of(
      sql`update answers set party_id = ${to} where party_id = ${from} returning id`,
    ),
    answersFor: await of(
      sql`update answers set organisation_id = ${to} where organisation_id = ${from} returning id`,
    ),
    activities: await of(
      sql`update activities set party_id = ${to} where party_id = ${from} returning id`,
    ),
    activitiesWith: await of(
      sql`update activities set contact_id = ${to} where contact_id = ${from} returning id`,
    ),
    calls: await of(
      sql`update call_attempts set party_id = ${to} where party_id = ${from} returning id`,
    ),
  }
}

/** Of each card's own answers to a question the latest is current again. */
async function operationsBack(db: Database, { to, from }: Way, moved: Moved): Promise<void> {
  const back = (table: string, list: readonly number[], key: string) =>
    sql`update ${sql.table(table)} set ${sql.ref(key)} = ${from}
      where ${sql.ref(key)} = ${to} and id = any(${list}::bigint[])`.execute(db)
  await back('answers', moved.answers, 'party_id')
  await back('answers', moved.answersFor, 'organisation_id')
  await sql`update answers set is_current = true where id in (
      select distinct on (party_id, question_id) id from answers where party_id in (${to}, ${from})
      order by party_id, question_id, answered_at desc, id desc)
    and not exists (select from answers own where own.is_current
      and own.question_id = answers.question_id and own.party_id = answers.party_id)`.execute(db)
  await back('activities', moved.activities, 'party_id')
  await back('activities', moved.activitiesWith, 'contact_id')
  await back('call_attempts', moved.calls, 'party_id')
}

type Side = 'members' | 'organisations'

const columns = (side: Side) =>
  side === 'members'
    ? ([sql`organisation_id`, sql`person_id`] as const)
    : ([sql`person_id`, sql`organisation_id`] as const)

async function moveContacts(db: Database, { to, from }: Way, side: Side) {
  const [own, other] = columns(side)
  const { rows } = await sql<z.infer<typeof ContactPlace>>`
    with gone as (
      delete from party_contacts where ${own} = ${from} returning ${other} as other, function, position
    ), come as (
      insert into party_contacts (${own}, ${other}, function, position)
      select ${to}, other, function, position from gone where other <> ${to}
      on conflict do nothing returning ${other} as other
    )
    select other, function, position, other in (select other from come) as added from gone`.execute(
    db,
  )
  return rows
}

async function takePairs(db: Database, from: number): Promise<Moved['pairs']> {
  const { rows } = await sql<Moved['pairs'][number]>`
    delete from duplicate_pairs where party_a = ${from} or party_b = ${from}
    returning party_a as a, party_b as b, score, reasons, state, decided_by`.execute(db)
  return rows
}

/** Leaves of the other card what its code needs to lead here. */
export async function retire(db: Database, { to, from }: Way): Promise<void> {
  await sql`update parties set merged_into = ${to}, deleted_at = now(), version = version + 1,
    updated_at = now() where id = ${from}`.execute(db)
}

/** The card that went is there again, with what is still where the merge put it. */
export async function moveBack(db: Database, { to, from }: Way, moved: Moved): Promise<void> {
  const back = (table: string, list: readonly number[], key = 'id') =>
    sql`update ${sql.table(table)} set party_id = ${from}
      where party_id = ${to} and ${sql.ref(key)} = any(${list}::bigint[])`.execute(db)
  await sql`update parties set merged_into = null, deleted_at = null, version = version + 1,
    updated_at = now() where id = ${from}`.execute(db)
  await back('sales', moved.sales)
  await back('sale_lines', moved.sales, 'sale_id')
  await back('party_notes', moved.notes)
  await back('party_files', moved.files)
  await back('party_changes', moved.changes)
  await back('consents', moved.consents)
  await back('messages', moved.messages)
  await back('targets', moved.targets, 'step_id')
  await splitTargets(db, { to, from }, moved.ownTargets)
  await sql`update parties set merged_into = ${from}
    where merged_into = ${to} and id = any(${moved.merged}::bigint[])`.execute(db)
  await classesBack(db, { to, from }, moved)
  await operationsBack(db, { to, from }, moved)
  await contactsBack(db, { to, from }, moved.members, 'members')
  await contactsBack(db, { to, from }, moved.organisations, 'organisations')
  for (const { a, b, score, reasons, state, decidedBy } of moved.pairs)
    await sql`insert into duplicate_pairs (party_a, party_b, score, reasons, state, decided_by)
      select ${a}, ${b}, ${score}, ${reasons}::text[], ${state}, ${decidedBy}
      where (select count(*) from parties where id in (${a}, ${b})) = 2
      on conflict do nothing`.execute(db)
}

async function classesBack(db: Database, { to, from }: Way, moved: Moved): Promise<void> {
  await sql`delete from party_tags where party_id = ${to} and tag_id = any(${moved.tagsAdded}::int[])`.execute(
    db,
  )
  await sql`insert into party_tags (party_id, tag_id)
    select ${from}, id from tags where id = any(${moved.tags}::int[]) on conflict do nothing`.execute(
    db,
  )
  await sql`delete from party_list_members
    where party_id = ${to} and list_id = any(${moved.listsAdded}::bigint[])`.execute(db)
  await sql`insert into party_list_members (list_id, party_id)
    select id, ${from} from party_lists where id = any(${moved.lists}::bigint[])
    on conflict do nothing`.execute(db)
}

async function contactsBack(
  db: Database,
  { to, from }: Way,
  places: Moved['members'],
  side: Side,
): Promise<void> {
  const [own, other] = columns(side)
  const added = places.filter((place) => place.added).map((place) => place.other)
  await sql`delete from party_contacts where ${own} = ${to} and ${other} = any(${added}::bigint[])`.execute(
    db,
  )
  for (const place of places)
    await sql`insert into party_contacts (${own}, ${other}, function, position)
      select ${from}, id, ${place.function}, ${place.position} from parties where id = ${place.other}
      on conflict do nothing`.execute(db)
}
