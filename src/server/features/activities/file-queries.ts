/** Files attached to activities. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

export const attach = (db: Database, row: { activityId: number; fileId: string; name: string }) =>
  db.insertInto('activityFiles').values(row).execute()

export async function count(db: Database, activityId: number): Promise<number> {
  const { n } = await db
    .selectFrom('activityFiles')
    .where('activityId', '=', activityId)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

export async function detach(db: Database, activityId: number, fileId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('activityFiles')
    .where('activityId', '=', activityId)
    .where('fileId', '=', fileId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Files that no activity has any more, with their rows gone. A day old, since one that is being attached has none yet. */
export async function takeOrphans(db: Database, before: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`delete from files where needs = 'activities.view'
    and created_at < ${before} and not exists (select from activity_files where file_id = files.id)
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}
