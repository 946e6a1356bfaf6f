/** The people of an operation's step whom a launch takes: linked, available, still to do, not written to yet. */
import { type RawBuilder, sql } from 'kysely'
import type { Channel } from '#core/delivery/message.ts'
import type { Database } from '#platform/db/database.ts'
import { type Audience, addressOf } from './ledger-queries.ts'

/** A query of (party_id). */
export type People = RawBuilder<unknown>

export type OpenScope = {
  stepId: number
  /** These only, organisations with all their contacts; everybody when null. */
  partyIds: readonly number[] | null
  now: Date
}

/** A condition on `targets t`. */
const isOpen = ({ stepId, partyIds, now }: OpenScope): RawBuilder<boolean> => sql`(
  t.step_id = ${stepId} and t.is_linked and not t.is_control and t.excluded_reason is null
  and not t.via_contacts and t.available_at <= ${now}::timestamptz
  and t.status in (select code from entity_states where entity = 'target' and meaning = 'to-do')
  ${
    partyIds === null
      ? sql``
      : sql`and (t.party_id = any(${partyIds}::bigint[]) or t.organisation_id = any(${partyIds}::bigint[]))`
  })`

export const openPeople = (scope: OpenScope): People =>
  sql`select t.party_id from targets t where ${isOpen(scope)}`

/**
 * Whom a message may go to: who has had it, or has it before him, does not count; who was left out of it, or was
 * refused at an address that is no longer his, does.
 */
export const openAudience = (
  scope: OpenScope,
  { id, channel }: { id: number; channel: Channel },
): Audience => sql`(
  select t.party_id, t.is_control, t.excluded_reason from targets t
  left join messages had on had.content_id = ${id} and had.party_id = t.party_id
  left join parties p on p.id = t.party_id
  where ${isOpen(scope)} and (had.id is null or had.state in ('excluded', 'cancelled')
    or (had.state = 'refused' and had.channel <> 'file'
      and lower(had.address) <> lower(coalesce(${addressOf(channel)}, '')))))`

export async function countOpen(db: Database, scope: OpenScope): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*) as people from (${openPeople(scope)}) as one_by_one`.execute(db)
  return rows[0]?.people ?? 0
}

/** These. */
export const peopleOf = (partyIds: readonly number[]): People =>
  sql`select unnest(${partyIds}::bigint[])`

/** Whose message left after his status was last set. */
export const submittedPeople = (stepId: number): People => sql`
  select m.party_id from messages m join targets one on one.step_id = m.step_id and one.party_id = m.party_id
  where m.step_id = ${stepId} and m.state = 'submitted'
    and m.submitted_at >= coalesce(one.status_at, '-infinity')`
