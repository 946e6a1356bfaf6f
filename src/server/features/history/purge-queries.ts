/** The end of deleted cards: 30 days after, everything personal goes, for good. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

/**
 * Removes up to `limit` cards deleted before the instant: the card with its notes, history, consents and
 * tags, and the addresses in the delivery ledger. Their sales stay, as nobody's. Of a merged card the
 * code stays, since it leads to the card that took its place. Returns how many went.
 */
export async function purge(db: Database, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from parties where deleted_at < ${before} and (merged_into is null or last_name <> '')
    order by deleted_at limit ${limit} for update skip locked`.execute(db)
  const ids = sql`any(${rows.map((row) => row.id)}::bigint[])`
  await sql`update sales set party_id = null where party_id = ${ids}`.execute(db)
  await sql`update sale_lines set party_id = null where party_id = ${ids}`.execute(db)
  await sql`delete from message_copies using messages
    where messages.id = message_copies.message_id and messages.party_id = ${ids}`.execute(db)
  await sql`update messages set address = '' where party_id = ${ids}`.execute(db)
  await sql`update party_merges set before = '{}', moved = '{}' where lost_id = ${ids}`.execute(db)
  await sql`delete from party_changes where party_id = ${ids}`.execute(db)
  await sql`update parties set last_name = '', first_name = '', company = '', salutation = '', address1 = '',
      address2 = '', postal_code = '', city = '', phone = '', phone_number = null, mobile = '',
      mobile_number = null, email = '', birth_year = null, birth_month = null, birth_day = null,
      card_number = '', custom = '{}'
    where id = ${ids} and merged_into is not null`.execute(db)
  await sql`delete from parties where merged_into = ${ids}`.execute(db)
  await sql`delete from parties where id = ${ids} and merged_into is null`.execute(db)
  return rows.length
}
