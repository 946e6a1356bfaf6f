import { sql } from 'kysely'
import type { StepDraft } from '#core/operations/step.ts'
import { emptySelection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'

/** The operation that a step belongs to, when it is not in the bin; its rows are locked against other changes. */
export async function operationOf(db: Database, stepId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('steps')
    .innerJoin('campaigns', 'campaigns.id', 'steps.campaignId')
    .where('steps.id', '=', stepId)
    .where('campaigns.form', '=', 'operation')
    .where('campaigns.deletedAt', 'is', null)
    .select('campaigns.id')
    .forUpdate('campaigns')
    .executeTakeFirst()
  return row?.id
}

export async function insert(db: Database, campaignId: number, draft: StepDraft): Promise<number> {
  const row = await db
    .insertInto('steps')
    .values({
      ...draft,
      campaignId,
      selection: JSON.stringify(emptySelection),
      position: sql<number>`(select coalesce(max(position), 0) + 1 from steps
        where campaign_id = ${campaignId} and parent_id is not distinct from ${draft.parentId}::bigint)`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** False when somebody else has changed it since. Its place is `move`'s business. */
export async function update(
  db: Database,
  {
    id,
    version,
    position: _,
    parentId: _parent,
    ...change
  }: StepDraft & { id: number; version: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('steps')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

type Move = { id: number; campaignId: number; parentId: number | null; beforeId: number | null }

export async function move(db: Database, { id, campaignId, parentId, beforeId }: Move) {
  await db.updateTable('steps').set({ parentId }).where('id', '=', id).execute()
  await sql`update steps as one set position = placed.place from (
      select id, row_number() over (order by
        case when id = ${id} then coalesce((select position from steps where id = ${beforeId}), 2147483647)
          else position end,
        id <> ${id}, id) as place
      from steps where campaign_id = ${campaignId} and parent_id is not distinct from ${parentId}::bigint
    ) as placed where one.id = placed.id and one.position <> placed.place`.execute(db)
}

export async function setStatus(
  db: Database,
  { id, statusCode, doneAt }: { id: number; statusCode: string; doneAt: Date | null },
): Promise<void> {
  await db
    .updateTable('steps')
    .set({ statusCode, version: sql<number>`version + 1` })
    .$if(doneAt !== null, (q) => q.set({ doneAt: sql<string>`coalesce(done_at, ${doneAt})` }))
    .where('id', '=', id)
    .execute()
}

/** What keeps a step from being deleted: steps fed by it or below it, and conditions anywhere that name it. */
export async function uses(db: Database, stepId: number): Promise<string[]> {
  const { rows } = await sql<{ label: string }>`
    select label from steps where origin_id = ${stepId} or parent_id = ${stepId}
    union
    select steps.label from conditions join steps on steps.id = conditions.step_id
      join campaigns on campaigns.id = steps.campaign_id and campaigns.deleted_at is null
    where conditions.test ->> 'stepId' = ${String(stepId)} and conditions.step_id <> ${stepId}`.execute(
    db,
  )
  return rows.map(({ label }) => label)
}

export async function hasPast(db: Database, stepId: number): Promise<boolean> {
  const { rows } = await sql`select from steps where id = ${stepId} and (launched_at is not null
    or exists (select from messages where step_id = ${stepId})
    or exists (select from call_attempts where step_id = ${stepId}))`.execute(db)
  return rows.length > 0
}

export async function remove(db: Database, stepId: number): Promise<void> {
  await db.deleteFrom('steps').where('id', '=', stepId).execute()
}

export const countAttachments = async (db: Database, stepId: number): Promise<number> => {
  const { n } = await db
    .selectFrom('stepAttachments')
    .where('stepId', '=', stepId)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Steps of a copied operation, with titles, origins, texts and conditions pointing at the copies. */
export async function copyAll(db: Database, from: number, to: number): Promise<void> {
  const olds = await db
    .selectFrom('steps')
    .selectAll()
    .where('campaignId', '=', from)
    .orderBy('id')
    .execute()
  const copies = new Map<number, number>()
  for (const old of olds) {
    const { id, parentId: _p, originId: _o, state: _s, launchAt: _a, launchedAt: _l, ...kept } = old
    const {
      launchedBy: _b,
      frozenAt: _f,
      finishedAt: _e,
      doneAt: _d,
      version: _v,
      ...copied
    } = kept
    const row = await db
      .insertInto('steps')
      .values({
        ...copied,
        campaignId: to,
        statusCode: 'preparing',
        selection: old.selection === null ? null : JSON.stringify(old.selection),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    copies.set(id, row.id)
  }
  const pairs = JSON.stringify(Object.fromEntries(copies))
  await sql`update steps as copy set
      parent_id = (${pairs}::jsonb ->> old.parent_id::text)::bigint,
      origin_id = (${pairs}::jsonb ->> old.origin_id::text)::bigint
    from steps as old where copy.id = (${pairs}::jsonb ->> old.id::text)::bigint
      and old.campaign_id = ${from}`.execute(db)
  await sql`insert into contents (step_id, position, channel, body, only_unreached)
    select (${pairs}::jsonb ->> step_id::text)::bigint, position, channel, body, only_unreached
    from contents where step_id = any(${[...copies.keys()]}::bigint[])`.execute(db)
  await sql`insert into step_attachments (step_id, file_id, name, position)
    select (${pairs}::jsonb ->> step_id::text)::bigint, file_id, name, position
    from step_attachments where step_id = any(${[...copies.keys()]}::bigint[])`.execute(db)
  await sql`insert into conditions (step_id, code, test, position)
    select (${pairs}::jsonb ->> step_id::text)::bigint, code,
      case when ${pairs}::jsonb ? (test ->> 'stepId')
        then jsonb_set(test, '{stepId}', ${pairs}::jsonb -> (test ->> 'stepId')) else test end, position
    from conditions where step_id = any(${[...copies.keys()]}::bigint[])`.execute(db)
}
