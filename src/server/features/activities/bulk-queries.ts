/** One statement changes many activities and notes what it changed; another takes it back. */
import { type RawBuilder, sql } from 'kysely'
import type { ActivityAction } from '#core/activities/activity.ts'
import { assertNever } from '#core/kernel/assert-never.ts'
import type { Database } from '#platform/db/database.ts'
import type { Condition } from './where-queries.ts'

/** The columns that bulk work can touch, as they are compared and restored. */
const touched = (alias: string) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`jsonb_build_object('owner_id', ${column('ownerId')}, 'state', ${column('state')},
    'done_at', ${column('doneAt')}, 'starts_at', ${column('startsAt')}, 'ends_at', ${column('endsAt')},
    'result', ${column('result')})`
}

type Change = { set: RawBuilder<unknown>; where: RawBuilder<unknown> }

/** What an action sets, and on which it makes a difference. A result that the type demands is not passed over. */
function changeOf(action: ActivityAction, now: Date): Change {
  switch (action.kind) {
    case 'reassign':
      return {
        set: sql`owner_id = ${action.ownerId}::text`,
        where: sql`a.owner_id is distinct from ${action.ownerId}::text`,
      }
    case 'state': {
      const { state, result } = action
      return {
        set: sql`state = ${state}, done_at = ${state === 'done' ? now : null}::timestamptz,
          result = coalesce(nullif(${result}, ''), a.result)`,
        where: sql`a.state <> ${state} and not (${state} = 'done' and ${result} = '' and a.result = ''
          and exists (select from activity_types y where y.id = a.type_id and y.fields ->> 'result' = 'mandatory'))`,
      }
    }
    case 'move':
      return {
        set: sql`starts_at = a.starts_at + make_interval(days => ${action.days}::int),
          ends_at = a.ends_at + make_interval(days => ${action.days}::int)`,
        where: sql`${action.days}::int <> 0`,
      }
    case 'date':
      return {
        set: sql`starts_at = ${action.startsAt}::timestamptz,
          ends_at = a.ends_at + (${action.startsAt}::timestamptz - a.starts_at)`,
        where: sql`a.starts_at <> ${action.startsAt}::timestamptz`,
      }
    default:
      return assertNever(action)
  }
}

export type Bulk = { jobId: number; where: Condition; action: ActivityAction; now: Date }

/** How many were changed; nothing when the job has done its work before. */
export async function change(db: Database, { jobId, where, action, now }: Bulk): Promise<number> {
  const { set, where: differs } = changeOf(action, now)
  const { rows } = await sql<{ n: number }>`
    with chosen as (
      select a.id, ${touched('a')} as before from activities a
      where ${where} and ${differs} and not exists (select from activity_changes where job_id = ${jobId})
      for update of a
    ), changed as (
      update activities a set ${set}, version = a.version + 1, updated_at = ${now}::timestamptz
      from chosen where a.id = chosen.id returning a.id, chosen.before, ${touched('a')} as after
    ), noted as (
      insert into activity_changes (job_id, activity_id, before, after)
      select ${jobId}, id, before, after from changed returning 1
    )
    select count(*) as n from noted`.execute(db)
  return rows[0]?.n ?? 0
}

export type Undo = { jobId: number; undo: number; where: Condition; now: Date }

/** Restores what nobody has changed since. */
export async function takeBack(db: Database, { jobId, undo, where, now }: Undo): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with chosen as (
      select a.id, was.before, was.after from activity_changes was join activities a on a.id = was.activity_id
      where was.job_id = ${undo} and ${touched('a')} = was.after and ${where}
        and not exists (select from activity_changes where job_id = ${jobId})
      for update of a
    ), changed as (
      update activities a set owner_id = (select id from users where id = chosen.before ->> 'owner_id'),
        state = chosen.before ->> 'state', done_at = (chosen.before ->> 'done_at')::timestamptz,
        starts_at = (chosen.before ->> 'starts_at')::timestamptz,
        ends_at = (chosen.before ->> 'ends_at')::timestamptz, result = chosen.before ->> 'result',
        version = a.version + 1, updated_at = ${now}::timestamptz
      from chosen where a.id = chosen.id returning a.id, chosen.before, chosen.after
    ), noted as (
      insert into activity_changes (job_id, activity_id, before, after)
      select ${jobId}, id, after, before from changed returning 1
    )
    select count(*) as n from noted`.execute(db)
  return rows[0]?.n ?? 0
}

export async function hasChanges(db: Database, jobId: number): Promise<boolean> {
  const row = await db
    .selectFrom('activityChanges')
    .select('activityId')
    .where('jobId', '=', jobId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const undoKey = (jobId: number) => `undo:${jobId}`

export async function isUndone(db: Database, jobId: number): Promise<boolean> {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where('kind', '=', 'activities/bulk')
    .where('uniqueKey', '=', undoKey(jobId))
    .where('state', 'in', ['queued', 'running', 'done'])
    .executeTakeFirst()
  return row !== undefined
}
