/** Changes for many people of a step at once. */
import { type RawBuilder, sql } from 'kysely'
import type { FormerStatus, TargetPeople } from '#core/targets/target.ts'
import type { Database } from '#platform/db/database.ts'
import { whereOf } from './list-queries.ts'

/** The people meant as a condition on `targets as t`. */
function meant(stepId: number, people: TargetPeople): RawBuilder<boolean> {
  if ('partyIds' in people)
    return sql`t.step_id = ${stepId} and t.party_id = any(${people.partyIds}::bigint[])`
  return sql`${whereOf(stepId, people.filter)} and t.party_id <> all(${people.except}::bigint[])`
}

export async function countMeant(
  db: Database,
  stepId: number,
  people: TargetPeople,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from targets t where ${meant(stepId, people)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function idsMeant(
  db: Database,
  stepId: number,
  { people, after = 0, limit }: { people: TargetPeople; after?: number; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ partyId: number }>`
    select t.party_id from targets t where ${meant(stepId, people)} and t.party_id > ${after}
    order by t.party_id limit ${limit}`.execute(db)
  return rows.map(({ partyId }) => partyId)
}

/** These people, the contacts of organisations among them, and the organisations of contacts among them. */
const around = (stepId: number, ids: readonly number[]) => sql<boolean>`t.step_id = ${stepId}
  and (t.party_id = any(${ids}::bigint[]) or t.organisation_id = any(${ids}::bigint[])
    or (t.via_contacts and t.party_id in (select c.organisation_id from targets c
      where c.step_id = ${stepId} and c.party_id = any(${ids}::bigint[]))))`

/** What all have whom a change of these people's status may touch. */
export async function statusesBefore(
  db: Database,
  stepId: number,
  ids: readonly number[],
): Promise<FormerStatus[]> {
  const { rows } = await sql<FormerStatus>`
    select t.party_id, t.status, t.callback_at from targets t where ${around(stepId, ids)}
    order by t.party_id`.execute(db)
  return rows
}

/** Gives back what people had, unless they have got something else since than `status`. */
export async function restore(
  db: Database,
  stepId: number,
  {
    before,
    status,
    now,
    by,
  }: { before: readonly FormerStatus[]; status: string; now: Date; by: string },
): Promise<number[]> {
  const { rows } = await sql<{ partyId: number }>`
    update targets t set status = former.status, callback_at = former."callbackAt",
      status_at = ${now}::timestamptz, status_by = ${by}
    from jsonb_to_recordset(${JSON.stringify(before)}::jsonb)
      as former ("partyId" bigint, status text, "callbackAt" timestamptz)
    where t.step_id = ${stepId} and t.party_id = former."partyId" and t.status = ${status}
      and t.status <> former.status
    returning t.party_id`.execute(db)
  return rows.map(({ partyId }) => partyId)
}

/** An organisation takes its contacts along. Returns how many changed. */
export async function setLinked(
  db: Database,
  stepId: number,
  { ids, linked }: { ids: readonly number[]; linked: boolean },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update targets t set is_linked = ${linked}
    where t.step_id = ${stepId} and t.is_linked <> ${linked}
      and (t.party_id = any(${ids}::bigint[]) or t.organisation_id = any(${ids}::bigint[]))`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0n)
}

/** Nobody wrote to them, called them or gave them a status: a condition on `targets as t`. */
export const neverReached = sql<boolean>`(t.calls = 0 and t.callback_at is null and t.leased_by is null
  and exists (select from entity_states s where s.entity = 'target' and s.code = t.status and s.meaning = 'to-do')
  and not exists (select from messages m where m.step_id = t.step_id and m.party_id = t.party_id)
  and not exists (select from call_attempts a where a.step_id = t.step_id and a.party_id = t.party_id))`

/** Removes those never reached; an organisation goes with its contacts, and stays while one of them does. */
export async function remove(
  db: Database,
  stepId: number,
  ids: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with contacts as (
      delete from targets t where t.step_id = ${stepId} and not t.via_contacts and ${neverReached}
        and (t.party_id = any(${ids}::bigint[]) or t.organisation_id = any(${ids}::bigint[]))
      returning t.party_id
    ) select count(*) as n from contacts`.execute(db)
  await removeEmptied(db, stepId)
  return rows[0]?.n ?? 0
}

/** Organisations reached through contacts, when none of these is left. */
export async function removeEmptied(db: Database, stepId: number): Promise<void> {
  await sql`delete from targets t where t.step_id = ${stepId} and t.via_contacts
    and not exists (select from targets c where c.step_id = t.step_id and c.organisation_id = t.party_id)`.execute(
    db,
  )
}
