/** Notes on cards. */

import type { z } from 'zod'
import { PartyNote } from '#core/parties/api.ts'
import type { Database } from '#platform/db/database.ts'

type Note = z.infer<typeof PartyNote>

export async function list(db: Database, partyId: number): Promise<Note[]> {
  const rows = await db
    .selectFrom('partyNotes')
    .selectAll()
    .where('partyId', '=', partyId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows.map((row) => PartyNote.parse(row))
}

export async function add(
  db: Database,
  note: { partyId: number; text: string; authorId: string | null; authorName: string },
): Promise<Note> {
  const row = await db
    .insertInto('partyNotes')
    .values(note)
    .returningAll()
    .executeTakeFirstOrThrow()
  return PartyNote.parse(row)
}

export async function remove(db: Database, partyId: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('partyNotes')
    .where('id', '=', id)
    .where('partyId', '=', partyId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
