/** The jobs table: every statement on it. A job is enqueued in the transaction of the change that causes it. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../db/database.ts'
import type { Job } from './job.ts'

export type EnqueueOptions = {
  subject?: string
  createdBy?: string | null
  runAt?: Date
  /** While a job of this kind and key is queued or running, another is not added. */
  uniqueKey?: string
  total?: number
}

/** Returns the job's id, or that of the one that already holds the unique key. */
export async function enqueue<Payload extends z.ZodType>(
  db: Database,
  job: Pick<Job<Payload>, 'kind' | 'payload'> & Partial<Pick<Job, 'canCancel'>>,
  payload: z.input<Payload>,
  options: EnqueueOptions = {},
): Promise<number> {
  const row = await db
    .insertInto('jobs')
    .values({
      kind: job.kind,
      payload: JSON.stringify(payload),
      subject: options.subject ?? '',
      createdBy: options.createdBy ?? null,
      uniqueKey: options.uniqueKey ?? null,
      totalCount: options.total ?? null,
      canCancel: job.canCancel ?? true,
      ...(options.runAt ? { runAt: options.runAt } : {}),
    })
    // The condition of the unique index as it is: a prepared statement cannot match parameters with it.
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'uniqueKey'])
        .where(sql<boolean>`state in ('queued', 'running')`)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (row) return row.id
  const holder = await db
    .selectFrom('jobs')
    .select('id')
    .where('kind', '=', job.kind)
    .where('uniqueKey', '=', options.uniqueKey ?? '')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return holder.id
}

const lease = sql<string>`now() + interval '20 seconds'`

export type Claimed = {
  id: number
  kind: string
  payload: unknown
  attempts: number
  createdBy: string | null
}

/** Takes the job that is due longest: queued ones, and running ones whose worker stopped renewing its lease. */
export async function claim(
  db: Database,
  worker: string,
  kinds: string[],
): Promise<Claimed | undefined> {
  const due = db
    .selectFrom('jobs')
    .select('id')
    .where('kind', 'in', kinds)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'queued'), eb('runAt', '<=', sql<string>`now()`)]),
        eb.and([eb('state', '=', 'running'), eb('leaseUntil', '<', sql<string>`now()`)]),
      ]),
    )
    .orderBy('runAt')
    .limit(1)
    .forUpdate()
    .skipLocked()
  return db
    .updateTable('jobs')
    .set((eb) => ({
      state: 'running',
      worker,
      leaseUntil: lease,
      attempts: eb('attempts', '+', 1),
      startedAt: sql<string>`coalesce(started_at, now())`,
    }))
    .where('id', '=', due)
    .returning(['id', 'kind', 'payload', 'attempts', 'createdBy'])
    .executeTakeFirst()
}

/** Renews the lease and writes the counts. False when the job is no longer this worker's. */
export async function renew(
  db: Database,
  id: number,
  worker: string,
  counts: { done: number; total: number | undefined },
): Promise<{ held: boolean; cancelRequested: boolean }> {
  const row = await db
    .updateTable('jobs')
    .set({
      leaseUntil: lease,
      doneCount: counts.done,
      ...(counts.total === undefined ? {} : { totalCount: counts.total }),
    })
    .where('id', '=', id)
    .where('worker', '=', worker)
    .where('state', '=', 'running')
    .returning('cancelRequested')
    .executeTakeFirst()
  return { held: row !== undefined, cancelRequested: row?.cancelRequested ?? false }
}

export type Ending =
  | { state: 'done'; result: object }
  | { state: 'failed'; errorCode: string; errorMessage: string }
  | { state: 'cancelled'; result: object | null }

export async function finish(
  db: Database,
  id: number,
  worker: string,
  ending: Ending,
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({
      state: ending.state,
      leaseUntil: null,
      finishedAt: sql<string>`now()`,
      ...('result' in ending ? { result: ending.result && JSON.stringify(ending.result) } : {}),
      ...('errorCode' in ending
        ? { errorCode: ending.errorCode, errorMessage: ending.errorMessage }
        : {}),
    })
    .where('id', '=', id)
    .where('worker', '=', worker)
    .where('state', '=', 'running')
    .execute()
}

/** Back to the queue: to be tried again at `runAt`, or at once by the next worker when the process stops. */
export async function release(
  db: Database,
  id: number,
  worker: string,
  runAt: Date,
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'queued', worker: null, leaseUntil: null, runAt })
    .where('id', '=', id)
    .where('worker', '=', worker)
    .where('state', '=', 'running')
    .execute()
}

/** Back to the queue because there is nothing to do before `runAt`: not a failed attempt. */
export async function postpone(
  db: Database,
  id: number,
  worker: string,
  runAt: Date,
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'queued', worker: null, leaseUntil: null, runAt, attempts: 0 })
    .where('id', '=', id)
    .where('worker', '=', worker)
    .where('state', '=', 'running')
    .execute()
}

/** For an installation of one process, at start: whatever was running died with the one before. */
export async function releaseAbandoned(db: Database): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'queued', worker: null, leaseUntil: null })
    .where('state', '=', 'running')
    .execute()
}
