/** Files that leave with the e-mails of a step. */
import { sql } from 'kysely'
import type { StepFile } from '#core/campaigns/attachment.ts'
import { StepFields } from '#core/campaigns/step-type.ts'
import type { Database } from '#platform/db/database.ts'

export const list = (db: Database, stepId: number): Promise<StepFile[]> =>
  db
    .selectFrom('stepAttachments as a')
    .innerJoin('files as f', 'f.id', 'a.fileId')
    .where('a.stepId', '=', stepId)
    .select(['f.id', 'a.name', 'f.size'])
    .orderBy('a.position')
    .orderBy('a.name')
    .execute()

export async function attach(
  db: Database,
  stepId: number,
  file: { id: string; name: string },
): Promise<void> {
  await db
    .insertInto('stepAttachments')
    .values({
      stepId,
      fileId: file.id,
      name: file.name,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from step_attachments where step_id = ${stepId})`,
    })
    .execute()
}

export async function detach(db: Database, stepId: number, fileId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('stepAttachments')
    .where('stepId', '=', stepId)
    .where('fileId', '=', fileId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** A mailing's step may have attachments; one of an operation when its type uses them and it is no title. */
export async function usesAttachments(db: Database, stepId: number): Promise<boolean> {
  const row = await db
    .selectFrom('steps as s')
    .innerJoin('campaigns as c', 'c.id', 's.campaignId')
    .innerJoin('stepTypes as t', 't.code', 's.typeCode')
    .where('s.id', '=', stepId)
    .select(['c.form', 's.isFinal', 't.fields'])
    .executeTakeFirst()
  if (row?.form !== 'operation') return row !== undefined
  return row.isFinal && StepFields.parse(row.fields).attachment !== 'unused'
}

/** The attachments of one step for another too. */
export async function copy(db: Database, from: number, to: number): Promise<void> {
  await sql`insert into step_attachments (step_id, file_id, name, position)
    select ${to}, file_id, name, position from step_attachments where step_id = ${from}`.execute(db)
}

/** Deletes the row when no step and no activity has the file any more; true when it did. */
export async function forget(db: Database, fileId: string): Promise<boolean> {
  const { rows } = await sql`delete from files where id = ${fileId}
    and not exists (select from steps where document_id = files.id)
    and not exists (select from step_attachments where file_id = files.id)
    and not exists (select from activity_files where file_id = files.id)
    returning id`.execute(db)
  return rows.length > 0
}
