/** The consent ledger, append-only, and the flags of the card that it decides. */
import { sql } from 'kysely'
import { ConsentEvent } from '#core/parties/consent.ts'
import type { Database } from '#platform/db/database.ts'

export type NewConsent = {
  channel: ConsentEvent['channel']
  state: ConsentEvent['state']
  source: string
  proof: object
  actorName: string
}

/** One statement, so that the ledger and the card never disagree. */
export async function record(
  db: Database,
  partyIds: readonly number[],
  consent: NewConsent,
): Promise<void> {
  const { channel, state, source, proof, actorName } = consent
  const withdrawn = state === 'withdrawn'
  await sql`
    with line as (
      insert into consents (party_id, channel, state, source, proof, actor_name)
      select id, ${channel}, ${state}, ${source}, ${JSON.stringify(proof)}::jsonb, ${actorName}
      from unnest(${partyIds}::bigint[]) as id
      returning party_id
    )
    update parties set
      do_not_contact = case when ${channel} = 'all' then ${withdrawn} else do_not_contact end,
      email_opt_out = case when ${channel} = 'email' then ${withdrawn} else email_opt_out end,
      sms_opt_out = case when ${channel} = 'sms' then ${withdrawn} else sms_opt_out end,
      version = version + 1,
      updated_at = now()
    from line where parties.id = line.party_id`.execute(db)
}

export async function list(db: Database, partyId: number): Promise<ConsentEvent[]> {
  const rows = await db
    .selectFrom('consents')
    .selectAll()
    .where('partyId', '=', partyId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows.map((row) => ConsentEvent.parse(row))
}

/** A ledger line for each card's wish as it is now: what bulk work writes after it set the flag. */
export async function recordWishes(
  db: Database,
  partyIds: readonly number[],
  actorName: string,
): Promise<void> {
  await sql`insert into consents (party_id, channel, state, source, actor_name)
    select id, 'all', case when do_not_contact then 'withdrawn' else 'granted' end, 'staff', ${actorName}
    from parties where id = any(${partyIds}::bigint[])`.execute(db)
}
