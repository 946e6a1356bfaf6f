/** Taking messages out of the ledger and writing back what became of them: blocks, short statements, no open transaction. */
import { sql } from 'kysely'
import type { Channel } from '#core/delivery/message.ts'
import type { Database } from '#platform/db/database.ts'
import { forbidden } from './ledger-queries.ts'

export type Claimed = {
  id: number
  contentId: number
  partyId: number
  address: string
  attempts: number
}

export type Claim = {
  stepId: number
  channel: Channel
  worker: string
  limit: number
  now: Date
  /** In an operation somebody may take people out of the step after its launch. */
  checksTargets?: boolean
  /** Whether openings are measured, of those who agree. */
  measures?: boolean
}

/** Somebody took the person of message `m` out of the step. */
const isOut = sql`not exists (select from targets t
  where t.step_id = m.step_id and t.party_id = m.party_id and t.is_linked)`

/**
 * Marks up to `limit` due messages as in flight, durable when this returns, and gives them. Who may no
 * longer be written to is excluded in the same statement. Nothing is taken unless the run is running.
 */
export async function claim(
  db: Database,
  order: Claim,
): Promise<{ taken: Claimed[]; seen: number }> {
  const { stepId, channel, worker, limit, now, checksTargets = false, measures = false } = order
  const outside = checksTargets
    ? sql`case when ${isOut} then 'excluded-by-selection' end`
    : sql`null`
  const { rows } = await sql<Claimed & { state: string }>`
    with due as materialized (
      select m.id from messages m
      where m.step_id = ${stepId} and m.channel = ${channel} and m.state = 'pending'
        and m.due_at <= ${now}::timestamptz
        and exists (select from steps s where s.id = ${stepId} and s.state = 'running')
      order by m.due_at, m.id limit ${limit} for update skip locked
    ), judged as (
      select due.id, coalesce(${forbidden(channel)}, ${outside}) as forbidden,
        ${measures} and coalesce(p.opens_consent, false) as agrees
      from due join messages m on m.id = due.id
      join deliveries d on d.step_id = m.step_id
      left join parties p on p.id = m.party_id
    )
    update messages m set
      state = case when j.forbidden is null then 'in-flight' else 'excluded' end,
      reason = j.forbidden,
      worker = case when j.forbidden is null then ${worker} end,
      claimed_at = ${now}::timestamptz,
      is_measured = j.forbidden is null and j.agrees
    from judged j where j.id = m.id
    returning m.id, m.content_id, m.party_id, m.address, m.attempts, m.state`.execute(db)
  return { taken: rows.filter(({ state }) => state === 'in-flight'), seen: rows.length }
}

/**
 * The last look before a block leaves: excludes who withdrew since the claim, and gives the ids that may go,
 * and of them those whose openings may still be measured.
 */
export async function keepAllowed(
  db: Database,
  { channel, worker }: Pick<Claim, 'channel' | 'worker'>,
  ids: readonly number[],
): Promise<{ allowed: Set<number>; measured: Set<number> }> {
  const { rows } = await sql<{ id: number; isGone: boolean }>`
    with judged as (
      select m.id, ${forbidden(channel)} as forbidden, m.is_measured and coalesce(p.opens_consent, false) as agrees
      from messages m join deliveries d on d.step_id = m.step_id
      left join parties p on p.id = m.party_id
      where m.id = any(${ids}::bigint[])
    ), gone as (
      update messages m set state = 'excluded', reason = j.forbidden, worker = null, is_measured = false
      from judged j where j.id = m.id and j.forbidden is not null
        and m.state = 'in-flight' and m.worker = ${worker}
      returning m.id
    )
    select id, true as is_gone from gone
    union all select id, false from judged where agrees and forbidden is null`.execute(db)
  const idsOf = (wanted: boolean) =>
    new Set(rows.filter(({ isGone }) => isGone === wanted).map(({ id }) => id))
  const gone = idsOf(true)
  return { allowed: new Set(ids.filter((id) => !gone.has(id))), measured: idsOf(false) }
}

export type Submitted = { id: number; partyId: number }

export type Written = {
  id: number
  state: 'submitted' | 'refused' | 'pending' | 'unknown'
  reason: string | null
  answer: string
  tried: boolean
  /** For what goes back to pending. */
  dueAt: Date | null
  /** The address is wrong whoever writes to it. */
  marksAddress: boolean
}

/**
 * Writes a block of outcomes. A line that was meanwhile declared unknown takes the truth that comes late;
 * one that somebody settled does not. What would go back to pending in a cancelled run is cancelled.
 * Gives those that are now submitted.
 */
export async function writeOutcomes(
  db: Database,
  worker: string,
  outcomes: readonly Written[],
  now: Date,
): Promise<Submitted[]> {
  const { rows } = await sql<Submitted & { state: string }>`
    update messages m set
      state = case when o.state = 'pending' and s.state = 'cancelled' then 'cancelled' else o.state end,
      reason = o.reason,
      answer = o.answer,
      attempts = m.attempts + o.tried::int,
      due_at = coalesce(o.due_at, m.due_at),
      submitted_at = case when o.state = 'submitted' then ${now}::timestamptz end,
      worker = null
    from unnest(
      ${outcomes.map(({ id }) => id)}::bigint[],
      ${outcomes.map(({ state }) => state)}::text[],
      ${outcomes.map(({ reason }) => reason)}::text[],
      ${outcomes.map(({ answer }) => answer.slice(0, 1_000).replaceAll('\0', ''))}::text[],
      ${outcomes.map(({ tried }) => tried)}::boolean[],
      ${outcomes.map(({ dueAt }) => dueAt?.toISOString() ?? null)}::timestamptz[]
    ) as o (id, state, reason, answer, tried, due_at), steps s
    where m.id = o.id and s.id = m.step_id and m.worker = ${worker}
      and m.state in ('in-flight', 'unknown')
    returning m.id, m.party_id, m.state`.execute(db)
  const bad = outcomes.filter(({ marksAddress }) => marksAddress).map(({ id }) => id)
  if (bad.length > 0) await markAddresses(db, bad)
  return rows.filter(({ state }) => state === 'submitted')
}

/** A hard bounce is of the address: every card that bears it is marked, unless it was changed meanwhile. */
async function markAddresses(db: Database, messageIds: readonly number[]): Promise<void> {
  await sql`
    update parties p set email_state = 'bounced'
    from messages m
    where m.id = any(${messageIds}::bigint[]) and m.channel = 'email'
      and p.email <> '' and lower(p.email) = lower(m.address) and p.email_state = 'ok'`.execute(db)
}

/**
 * In flight, but in nobody's hands: the job that claimed them is over or has been taken up by this worker.
 * Nobody knows whether they left. Files are not sent to anyone, so they are simply made again.
 */
export async function abandonInFlight(
  db: Database,
  { stepId, jobId, worker }: { stepId: number; jobId: number; worker: string },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    update messages m set
      state = case when m.channel = 'file' then 'pending' else 'unknown' end,
      reason = case when m.channel = 'file' then null else 'process-died' end
    where m.state = 'in-flight' and m.step_id = ${stepId} and m.worker <> ${worker}
      and (split_part(m.worker, ':', 1) = ${String(jobId)} or not exists (
        select from jobs j where j.id::text = split_part(m.worker, ':', 1) and j.state = 'running'))
    returning m.id`.execute(db)
  return rows.length
}

/** When the next message of the step is due; null when none is pending. */
export async function nextDue(db: Database, stepId: number): Promise<string | null> {
  const { due } = await db
    .selectFrom('messages')
    .where('stepId', '=', stepId)
    .where('state', '=', 'pending')
    .select((eb) => eb.fn.min('dueAt').as('due'))
    .executeTakeFirstOrThrow()
  return due
}
