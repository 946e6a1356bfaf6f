/** What an unsubscribe link leads to. */
import { sql } from 'kysely'
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
}

export async function find(db: Database, messageId: number): Promise<Leaving | undefined> {
  const { rows } = await sql<Leaving>`
    select m.id as message_id, m.party_id, m.channel, m.address, p.language,
      c.label as campaign, c.id as campaign_id,
      coalesce((select value ->> 'name' from settings where name = 'sender'), '') as shop,
      case when m.channel = 'sms' then p.sms_opt_out else p.email_opt_out end as has_left
    from messages m
    join parties p on p.id = m.party_id
    join steps s on s.id = m.step_id
    join campaigns c on c.id = s.campaign_id
    where m.id = ${messageId} and m.channel in ('email', 'sms')`.execute(db)
  return rows[0]
}

/** Every card that bears the address: whoever leaves must not hear from us again through a second card. */
export async function bearers(db: Database, leaving: Leaving): Promise<number[]> {
  const { channel, address, partyId } = leaving
  const { rows } = await sql<{ id: number }>`
    select id from parties where id = ${partyId}
    union
    select id from parties where deleted_at is null and ${
      channel === 'sms'
        ? sql`sms_number = ${address}`
        : sql`email <> '' and lower(email) = lower(${address})`
    }`.execute(db)
  return rows.map(({ id }) => id)
}
