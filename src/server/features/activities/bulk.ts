/** Work on many activities as jobs: reassign, complete, cancel, reopen, move, and taking any of them back. */
import { z } from 'zod'
import { ActivityAction, ActivitySelection } from '#core/activities/activity.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { Id } from '#core/kernel/values.ts'
import type { Context } from '#platform/http/app.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import { companyZone } from '../company/service.ts'
import * as bulk from './bulk-queries.ts'
import * as activities from './queries.ts'
import { noSuch } from './refusals.ts'
import { selected, visible } from './where-queries.ts'

type On = Pick<Context, 'db' | 'actor' | 'now'>

/** Who ordered it, with the keys held then: a job sees no more than that person did. */
const By = z.object({ id: z.string().nullable(), keys: z.array(z.number()) })

const Payload = z.object({
  work: z.union([
    z.object({ selection: ActivitySelection, action: ActivityAction }),
    z.object({ undo: Id }),
  ]),
  by: By,
})

export const bulkJob = defineJob('activities/bulk', Payload, async ({ work, by }, job) => {
  const clock = { now: job.now(), zone: await companyZone(job.db) }
  const { now } = clock
  const changed = await job.db.transaction().execute((db) =>
    'undo' in work
      ? bulk.takeBack(db, { jobId: job.id, undo: work.undo, where: visible(by), now })
      : bulk.change(db, {
          jobId: job.id,
          where: selected(work.selection, by, clock),
          action: work.action,
          now,
        }),
  )
  job.progress(changed, changed)
  return { changed }
})

type Order = { selection: ActivitySelection; action: ActivityAction }

export async function orderBulk(
  { db, actor, now }: On,
  { selection, action }: Order,
): Promise<number> {
  if (action.kind === 'reassign' && action.ownerId !== null) {
    if (!(await activities.isUser(db, action.ownerId))) throw noSuch('owner')
  }
  const clock = { now, zone: await companyZone(db) }
  const count = await activities.count(db, selected(selection, actor, clock))
  await audit(db, actor, `activities/bulk-${action.kind}`, '', { activities: count, ...action })
  const by = { id: actor.id, keys: [...actor.keys] }
  return enqueue(
    db,
    bulkJob,
    { work: { selection, action }, by },
    { createdBy: actor.id, total: count },
  )
}

export async function orderUndo({ db, actor }: On, jobId: number): Promise<number> {
  if (!(await bulk.hasChanges(db, jobId)))
    throw new AppError('not-found', 'activities/nothing-to-undo', 'This job changed no activity.')
  if (await bulk.isUndone(db, jobId))
    throw new AppError('conflict', 'activities/already-undone', 'This job was taken back already.')
  await audit(db, actor, 'activities/bulk-undo', '', { jobId })
  const by = { id: actor.id, keys: [...actor.keys] }
  const options = { createdBy: actor.id, uniqueKey: bulk.undoKey(jobId) }
  return enqueue(db, bulkJob, { work: { undo: jobId }, by }, options)
}
