/** What a run knows beside its step's state: what was announced, why it waits, its pace; and its ledger as a whole. */
import { sql } from 'kysely'

import { type Hold, HoldReason } from '#core/delivery/run.ts'
import type { Database } from '#platform/db/database.ts'

export type Delivery = {
  announced: number
  sparesDoNotContact: boolean
  /** Whom the launch under way is for; everybody when null. */
  partyIds: number[] | null
  failures: number
  hold: Hold | null
  pacedFrom: string | null
  pacedCount: number
  /** The file of the attachments as they leave, once something has left. */
  tailId: string | null
}

export async function find(db: Database, stepId: number): Promise<Delivery | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('stepId', '=', stepId)
    .executeTakeFirst()
  if (!row) return undefined
  const { holdReason, holdDetail, holdUntil, ...rest } = row
  return {
    ...rest,
    hold: holdReason
      ? { reason: HoldReason.parse(holdReason), detail: holdDetail, until: holdUntil }
      : null,
  }
}

export async function announce(
  db: Database,
  given: Pick<Delivery, 'announced' | 'sparesDoNotContact' | 'partyIds'> & { stepId: number },
): Promise<void> {
  const { stepId: _, ...announced } = given
  await db
    .insertInto('deliveries')
    .values(given)
    .onConflict((conflict) =>
      conflict.column('stepId').doUpdateSet({ ...announced, holdReason: null }),
    )
    .execute()
}

export async function hold(
  db: Database,
  stepId: number,
  given: Hold & { failures: number },
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      holdReason: given.reason,
      holdDetail: given.detail.slice(0, 1_000),
      holdUntil: given.until,
      failures: given.failures,
    })
    .where('stepId', '=', stepId)
    .execute()
}

/** Sending goes on: no hold, and the pace is measured from here. */
export async function letGo(db: Database, stepId: number, now: Date): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ holdReason: null, holdDetail: '', holdUntil: null, pacedFrom: now, pacedCount: 0 })
    .where('stepId', '=', stepId)
    .execute()
}

export async function pace(db: Database, stepId: number, settled: number): Promise<void> {
  await db
    .updateTable('deliveries')
    .set((eb) => ({ pacedCount: eb('pacedCount', '+', settled), failures: 0 }))
    .where('stepId', '=', stepId)
    .execute()
}

export async function cancelPending(db: Database, stepId: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({ state: 'cancelled' })
    .where('stepId', '=', stepId)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** The refused become pending again. Addresses that the refusal marked get the one more chance that was asked for. */
export async function reviveRefused(db: Database, stepId: number, now: Date): Promise<number> {
  await sql`update parties p set email_state = 'ok' from messages m
    where m.step_id = ${stepId} and m.state = 'refused' and m.reason = 'address'
      and m.channel = 'email' and p.id = m.party_id and p.email_state = 'bounced'
      and lower(p.email) = lower(m.address)`.execute(db)
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({ state: 'pending', reason: null, attempts: 0, dueAt: now })
    .where('stepId', '=', stepId)
    .where('state', '=', 'refused')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function settle(
  db: Database,
  stepId: number,
  {
    as,
    messageIds,
    now,
  }: {
    as: 'submitted' | 'pending' | 'refused' | 'cancelled'
    messageIds?: number[] | undefined
    now: Date
  },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({
      state: as,
      worker: null,
      reason: as === 'refused' ? 'settled' : null,
      ...(as === 'pending' ? { dueAt: now } : {}),
      ...(as === 'submitted' ? { submittedAt: sql<string>`claimed_at` } : {}),
    })
    .where('stepId', '=', stepId)
    .where('state', '=', 'unknown')
    .$if(messageIds !== undefined, (q) =>
      q.where('id', '=', sql<number>`any(${messageIds ?? []}::bigint[])`),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function findFiles(db: Database, stepId: number) {
  return db
    .selectFrom('deliveryFiles as d')
    .innerJoin('contents as c', 'c.id', 'd.contentId')
    .innerJoin('files as f', 'f.id', 'd.fileId')
    .where('c.stepId', '=', stepId)
    .select(['d.contentId', 'd.fileId', 'd.madeAt', 'f.name'])
    .orderBy('d.madeAt', 'desc')
    .execute()
}

export async function keepFile(
  db: Database,
  { contentId, fileId, now }: { contentId: number; fileId: string; now: Date },
): Promise<void> {
  await db.insertInto('deliveryFiles').values({ contentId, fileId, madeAt: now }).execute()
}

/** What the e-mails of the step end with, for good. */
export async function keepTail(db: Database, stepId: number, tailId: string): Promise<void> {
  await db.updateTable('deliveries').set({ tailId }).where('stepId', '=', stepId).execute()
}

/** Before the launch freezes them for good. */
export async function dropTargets(db: Database, stepId: number): Promise<void> {
  await db.deleteFrom('targets').where('stepId', '=', stepId).execute()
}

/** Takes back a job that has not begun. */
export async function dropQueuedJob(db: Database, kind: string, uniqueKey: string): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'cancelled', finishedAt: sql<string>`now()` })
    .where('kind', '=', kind)
    .where('uniqueKey', '=', uniqueKey)
    .where('state', '=', 'queued')
    .execute()
}

/** A job that waits for a later time runs now. */
export async function hurry(db: Database, uniqueKey: string, now: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ runAt: now })
    .where('kind', 'in', ['delivery/send', 'delivery/launch'])
    .where('uniqueKey', '=', uniqueKey)
    .where('state', '=', 'queued')
    .execute()
}
