/** Files on cards. */
import { sql } from 'kysely'
import { PartyFile } from '#core/parties/files-api.ts'
import type { Database } from '#platform/db/database.ts'

export async function list(db: Database, partyId: number): Promise<PartyFile[]> {
  const rows = await db
    .selectFrom('partyFiles')
    .innerJoin('files', 'files.id', 'partyFiles.fileId')
    .select(['files.id', 'partyFiles.name', 'files.size', 'partyFiles.authorName', 'partyFiles.at'])
    .where('partyId', '=', partyId)
    .orderBy('partyFiles.id', 'desc')
    .execute()
  return rows.map((row) => PartyFile.parse(row))
}

export const attach = (
  db: Database,
  row: { partyId: number; fileId: string; name: string; authorName: string; at: string },
) => db.insertInto('partyFiles').values(row).execute()

export async function detach(db: Database, partyId: number, fileId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('partyFiles')
    .where('partyId', '=', partyId)
    .where('fileId', '=', fileId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Files that no card has any more, with their rows gone. A day old, since one that is being attached has none yet. */
export async function takeOrphans(db: Database, before: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`delete from files where needs = 'customers.view'
    and created_at < ${before} and not exists (select from party_files where file_id = files.id)
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}
