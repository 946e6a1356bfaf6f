/** The appointment of a person from an operation. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { activityTypeIsOpen } from '../access/service.ts'

type Found = { id: number; startsAt: string; place: string }

/** The last one that is still to come about, and that the actor may see; locked. */
export async function findOpen(
  db: Database,
  actor: Pick<Actor, 'keys'>,
  { campaignId, partyId }: { campaignId: number; partyId: number },
): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select a.id, a.starts_at, a.place from activities a
      join activity_types type on type.id = a.type_id and type.kind = 'appointment'
    where a.campaign_id = ${campaignId} and a.state = 'open' and ${activityTypeIsOpen(actor, 'type')}
      and (a.contact_id = ${partyId} or a.party_id = ${partyId} and a.contact_id is null)
    order by a.id desc limit 1 for update of a`.execute(db)
  return rows[0]
}

/** To another time, as long as before. */
export async function move(
  db: Database,
  id: number,
  { startsAt, place }: { startsAt: string; place: string },
  now: Date,
): Promise<void> {
  await sql`update activities set starts_at = ${startsAt}::timestamptz,
      ends_at = ${startsAt}::timestamptz + (ends_at - starts_at), place = ${place},
      version = version + 1, updated_at = ${now}::timestamptz
    where id = ${id}`.execute(db)
}
