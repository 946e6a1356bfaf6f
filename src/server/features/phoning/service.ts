import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import * as settings from './settings-queries.ts'

/** The hours of calls stay in the time zone of the company where they were in it, and elsewhere where they were not. */
export async function followZone(
  db: Database,
  actor: Actor,
  zone: { before: string; after: string },
): Promise<void> {
  const before = await settings.law(db)
  if (before.timeZone !== zone.before || zone.before === zone.after) return
  const after = { ...before, timeZone: zone.after }
  await settings.keepLaw(db, after)
  await settings.reconsider(db)
  await audit(db, actor, 'phoning/law', '', { before, after })
}
