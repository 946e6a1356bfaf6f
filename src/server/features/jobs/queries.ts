import { sql } from 'kysely'
import { JobView, pace } from '#core/jobs/job.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'

/** Whose jobs: one person's, or everyone's when null; of campaigns only those that these keys open. */
export type Scope = { createdBy: string | null; keys: readonly number[] }

const isOpen = (scope: Scope) => sql<boolean>`(
  coalesce(payload ->> 'campaignId', '') not in
    (select c.id::text from campaigns c where not ${campaignIsOpen(scope, 'c')})
  and coalesce(payload ->> 'stepId', payload ->> 'fromStepId', '') not in
    (select s.id::text from steps s join campaigns c on c.id = s.campaign_id
      where not ${campaignIsOpen(scope, 'c')}))`

export async function list(db: Database, scope: Scope, now: Date): Promise<JobView[]> {
  const rows = await select(db, scope)
    .where('createdAt', '>', sql<string>`now() - interval '1 day'`)
    // What is planned for later is no work going on yet; what waits for another attempt is.
    .where(
      sql<boolean>`(state <> 'queued' or attempts > 0 or run_at < now() + interval '1 minute')`,
    )
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => toView(row, now))
}

export async function find(
  db: Database,
  scope: Scope,
  id: number,
  now: Date,
): Promise<JobView | undefined> {
  const row = await select(db, scope).where('id', '=', id).executeTakeFirst()
  return row && toView(row, now)
}

/** A queued job ends at once; a running one is asked to. False when it is over already, not theirs, or stopped elsewhere. */
export async function requestCancel(db: Database, scope: Scope, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({
      cancelRequested: true,
      state: sql<string>`case when state = 'queued' then 'cancelled' else state end`,
      finishedAt: sql<string | null>`case when state = 'queued' then now() end`,
    })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .where('canCancel', '=', true)
    .where(isOpen(scope))
    .$if(scope.createdBy !== null, (q) => q.where('createdBy', '=', scope.createdBy))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function select(db: Database, scope: Scope) {
  return db
    .selectFrom('jobs')
    .selectAll()
    .where(isOpen(scope))
    .$if(scope.createdBy !== null, (q) => q.where('createdBy', '=', scope.createdBy))
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

function toView(row: Row, now: Date): JobView {
  const until = row.finishedAt ? new Date(row.finishedAt) : now
  const elapsed = row.startedAt ? until.getTime() - new Date(row.startedAt).getTime() : 0
  return JobView.parse({
    ...row,
    done: row.doneCount,
    total: row.totalCount,
    ...pace(row.doneCount, row.totalCount, elapsed),
  })
}
