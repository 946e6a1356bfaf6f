/** The consent ledger, append-only, and the flags of the card that it decides. */
import { type RawBuilder, sql } from 'kysely'
import { ConsentEvent } from '#core/parties/consent.ts'
import type { Database } from '#platform/db/database.ts'

export type NewConsent = {
  channel: ConsentEvent['channel']
  /** Contact when absent. */
  purpose?: ConsentEvent['purpose']
  state: ConsentEvent['state']
  source: string
  proof: object
  actorName: string
}

/** Whoever withdraws from measuring takes along what was measured; `people` yields party_id. */
export const forgetOpens = (people: RawBuilder<unknown>) => sql`
  update messages set is_measured = false, opened_at = null, opens = 0
  from ${people} as withdrawn where messages.party_id = withdrawn.party_id and messages.is_measured`

/** One statement, so that the ledger and the card never disagree. */
export async function record(
  db: Database,
  partyIds: readonly number[],
  consent: NewConsent,
): Promise<void> {
  const { channel, purpose = 'marketing', state, source, proof, actorName } = consent
  const withdrawn = state === 'withdrawn'
  const isMeasuring = purpose === 'measurement'
  const contact = isMeasuring ? '' : channel
  await sql`
    with line as (
      insert into consents (party_id, channel, purpose, state, source, proof, actor_name)
      select id, ${channel}, ${purpose}, ${state}, ${source}, ${JSON.stringify(proof)}::jsonb, ${actorName}
      from unnest(${partyIds}::bigint[]) as id
      returning party_id
    ), forgotten as (
      ${forgetOpens(sql`(select party_id from line where ${isMeasuring && withdrawn})`)}
    )
    update parties set
      do_not_contact = case when ${contact} = 'all' then ${withdrawn} else do_not_contact end,
      email_opt_out = case when ${contact} = 'email' then ${withdrawn} else email_opt_out end,
      sms_opt_out = case when ${contact} = 'sms' then ${withdrawn} else sms_opt_out end,
      opens_consent = case when ${isMeasuring} then ${!withdrawn} else opens_consent end,
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

/**
 * The same for the card's word on measuring openings. What is taken back to nothing said is a refusal from
 * now on: the ledger knows no third state.
 */
export async function recordOpensConsents(
  db: Database,
  partyIds: readonly number[],
  { source, actorName }: Pick<NewConsent, 'source' | 'actorName'>,
): Promise<void> {
  await sql`update parties set opens_consent = false
    where id = any(${partyIds}::bigint[]) and opens_consent is null`.execute(db)
  await sql`
    with line as (
      insert into consents (party_id, channel, purpose, state, source, actor_name)
      select id, 'email', 'measurement', case when opens_consent then 'granted' else 'withdrawn' end,
        ${source}, ${actorName}
      from parties where id = any(${partyIds}::bigint[])
      returning party_id, state
    )
    ${forgetOpens(sql`(select party_id from line where state = 'withdrawn')`)}`.execute(db)
}
