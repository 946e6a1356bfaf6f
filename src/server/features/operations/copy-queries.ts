/** Copies of steps: with their texts, files and conditions, without their people and their past. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

/** Every step of an operation into another. */
export async function copyAll(db: Database, from: number, to: number): Promise<void> {
  const olds = await db
    .selectFrom('steps')
    .select('id')
    .where('campaignId', '=', from)
    .orderBy('id')
    .execute()
  await copySteps(
    db,
    olds.map(({ id }) => id),
    to,
  )
}

/**
 * Steps into an operation, after those that it has. Titles, origins and conditions point at the copies; a title
 * or an origin that is not copied along is left out.
 */
export async function copySteps(
  db: Database,
  stepIds: readonly number[],
  to: number,
): Promise<void> {
  const { last } = await db
    .selectFrom('steps')
    .where('campaignId', '=', to)
    .select((eb) => eb.fn.coalesce(eb.fn.max('position'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow()
  const copies = new Map<number, number>()
  for (const id of stepIds) copies.set(id, await copyRow(db, id, { campaignId: to }))
  const pairs = asJson(copies)
  await sql`update steps as copy set
      parent_id = (${pairs}::jsonb ->> old.parent_id::text)::bigint,
      origin_id = (${pairs}::jsonb ->> old.origin_id::text)::bigint,
      position = old.position + ${last}
    from steps as old where copy.id = (${pairs}::jsonb ->> old.id::text)::bigint`.execute(db)
  await copyBelongings(db, copies)
}

/** A copy of one step beside it: below the same title, fed by the same origin. */
export async function copyOne(db: Database, stepId: number, label: string): Promise<number> {
  const { campaignId, parentId, originId } = await db
    .selectFrom('steps')
    .where('id', '=', stepId)
    .select(['campaignId', 'parentId', 'originId'])
    .executeTakeFirstOrThrow()
  const copy = await copyRow(db, stepId, { campaignId, parentId, originId, label })
  await copyBelongings(db, new Map([[stepId, copy]]))
  return copy
}

type Changed = {
  campaignId: number
  parentId?: number | null
  originId?: number | null
  label?: string
}

async function copyRow(db: Database, stepId: number, changed: Changed): Promise<number> {
  const old = await db
    .selectFrom('steps')
    .selectAll()
    .where('id', '=', stepId)
    .executeTakeFirstOrThrow()
  const { id: _, state: _s, launchAt: _a, launchedAt: _l, launchedBy: _b, ...rest } = old
  const { frozenAt: _f, finishedAt: _e, doneAt: _d, distributionProblem: _p, ...past } = rest
  const { version: _v, ...kept } = past
  const row = await db
    .insertInto('steps')
    .values({
      ...kept,
      parentId: null,
      originId: null,
      statusCode: 'preparing',
      selection: old.selection === null ? null : JSON.stringify(old.selection),
      ...changed,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

const asJson = (copies: ReadonlyMap<number, number>) => JSON.stringify(Object.fromEntries(copies))

/** Texts, attachments and conditions; a condition on a step that is copied too, or on the operation, is then on the copy. */
async function copyBelongings(db: Database, copies: ReadonlyMap<number, number>): Promise<void> {
  const pairs = asJson(copies)
  const olds = [...copies.keys()]
  await sql`insert into contents (step_id, position, channel, body, only_unreached)
    select (${pairs}::jsonb ->> step_id::text)::bigint, position, channel, body, only_unreached
    from contents where step_id = any(${olds}::bigint[])`.execute(db)
  await sql`insert into step_attachments (step_id, file_id, name, position)
    select (${pairs}::jsonb ->> step_id::text)::bigint, file_id, name, position
    from step_attachments where step_id = any(${olds}::bigint[])`.execute(db)
  await sql`insert into conditions (step_id, code, test, position)
    select copy.id, c.code,
      case when ${pairs}::jsonb ? (test ->> 'stepId')
          then jsonb_set(test, '{stepId}', ${pairs}::jsonb -> (test ->> 'stepId'))
        when test ->> 'campaignId' = old.campaign_id::text
          then jsonb_set(test, '{campaignId}', to_jsonb(copy.campaign_id))
        else test end, c.position
    from conditions c join steps old on old.id = c.step_id
      join steps copy on copy.id = (${pairs}::jsonb ->> old.id::text)::bigint
    where c.step_id = any(${olds}::bigint[])`.execute(db)
}

export async function shiftDates(db: Database, campaignId: number, days: number): Promise<void> {
  await sql`update steps set starts_at = starts_at + make_interval(days => ${days}),
      ends_at = ends_at + make_interval(days => ${days})
    where campaign_id = ${campaignId} and (starts_at is not null or ends_at is not null)`.execute(
    db,
  )
}

/** The messages of one step in place of those of another. */
export async function replaceContents(db: Database, from: number, to: number): Promise<void> {
  await db.deleteFrom('contents').where('stepId', '=', to).execute()
  await sql`insert into contents (step_id, position, channel, body, only_unreached)
    select ${to}, position, channel, body, only_unreached from contents where step_id = ${from}`.execute(
    db,
  )
}
