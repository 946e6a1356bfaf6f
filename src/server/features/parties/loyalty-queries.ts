/** Loyalty cards many at a time. */
import { type RawBuilder, sql } from 'kysely'
import { loyaltyFigures } from '#core/parties/loyalty.ts'
import type { Database } from '#platform/db/database.ts'
import type { Author } from './bulk-queries.ts'

const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const now = (field: string) => sql.ref(`parties.${columnOf(field)}`)

/** How many cards another type concerns, and how many of those lose figures. */
export async function countResets(
  db: Database,
  where: RawBuilder<boolean>,
  cardType: number | null,
): Promise<{ cards: number; withFigures: number }> {
  const filled = loyaltyFigures.map((field) => sql`coalesce(${now(field)}, 0) <> 0`)
  const { rows } = await sql<{ cards: number; withFigures: number }>`
    select count(*) as cards, count(*) filter (where ${sql.join(filled, sql` or `)}) as with_figures
    from parties where ${where} and card_type_id is distinct from ${cardType}::int`.execute(db)
  return rows[0] ?? { cards: 0, withFigures: 0 }
}

type NewType = {
  cardType: number | null
  /** Of the type; null leaves the card in what it was. */
  currency: string | null
  /** Fields that the same work sets by hand and this must not touch. */
  except: readonly string[]
}

/**
 * Gives the cards the type and starts their figures again at zero; each old figure goes into the history,
 * which gives it back. Returns who had another type.
 */
export async function setCardType(
  db: Database,
  ids: readonly number[],
  { cardType, currency, except }: NewType,
  { jobId, actorId, actorName }: Author,
): Promise<number[]> {
  const figures = loyaltyFigures.filter((field) => !except.includes(field))
  const coin = currency !== null && !except.includes('loyaltyCurrency') ? currency : null
  const zeroed = figures.map(
    (field) => sql`${sql.ref(columnOf(field))} = case when ${now(field)} is not null then 0 end`,
  )
  const lost = figures.map(
    (field) => sql`|| case when coalesce(old.${sql.ref(columnOf(field))}, 0) <> 0 then
      jsonb_build_object(${field}::text, jsonb_build_array(old.${sql.ref(columnOf(field))}, 0)) else '{}' end`,
  )
  const { rows } = await sql<{ partyId: number }>`
    with old as (
      select * from parties where id = any(${ids}::bigint[]) and deleted_at is null
        and card_type_id is distinct from ${cardType}::int for update
    ), changed as (
      update parties set card_type_id = ${cardType}::int,
        loyalty_currency = coalesce(${coin}, parties.loyalty_currency),
        ${sql.join(zeroed)}, version = parties.version + 1, updated_at = now()
      from old where parties.id = old.id
      returning parties.id as party_id,
        jsonb_build_object('cardType', jsonb_build_array(old.card_type_id, ${cardType}::int))
        || case when parties.loyalty_currency <> old.loyalty_currency then jsonb_build_object(
          'loyaltyCurrency', jsonb_build_array(old.loyalty_currency, parties.loyalty_currency)) else '{}' end
        ${sql.join(lost, sql` `)} as changes
    )
    insert into party_changes (party_id, actor_id, actor_name, job_id, reason, changes)
    select party_id, ${actorId}, ${actorName}, ${jobId}, 'bulk', changes from changed
    returning party_id`.execute(db)
  return rows.map((row) => row.partyId)
}
