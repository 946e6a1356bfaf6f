/** What an unsubscribe link leads to. */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

export type Leaving = {
  messageId: number
  partyId: number
  channel: 'email' | 'sms'
  address: string
  language: string
  campaign: string
  campaignId: number
  shop: string
  hasLeft: boolean
  /** Openings of the e-mails to this person are measured. */
  isMeasured: boolean
}

export async function find(db: Database, messageId: number): Promise<Leaving | undefined> {
  const { rows } = await sql<Leaving>`
    select m.id as message_id, m.party_id, m.channel, m.address, p.language,
      c.label as campaign, c.id as campaign_id,
      coalesce((select value ->> 'name' from settings where name = 'sender'), '') as shop,
      case when m.channel = 'sms' then p.sms_opt_out else p.email_opt_out end as has_left,
      m.channel = 'email' and coalesce(p.opens_consent, false) as is_measured
    from messages m
    join parties p on p.id = m.party_id
    join steps s on s.id = m.step_id
    join campaigns c on c.id = s.campaign_id
    where m.id = ${messageId} and m.channel in ('email', 'sms')`.execute(db)
  return rows[0]
}

/**
 * Every card that bears the address: whoever leaves must not hear from us again through a second card.
 * With `notYet` only those who have not left (true) or not come back (false) already.
 */
export async function bearers(
  db: Database,
  leaving: Bearer,
  { notYet }: { notYet?: boolean } = {},
): Promise<number[]> {
  const hasLeft = leaving.channel === 'sms' ? sql`sms_opt_out` : sql`email_opt_out`
  return lockCards(db, leaving, notYet === undefined ? sql`true` : sql`${hasLeft} <> ${notYet}`)
}

/** The same of those whose openings are measured. */
export const measuredBearers = (db: Database, leaving: Bearer): Promise<number[]> =>
  lockCards(db, leaving, sql`opens_consent`)

type Bearer = Pick<Leaving, 'channel' | 'address' | 'partyId'>

async function lockCards(
  db: Database,
  { channel, address, partyId }: Bearer,
  open: RawBuilder<unknown>,
): Promise<number[]> {
  const same =
    channel === 'sms'
      ? sql`sms_number = ${address}`
      : sql`email <> '' and lower(email) = lower(${address})`
  const { rows } = await sql<{ id: number }>`
    select id from parties where (id = ${partyId} or (deleted_at is null and ${same})) and ${open}
    order by id for update`.execute(db)
  return rows.map(({ id }) => id)
}
