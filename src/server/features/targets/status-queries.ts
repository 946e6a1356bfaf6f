/** How targets change their status, and organisations with their contacts (D-104, D-105). */
import { sql } from 'kysely'
import type { StatusCounts } from '#core/operations/operation.ts'
import type { Database } from '#platform/db/database.ts'

const toDoCodes = sql`select code from entity_states where entity = 'target' and meaning = 'to-do'`

export type StatusChange = {
  stepId: number
  partyIds: readonly number[]
  /** Of entity_states, entity 'target'. */
  status: string
  /** The name of who changes it; null for the program itself. */
  by: string | null
  now: Date
}

/** Gives people of a step a status; an organisation gives it to all its contacts. Returns how many changed. */
export async function setStatus(db: Database, change: StatusChange): Promise<number> {
  const { stepId, partyIds, status, by, now } = change
  const them = sql`any(${partyIds}::bigint[])`
  const { rows } = await sql<{ changed: number; hasContacts: boolean }>`
    with changed as (
      update targets set status = ${status}, status_at = ${now}::timestamptz, status_by = ${by}, leased_by = null,
        leased_until = null, callback_at = case when ${status} in (${toDoCodes}) then callback_at end
      where step_id = ${stepId} and status <> ${status} and (party_id = ${them} or organisation_id = ${them})
      returning 1
    )
    select count(*) as changed, exists (select from targets where step_id = ${stepId} and party_id = ${them}
      and (via_contacts or organisation_id is not null)) as has_contacts from changed`.execute(db)
  const [{ changed, hasContacts } = { changed: 0, hasContacts: false }] = rows
  if (hasContacts) await rollUp(db, change)
  return changed
}

type RollUp = Pick<StatusChange, 'stepId' | 'now'> & {
  /** All of the step when absent. */
  organisationIds?: readonly number[]
  /** Only the organisations of these people, themselves included. */
  partyIds?: readonly number[]
}

/**
 * An organisation takes the status once all its linked contacts are settled: that of the one settled last. When one
 * of them is to do again, so is the organisation.
 */
export async function rollUp(
  db: Database,
  { stepId, now, organisationIds, partyIds }: RollUp,
): Promise<void> {
  const among = organisationIds
    ? sql`and c.organisation_id = any(${organisationIds}::bigint[])`
    : sql`and c.organisation_id is not null`
  const touched = partyIds
    ? sql`and c.organisation_id in (select coalesce(organisation_id, party_id) from targets
        where step_id = ${stepId} and party_id = any(${partyIds}::bigint[]))`
    : sql``
  await sql`
    update targets as organisation set status = last.becomes, status_at = ${now}::timestamptz,
      status_by = last.status_by
    from (
      select distinct on (c.organisation_id) c.organisation_id, c.status_by,
        bool_and(s.meaning <> 'to-do') over (partition by c.organisation_id) as is_settled,
        case when bool_and(s.meaning <> 'to-do') over (partition by c.organisation_id) then c.status
          else (${toDoCodes} order by is_active desc, position limit 1) end as becomes
      from targets c join entity_states s on s.entity = 'target' and s.code = c.status
      where c.step_id = ${stepId} ${among} ${touched} and c.is_linked
      order by c.organisation_id, c.status_at desc nulls last, c.party_id
    ) as last
    where organisation.step_id = ${stepId} and organisation.party_id = last.organisation_id
      and organisation.via_contacts and organisation.status <> last.becomes
      and (last.is_settled or organisation.status not in (${toDoCodes}))`.execute(db)
}

/** The statuses that mean that somebody is still to do. */
export async function toDo(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('entityStates')
    .where('entity', '=', 'target')
    .where('meaning', '=', 'to-do')
    .select('code')
    .execute()
  return rows.map(({ code }) => code)
}

/** People to be reached by status, of each step. */
export async function counts(
  db: Database,
  stepIds: readonly number[],
): Promise<Map<number, StatusCounts>> {
  const rows = await db
    .selectFrom('targetTallies')
    .where('stepId', 'in', [0, ...stepIds])
    .groupBy(['stepId', 'status'])
    .select(['stepId', 'status', sql<number>`sum(delta)::bigint`.as('people')])
    .execute()
  const found = new Map<number, StatusCounts>()
  for (const { stepId, status, people } of rows) {
    if (people !== 0) found.set(stepId, { ...found.get(stepId), [status]: people })
  }
  return found
}

/** Adds up the tallies of each step, as the daily job does. */
export async function compactTallies(db: Database): Promise<void> {
  await sql`with taken as (delete from target_tallies returning *)
    insert into target_tallies select step_id, status, sum(delta) from taken
    group by 1, 2 having sum(delta) <> 0`.execute(db)
}
