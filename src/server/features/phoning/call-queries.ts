/** Calls: their beginning, their end, what can be taken back, what was answered already. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Instant } from '#core/kernel/values.ts'
import type { HandledPerson } from '#core/phoning/call.ts'
import type { Database } from '#platform/db/database.ts'
import { NotedAppointment } from '../activities/service.ts'
import { nameOf } from '../parties/service.ts'

export type OnLine = { stepId: number; partyId: number; agentId: string }

/** The target, locked: whose it is and where it stands. */
export async function lockTarget(db: Database, stepId: number, partyId: number) {
  return db
    .selectFrom('targets')
    .select([
      'status',
      'statusAt',
      'statusBy',
      'callbackAt',
      'callbackBy',
      'calls',
      'leasedBy',
      'leasedUntil',
      'organisationId',
    ])
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .forUpdate()
    .executeTakeFirst()
}

export const findTarget = (db: Database, stepId: number, partyId: number) =>
  db
    .selectFrom('targets')
    .select(['leasedBy', 'organisationId'])
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .executeTakeFirst()

export type Target = NonNullable<Awaited<ReturnType<typeof lockTarget>>>

type Begun = { callId: number; callStartedAt: string; calls: number; leasedUntil: string }

/** Counts the call (D-78: until it ends with a result), writes down when it began and keeps the person for the agent. */
export async function start(
  db: Database,
  { stepId, partyId, agentId }: OnLine,
  number: string,
  { now, leasedUntil }: { now: Date; leasedUntil: Date },
): Promise<Begun> {
  const { rows } = await sql<Begun>`
    with begun as (
      insert into call_attempts (step_id, party_id, user_id, number, started_at)
        values (${stepId}, ${partyId}, ${agentId}, ${number}, ${now}::timestamptz)
        returning id, started_at
    )
    update targets t set calls = t.calls + 1, leased_until = ${leasedUntil}::timestamptz from begun
    where t.step_id = ${stepId} and t.party_id = ${partyId}
    returning begun.id as call_id, begun.started_at as call_started_at, t.calls, t.leased_until`.execute(
    db,
  )
  const [begun] = rows
  if (!begun) throw new Error('a call of nobody')
  return begun
}

export async function noteNumber(db: Database, callId: number, number: string): Promise<void> {
  await db.updateTable('callAttempts').set({ number }).where('id', '=', callId).execute()
}

export type Result = {
  status: string
  callbackAt: string | null
  note: string
  refused: boolean
}

/** Ends the agent's open call with the person; gives its id and number, nothing for who was skipped. */
export async function end(
  db: Database,
  { stepId, partyId, agentId }: OnLine,
  { status, callbackAt, note, refused }: Result,
  now: Date,
): Promise<{ id: number; number: string } | undefined> {
  const ended = await db
    .updateTable('callAttempts')
    .set({ endedAt: now.toISOString(), status, callbackAt, note, refused })
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .where('userId', '=', agentId)
    .where('endedAt', 'is', null)
    .returning(['id', 'number'])
    .execute()
  return ended.at(-1)
}

export async function reopen(db: Database, attemptId: number): Promise<void> {
  await db
    .updateTable('callAttempts')
    .set({ endedAt: null, status: null, callbackAt: null, note: '', refused: false })
    .where('id', '=', attemptId)
    .execute()
}

/** Gives the person back, to be called again at that time when there is one; `calls` are those without a result. */
export async function letGo(
  db: Database,
  { stepId, partyId, agentId }: OnLine,
  { callbackAt, calls }: { callbackAt: string | null; calls: number },
): Promise<void> {
  await db
    .updateTable('targets')
    .set({
      calls,
      leasedBy: null,
      leasedUntil: null,
      callbackAt,
      callbackBy: callbackAt === null ? null : agentId,
    })
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .execute()
}

const Before = z.object({
  status: z.string(),
  statusAt: Instant.nullable(),
  statusBy: z.string().nullable(),
  callbackAt: Instant.nullable(),
  callbackBy: z.string().nullable(),
  /** Absent in results of the program before it kept them. */
  calls: z.number().int().optional(),
})
export type Before = z.infer<typeof Before>

type Keeping = OnLine & {
  attemptId: number | null
  status: string
  before: Before
  refused: boolean
  appointment: NotedAppointment | null
  now: Date
}

export async function keepResult(db: Database, { agentId, now, ...kept }: Keeping): Promise<void> {
  const row = {
    ...kept,
    before: JSON.stringify(kept.before),
    appointment: kept.appointment && JSON.stringify(kept.appointment),
    userId: agentId,
    at: now.toISOString(),
  }
  await db
    .insertInto('callResults')
    .values(row)
    .onConflict((conflict) => conflict.columns(['stepId', 'partyId']).doUpdateSet(row))
    .execute()
}

/** The agent's result that is still fresh, gone from the table; a refusal stays. */
export async function takeResult(
  db: Database,
  { stepId, partyId, agentId }: OnLine,
  since: Date,
): Promise<
  { attemptId: number | null; before: Before; appointment: NotedAppointment | null } | undefined
> {
  const row = await db
    .deleteFrom('callResults')
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .where('userId', '=', agentId)
    .where('at', '>=', since.toISOString())
    .where('refused', '=', false)
    .returning(['attemptId', 'before', 'appointment'])
    .executeTakeFirst()
  return (
    row && {
      attemptId: row.attemptId,
      before: Before.parse(row.before),
      appointment: NotedAppointment.nullable().parse(row.appointment),
    }
  )
}

export async function restore(
  db: Database,
  { stepId, partyId }: OnLine,
  before: Before,
): Promise<void> {
  await db
    .updateTable('targets')
    .set(before)
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .execute()
}

/** Takes the results that cannot be taken back any more. */
export const settle = (db: Database, stepId: number, before: Date) =>
  db
    .deleteFrom('callResults')
    .where('stepId', '=', stepId)
    .where('at', '<', before.toISOString())
    .returning(['partyId', 'userId', 'status'])
    .execute()

/** True the first time: a receipt is kept with what the call changes, or not at all. */
export async function isNew(db: Database, key: string): Promise<boolean> {
  const row = await db
    .insertInto('callReceipts')
    .values({ key })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}

/** A call that saved nothing may be sent again under the same key. */
export async function forget(db: Database, key: string): Promise<void> {
  await db.deleteFrom('callReceipts').where('key', '=', key).execute()
}

export async function forgetReceipts(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('callReceipts').where('at', '<', before.toISOString()).execute()
}

/** Whom the agent has handled since: by a call, or by a result that is still fresh. */
export async function handled(
  db: Database,
  { stepId, agentId, since }: { stepId: number; agentId: string; since: Date },
): Promise<HandledPerson[]> {
  const { rows } = await sql<HandledPerson>`
    select t.party_id, coalesce(${nameOf('p')}, '') as name,
      done.at, t.status, t.callback_at
    from (
      select party_id, max(at) as at from (
        select party_id, ended_at as at from call_attempts where step_id = ${stepId} and user_id = ${agentId}
          and started_at >= ${since}::timestamptz and ended_at is not null
        union all
        select party_id, at from call_results where step_id = ${stepId} and user_id = ${agentId}) as each
      group by party_id) as done
      join targets t on t.step_id = ${stepId} and t.party_id = done.party_id
      join parties p on p.id = t.party_id
    order by done.at desc limit 200`.execute(db)
  return rows
}
