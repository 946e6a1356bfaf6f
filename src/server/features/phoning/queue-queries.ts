/** The queue of a step: who is offered to which agent. Rows that another agent is taking are passed over. */
import { type RawBuilder, sql } from 'kysely'
import type { ObstacleCounts } from '#core/phoning/call.ts'
import { isOpen, type ObstacleReason } from '#core/phoning/law.ts'
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

/** Who has the person of `targets t` on the line in another step. Few are leased, so the index of leases tells. */
const isBusy = (now: Date, agentId?: string) => sql`exists (select from targets other
  where other.party_id = t.party_id and other.step_id <> t.step_id and other.leased_by is not null
    and other.leased_until > ${at(now)} and other.leased_by is distinct from ${agentId ?? null})`

/** Rows of `targets t` that may be called at all, and whom nobody has. */
export const isFree = (
  judgement: Omit<Judgement, 'ground'>,
) => sql<boolean>`${isCallableNow(judgement)} and t.is_linked and not t.is_control and t.excluded_reason is null
  and not t.via_contacts and t.available_at <= ${at(judgement.now)} and t.call_block is null
  and (t.leased_until is null or t.leased_until <= ${at(judgement.now)}) and not ${isBusy(judgement.now)}`

const isAmong = (ids: readonly number[]) =>
  ids.length === 0 ? sql`true` : sql`t.party_id = any(${[...ids]}::bigint[])`

/** Whoever leases a person or opens a call holds the card meanwhile: in which step it is asked, one comes first. */
export async function lockParties(db: Database, partyIds: readonly number[]): Promise<void> {
  await sql`select from parties where id = any(${[...partyIds]}::bigint[]) order by id
    for no key update`.execute(db)
}

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

/** Those whose obstacle has passed come back to the queue, some at a time; true when there may be more. */
export async function unblock(db: Database, stepId: number, now: Date): Promise<boolean> {
  const most = 500
  const { numAffectedRows } =
    await sql`update targets set call_block = null, call_block_until = null
    from (select t.party_id from targets t where t.step_id = ${stepId} and t.call_block is not null
        and t.call_block_until <= ${at(now)} order by t.call_block_until limit ${sql.lit(most)}
        for update skip locked) as free
    where targets.step_id = ${stepId} and targets.party_id = free.party_id`.execute(db)
  return Number(numAffectedRows) === most
}

export type Looking = { asking: Asking; judgement: Judgement; limit: number }

const dueCallbacks = (
  codes: readonly string[],
  { asking: { stepId, agentId, now, among }, judgement, limit }: Looking,
) => sql`
  select t.party_id, t.organisation_id, row_number() over () as place from (
    select t.party_id, t.organisation_id from targets t
    where t.step_id = ${stepId} and t.status = any(${codes}::text[]) and t.callback_at <= ${at(now)}
      and ${isFree(judgement)} and ${isAmong(among)}
    order by t.callback_by is distinct from ${agentId}, t.callback_at, t.party_id
    limit ${sql.lit(limit)} for update skip locked) as t`

const toDo = (code: string, { asking: { stepId, among }, judgement, limit }: Looking) => sql`
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
  { asking, judgement, limit }: Looking,
): Promise<Offer> {
  const { stepId, agentId, now } = asking
  const { rows } = await sql<{ seen: number; partyId: number | null }>`
    with candidate as materialized (${candidates}),
    verdict as materialized (${judged(sql`select * from candidate`, judgement)}),
    chosen as (select v.party_id from verdict v join parties p on p.id = v.party_id where v.reason is null
      order by v.place limit 1 for no key update of p skip locked),
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
  const [{ seen, partyId } = { seen: 0, partyId: null }] = rows
  if (partyId !== null && (await giveWay(db, asking, partyId)))
    return { seen: limit, partyId: null }
  return { seen, partyId }
}

/**
 * Who leased the person in another step after the statement that chose him had begun was there first. The card is
 * locked by now, so nobody comes in between any more.
 */
async function giveWay(db: Database, { stepId, now }: Asking, partyId: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update targets t set leased_by = null, leased_until = null
    where t.step_id = ${stepId} and t.party_id = ${partyId} and ${isBusy(now)}`.execute(db)
  return Number(numAffectedRows) > 0
}

export const offerCallback = (db: Database, codes: readonly string[], looking: Looking) =>
  offer(db, dueCallbacks(codes, looking), looking)

export const offerToDo = (db: Database, code: string, looking: Looking) =>
  offer(db, toDo(code, looking), looking)

/** Leases one person of the step, unless another agent has him, in this step or another. */
export async function lease(
  db: Database,
  { stepId, partyId, agentId, now }: Omit<Asking, 'among'> & { partyId: number },
): Promise<boolean> {
  await lockParties(db, [partyId])
  const { rows } = await sql`
    update targets t set leased_by = ${agentId}, leased_until = ${leaseEnd(now)}::timestamptz
    where t.step_id = ${stepId} and t.party_id = ${partyId} and t.is_linked and not t.is_control
      and t.excluded_reason is null and not t.via_contacts
      and (t.leased_by is null or t.leased_by = ${agentId} or t.leased_until <= ${at(now)})
      and not ${isBusy(now, agentId)}
    returning 1`.execute(db)
  return rows.length > 0
}

/** A sign of life: those of the people who are still, or again, the agent's. */
export async function renew(
  db: Database,
  { stepId, agentId, now }: Omit<Asking, 'among'>,
  partyIds: readonly number[],
): Promise<number[]> {
  await lockParties(db, partyIds)
  const { rows } = await sql<{ partyId: number }>`
    update targets t set leased_until = ${leaseEnd(now)}::timestamptz
    where t.step_id = ${stepId} and t.leased_by = ${agentId} and t.party_id = any(${[...partyIds]}::bigint[])
      and not ${isBusy(now, agentId)}
    returning t.party_id`.execute(db)
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

/** Whether another agent has the person on the line in another step. */
export async function isElsewhere(
  db: Database,
  { stepId, partyId, agentId, now }: Omit<Asking, 'among'> & { partyId: number },
): Promise<boolean> {
  const { rows } =
    await sql`select from targets t where t.step_id = ${stepId} and t.party_id = ${partyId}
    and ${isBusy(now, agentId)}`.execute(db)
  return rows.length > 0
}

type Left = { stepId: number; now: Date; codes: readonly string[] }

/** The same as the queue found it, without judging anybody again: whom it did not look at, the hours keep back. */
export async function storedObstacles(
  db: Database,
  { stepId, codes }: Omit<Left, 'now'>,
  { law, now }: Judgement,
): Promise<ObstacleCounts> {
  const { rows } = await sql<{ reason: ObstacleReason; people: number }>`
    select coalesce(t.call_block, 'outside-hours') as reason, count(*) as people from targets t
    where t.step_id = ${stepId} and t.status = any(${codes}::text[]) and t.is_linked and not t.is_control
      and t.excluded_reason is null and not t.via_contacts and t.available_at <= ${at(now)}
      and (t.call_block is not null or (not ${isOpen(law, now)}::boolean
        and (t.leased_until is null or t.leased_until <= ${at(now)})))
    group by 1`.execute(db)
  return Object.fromEntries(rows.map(({ reason, people }) => [reason, people]))
}

/** Why those who are left, now or for later, cannot be called at this moment. */
export async function countObstacles(
  db: Database,
  { stepId, now, codes }: Left,
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
