/** Changes for many people of a step at once. */
import { type RawBuilder, sql } from 'kysely'
import type { FormerStatus, TargetPeople } from '#core/targets/target.ts'
import type { Database } from '#platform/db/database.ts'
import { isThere, whereOf } from './list-queries.ts'

/** The people meant as a condition on `targets as t`. */
function meant(stepId: number, people: TargetPeople): RawBuilder<boolean> {
  if ('partyIds' in people)
    return sql`t.step_id = ${stepId} and t.party_id = any(${people.partyIds}::bigint[]) and ${isThere}`
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
    select t.party_id, t.status, t.status_at, t.status_by, t.callback_at from targets t
    where ${around(stepId, ids)}
    order by t.party_id`.execute(db)
  return rows
}

/** Gives back what people had, unless they have got something else since than `status`. */
export async function restore(
  db: Database,
  stepId: number,
  { before, status }: { before: readonly FormerStatus[]; status: string },
): Promise<Restored[]> {
  const { rows } = await sql<Restored>`
    with given as (
      select t.party_id, t.organisation_id, t.status_at as changed_at, former.*
      from targets t join jsonb_to_recordset(${JSON.stringify(before)}::jsonb)
        as former ("partyId" bigint, status text, "statusAt" timestamptz, "statusBy" text, "callbackAt" timestamptz)
        on former."partyId" = t.party_id
      where t.step_id = ${stepId} and t.status = ${status} and t.status <> former.status
      for update of t
    )
    update targets t set status = given.status, status_at = given."statusAt", status_by = given."statusBy",
      callback_at = given."callbackAt"
    from given where t.step_id = ${stepId} and t.party_id = given.party_id
    returning t.party_id, t.organisation_id, given.changed_at`.execute(db)
  return rows
}

/** Who has the status of before again, and when the one was given that is taken back. */
export type Restored = { partyId: number; organisationId: number | null; changedAt: string | null }

/**
 * Takes those out of the steps that follow whom the status taken back had let on, unless somebody else here still lets
 * them on. Who was reached there stays: of those, how many.
 */
export async function takeBackFrom(
  db: Database,
  stepId: number,
  restored: readonly Restored[],
): Promise<{ left: number; stayed: number }> {
  const { rows } = await sql<{ stepId: number; followed: number; left: number }>`
    with restored as (
      select * from jsonb_to_recordset(${JSON.stringify(restored)}::jsonb)
        as one ("partyId" bigint, "organisationId" bigint, "changedAt" timestamptz)
    ), followed as (
      select t.step_id, t.party_id, ${neverReached} as may_leave
      from steps s join targets t on t.step_id = s.id and t.origin_step_id = s.origin_id and not t.via_contacts
      where s.origin_id = ${stepId} and exists (select from restored r where t.entered_at >= r."changedAt"
          and (t.party_id in (r."partyId", r."organisationId") or t.organisation_id = r."partyId"))
        and not exists (select from targets o
          join entity_states e on e.entity = 'target' and e.code = o.status and e.meaning like '%-continue'
          where o.step_id = ${stepId} and o.is_linked and not o.via_contacts
            and (o.party_id = t.party_id or o.party_id = t.organisation_id or o.organisation_id = t.party_id))
    ), gone as (
      delete from targets t using followed f
      where t.step_id = f.step_id and t.party_id = f.party_id and f.may_leave returning t.step_id
    )
    select f.step_id, count(*) as followed, count(*) filter (where f.may_leave) as left
    from followed f group by 1`.execute(db)
  for (const each of rows) if (each.left > 0) await removeEmptied(db, each.stepId)
  const left = rows.reduce((sum, each) => sum + each.left, 0)
  return { left, stayed: rows.reduce((sum, each) => sum + each.followed, 0) - left }
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

/** Those who stay after `remove` of them; an organisation counts by its contacts. */
export async function countStaying(
  db: Database,
  stepId: number,
  ids: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from targets t where t.step_id = ${stepId} and not t.via_contacts
      and (t.party_id = any(${ids}::bigint[]) or t.organisation_id = any(${ids}::bigint[]))`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** Organisations reached through contacts, when none of these is left. */
export async function removeEmptied(db: Database, stepId: number): Promise<void> {
  await sql`delete from targets t where t.step_id = ${stepId} and t.via_contacts
    and not exists (select from targets c where c.step_id = t.step_id and c.organisation_id = t.party_id)`.execute(
    db,
  )
}
