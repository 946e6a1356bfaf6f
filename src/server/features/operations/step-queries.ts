import { sql } from 'kysely'
import type { StepParameters } from '#core/operations/step.ts'
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

export async function insert(
  db: Database,
  campaignId: number,
  draft: StepParameters,
): Promise<number> {
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

/** False when somebody else has changed it since. Its place is `move`'s business, its formula that of its conditions. */
export async function update(
  db: Database,
  {
    id,
    version,
    position: _,
    parentId: _parent,
    formula: _formula,
    ...change
  }: StepParameters & { id: number; version: number },
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

/** The steps that are fed by it or stand below it. */
export async function dependents(db: Database, stepId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('steps')
    .where((eb) => eb.or([eb('originId', '=', stepId), eb('parentId', '=', stepId)]))
    .select('label')
    .orderBy('position')
    .execute()
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

/** From now on the people of `stepId` come from `originId`. */
export async function setOrigin(db: Database, stepId: number, originId: number): Promise<void> {
  await db
    .updateTable('steps')
    .set({ originId, version: sql<number>`version + 1` })
    .where('id', '=', stepId)
    .execute()
}

export const countAttachments = async (db: Database, stepId: number): Promise<number> => {
  const { n } = await db
    .selectFrom('stepAttachments')
    .where('stepId', '=', stepId)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

export async function setDocument(
  db: Database,
  stepId: number,
  documentId: string | null,
): Promise<void> {
  await db
    .updateTable('steps')
    .set({ documentId, version: sql<number>`version + 1` })
    .where('id', '=', stepId)
    .execute()
}
