/** Deleting cards: at first only hidden, so that it can be undone; see `purge` for the rest. */
import type { Actor } from '#core/kernel/actor.ts'
import type { Party } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import * as parties from './queries.ts'
import { byline, getParty, notFound } from './service.ts'

export async function deleteParty(
  db: Database,
  id: number,
  actor: Actor,
  now: Date,
): Promise<void> {
  const party = await parties.lock(db, id)
  if (!party || party.deletedAt !== null) throw notFound()
  await parties.update(db, id, { deletedAt: now })
  await parties.addChange(db, {
    partyId: id,
    ...byline(actor),
    reason: 'delete',
    changes: { deleted: [false, true] },
  })
}

/** A card that was merged stays where its history went. */
export async function restoreParty(db: Database, id: number, actor: Actor): Promise<Party> {
  const party = await parties.lock(db, id)
  if (!party || party.mergedInto !== null) throw notFound()
  if (party.deletedAt === null) return party
  await parties.update(db, id, { deletedAt: null })
  await parties.addChange(db, {
    partyId: id,
    ...byline(actor),
    reason: 'restore',
    changes: { deleted: [true, false] },
  })
  return getParty(db, id)
}
