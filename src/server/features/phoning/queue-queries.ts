/** The queue of a step: who is offered to which agent. Rows that another agent is taking are passed over. */
import { type RawBuilder, sql } from 'kysely'
import type { ObstacleCounts } from '#core/phoning/call.ts'
import type { ObstacleReason } from '#core/phoning/law.ts'
import type { Database } from '#platform/db/database.ts'
import { isCallableNow, type Judgement, judged } from './law-queries.ts'

/** How long a person is an agent's without a sign of life. */
const leaseMinutes = 10

export type Asking = {
  stepId: number
  agentId: string
  now: Date
  /** Only these people; everybody when empty. */
  among: readonly number[]
}

export const leaseEnd = (now: Date): Date => new Date(now.getTime() + leaseMinutes * 60_000)

const at = (now: Date) => sql`${now}::timestamptz`

/** Rows of `targets t` that may be called at all, and whom nobody has. */
const isFree = (
  judgement: Judgement,
) => sql`${isCallableNow(judgement)} and t.is_linked and not t.is_control and t.excluded_reason is null
  and not t.via_contacts and t.available_at <= ${at(judgement.now)} and t.call_block is null
  and (t.leased_until is null or t.leased_until <= ${at(judgement.now)})`

const isAmong = (ids: readonly number[]) =>
  ids.length === 0 ? sql`true` : sql`t.party_id = any(${[...ids]}::bigint[])`

export type Standing = {
  /** Whom the agent has already: a call that is open first. */
  own: number | null
  /** Somebody waits to be called back. */
  hasCallback: boolean
  /** Somebody is kept back by an obstacle that has passed. */
  hasPassed: boolean
}

/** How a queue stands before anybody is taken from it: mostly there is nothing, and looking costs little. */
export async function standing(
  db: Database,
  { stepId, agentId, now }: Asking,
  holding: number | null,
): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select exists (select from targets where step_id = ${stepId} and callback_at <= ${at(now)}) as has_callback,
      exists (select from targets where step_id = ${stepId} and call_block is not null
        and call_block_until <= ${at(now)}) as has_passed,
    (select t.party_id from targets t
    where t.step_id = ${stepId} and t.leased_by = ${agentId} and t.leased_until > ${at(now)}
      and t.party_id is distinct from ${holding}::bigint
    order by not exists (select from call_attempts a where a.step_id = t.step_id
      and a.party_id = t.party_id and a.user_id = t.leased_by and a.ended_at is null),
      t.leased_until, t.party_id
    limit 1) as own`.execute(db)
  return rows[0] ?? { own: null, hasCallback: false, hasPassed: false }
}

/** Those whose obstacle has passed come back to the queue, some at a time. */
export async function unblock(db: Database, stepId: number, now: Date): Promise<void> {
  await sql`update targets set call_block = null, call_block_until = null
    from (select t.party_id from targets t where t.step_id = ${stepId} and t.call_block is not null
        and t.call_block_until <= ${at(now)} order by t.call_block_until limit 500
        for update skip locked) as free
    where targets.step_id = ${stepId} and targets.party_id = free.party_id`.execute(db)
}

const dueCallbacks = (
  { stepId, agentId, now, among }: Asking,
  codes: readonly string[],
  limit: number,
  judgement: Judgement,
) => sql`
  select t.party_id, t.organisation_id, row_number() over () as place from (
    select t.party_id, t.organisation_id from targets t
    where t.step_id = ${stepId} and t.status = any(${codes}::text[]) and t.callback_at <= ${at(now)}
      and ${isFree(judgement)} and ${isAmong(among)}
    order by t.callback_by is distinct from ${agentId}, t.callback_at, t.party_id
    limit ${sql.lit(limit)} for update skip locked) as t`

const toDo = ({ stepId, among }: Asking, code: string, limit: number, judgement: Judgement) => sql`
  select t.party_id, t.organisation_id, row_number() over () as place from (
    select t.party_id, t.organisation_id from targets t
    where t.step_id = ${stepId} and t.status = ${code} and t.callback_at is null
      and ${isFree(judgement)} and ${isAmong(among)}
    order by t.calls, t.party_id
    limit ${sql.lit(limit)} for update skip locked) as t`

export type Offer = {
  /** How many were looked at; fewer than asked for when nobody is left behind them. */
  seen: number
  partyId: number | null
}

/**
 * Looks at the next `limit` people: the first who may be called is leased to the agent, those before who may
 * not are kept out of the queue until that passes, so that they are not looked at by each agent again.
 */
async function offer(
  db: Database,
  candidates: RawBuilder<unknown>,
  asking: Asking,
  judgement: Judgement,
): Promise<Offer> {
  const { stepId, agentId, now } = asking
  const { rows } = await sql<{ seen: number; partyId: number | null }>`
    with candidate as materialized (${candidates}),
    verdict as materialized (${judged(sql`select * from candidate`, judgement)}),
    chosen as (select party_id, place from verdict where reason is null order by place limit 1),
    written as (
      update targets t set
        leased_by = case when v.reason is null then ${agentId} else t.leased_by end,
        leased_until = case when v.reason is null then ${leaseEnd(now)}::timestamptz else t.leased_until end,
        call_block = v.reason,
        call_block_until = case when v.reason is not null
          then coalesce(v.blocked_until, ${at(now)} + interval '1 day') end
      from verdict v
      where t.step_id = ${stepId} and t.party_id = v.party_id
        and (v.reason is not null or v.party_id = (select party_id from chosen))
      returning 1
    )
    select (select count(*) from candidate) as seen, (select party_id from chosen) as party_id`.execute(
    db,
  )
  return rows[0] ?? { seen: 0, partyId: null }
}

export type Looking = { asking: Asking; judgement: Judgement; limit: number }

export const offerCallback = (
  db: Database,
  codes: readonly string[],
  { asking, judgement, limit }: Looking,
) => offer(db, dueCallbacks(asking, codes, limit, judgement), asking, judgement)

export const offerToDo = (db: Database, code: string, { asking, judgement, limit }: Looking) =>
  offer(db, toDo(asking, code, limit, judgement), asking, judgement)

/** Leases one person of the step, unless another agent has him. */
export async function lease(
  db: Database,
  { stepId, partyId, agentId, now }: Omit<Asking, 'among'> & { partyId: number },
): Promise<boolean> {
  const { rows } = await sql`
    update targets t set leased_by = ${agentId}, leased_until = ${leaseEnd(now)}::timestamptz
    where t.step_id = ${stepId} and t.party_id = ${partyId} and t.is_linked and not t.is_control
      and t.excluded_reason is null and not t.via_contacts
      and (t.leased_by is null or t.leased_by = ${agentId} or t.leased_until <= ${at(now)})
    returning 1`.execute(db)
  return rows.length > 0
}

/** A sign of life: those of the people who are still, or again, the agent's. */
export async function renew(
  db: Database,
  { stepId, agentId, now }: Omit<Asking, 'among'>,
  partyIds: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ partyId: number }>`
    update targets set leased_until = ${leaseEnd(now)}::timestamptz
    where step_id = ${stepId} and leased_by = ${agentId} and party_id = any(${[...partyIds]}::bigint[])
    returning party_id`.execute(db)
  return rows.map(({ partyId }) => partyId)
}

/** Gives back whom an agent has in a step; one person, or all. */
export async function release(
  db: Database,
  stepId: number,
  by: { agentId?: string; partyId?: number },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('targets')
    .set({ leasedBy: null, leasedUntil: null })
    .where('stepId', '=', stepId)
    .where('leasedBy', 'is not', null)
    .$if(by.agentId !== undefined, (q) => q.where('leasedBy', '=', by.agentId ?? ''))
    .$if(by.partyId !== undefined, (q) => q.where('partyId', '=', by.partyId ?? 0))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Why those who are left, now or for later, cannot be called at this moment. */
export async function countObstacles(
  db: Database,
  { stepId, now, codes }: { stepId: number; now: Date; codes: readonly string[] },
  judgement: Judgement,
): Promise<ObstacleCounts> {
  const left = sql`select t.party_id, t.organisation_id from targets t
    where t.step_id = ${stepId} and t.status = any(${codes}::text[]) and t.is_linked and not t.is_control
      and t.excluded_reason is null and not t.via_contacts and t.available_at <= ${at(now)}`
  const { rows } = await sql<{ reason: ObstacleReason; people: number }>`
    select reason, count(*) as people from (${judged(left, judgement)}) as verdict
    where reason is not null group by reason`.execute(db)
  return Object.fromEntries(rows.map(({ reason, people }) => [reason, people]))
}
