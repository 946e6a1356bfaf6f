/** What is noted of an opening, and of whom. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

/** Undefined unless the message left with the image and the person agrees still. */
export async function findMeasured(db: Database, messageId: number) {
  return db
    .selectFrom('messages as m')
    .innerJoin('parties as p', 'p.id', 'm.partyId')
    .where('m.id', '=', messageId)
    .where('m.isMeasured', '=', true)
    .where('p.opensConsent', '=', true)
    .where('p.deletedAt', 'is', null)
    .select('m.submittedAt')
    .executeTakeFirst()
}

/** The first one and how many: no more is kept. A withdrawal meanwhile has made the message an unmeasured one. */
export async function noteOpening(db: Database, messageId: number, at: Date): Promise<void> {
  await db
    .updateTable('messages')
    .set({ openedAt: sql`coalesce(opened_at, ${at}::timestamptz)`, opens: sql`opens + 1` })
    .where('id', '=', messageId)
    .where('isMeasured', '=', true)
    .execute()
}
