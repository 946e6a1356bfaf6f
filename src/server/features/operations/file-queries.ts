import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

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
  await touch(db, stepId)
}

export async function setDocument(
  db: Database,
  stepId: number,
  documentId: string | null,
): Promise<void> {
  await db.updateTable('steps').set({ documentId }).where('id', '=', stepId).execute()
  await touch(db, stepId)
}

export async function detach(db: Database, stepId: number, fileId: string): Promise<void> {
  await db
    .deleteFrom('stepAttachments')
    .where('stepId', '=', stepId)
    .where('fileId', '=', fileId)
    .execute()
  await touch(db, stepId)
}

/** Whoever has the step open on screen sees that it has changed. */
const touch = (db: Database, stepId: number) =>
  db
    .updateTable('steps')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', stepId)
    .execute()

/** Deletes the row when no step and no activity has the file any more; true when it did. */
export async function forget(db: Database, fileId: string): Promise<boolean> {
  const { rows } = await sql`delete from files where id = ${fileId}
    and not exists (select from steps where document_id = files.id)
    and not exists (select from step_attachments where file_id = files.id)
    and not exists (select from activity_files where file_id = files.id)
    returning id`.execute(db)
  return rows.length > 0
}
