import { sql } from 'kysely'
import { JobView, pace } from '#core/jobs/job.ts'
import type { Database } from '#platform/db/database.ts'

/** Whose jobs: one person's, or everyone's. */
export type Scope = { createdBy: string } | 'everyone'

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

/** A queued job ends at once; a running one is asked to. False when it is over already or not theirs. */
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
    .$if(scope !== 'everyone', (q) =>
      q.where('createdBy', '=', scope === 'everyone' ? '' : scope.createdBy),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function select(db: Database, scope: Scope) {
  const query = db.selectFrom('jobs').selectAll()
  return scope === 'everyone' ? query : query.where('createdBy', '=', scope.createdBy)
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
