/** The door to an addition and a refresh: at once, or by a job when they are large. */
import type { Actor } from '#core/kernel/actor.ts'
import type { Addition, Refreshed } from '#core/targets/api.ts'
import type { Database } from '#platform/db/database.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import {
  type Asked,
  addNow,
  previewRefresh,
  proposeTargets,
  refreshNow,
  refuseAgain,
  stepFor,
} from './adding.ts'
import { nextBatch } from './admit-queries.ts'
import { addJob, refreshJob } from './jobs.ts'

/** More people than this come in, or in and out, by a job. */
const mostAtOnce = 20_000

/** Adds them now, or by a job when they are many. */
export async function addTargets(
  db: Database,
  actor: Pick<Actor, 'id' | 'name'>,
  asked: Asked,
): Promise<Addition> {
  const step = await stepFor(db, asked.stepId)
  await refuseAgain(db, asked)
  const { added } = await proposeTargets(db, asked)
  const batch = await nextBatch(db)
  if (added <= mostAtOnce) {
    const done = await addNow(db, actor, { ...asked, batch })
    return { added: done, batch, jobId: null }
  }
  const jobId = await enqueue(
    db,
    addJob,
    { stepId: step.id, source: asked.source, batch, actor: { id: actor.id, name: actor.name } },
    { subject: step.label, createdBy: actor.id, total: added },
  )
  return { added: null, batch, jobId }
}

type Wanted = { stepId: number; enter: boolean; leave: boolean }

export async function refreshTargets(
  db: Database,
  actor: Pick<Actor, 'id' | 'name'>,
  { now, ...wanted }: Wanted & { now: Date },
): Promise<Refreshed> {
  const step = await stepFor(db, wanted.stepId)
  const { enter, leave } = await previewRefresh(db, step.id, now)
  const total = (wanted.enter ? enter : 0) + (wanted.leave ? leave : 0)
  const batch = await nextBatch(db)
  if (total <= mostAtOnce) {
    const { added, removed } = await refreshNow(db, actor, { ...wanted, batch, now })
    return { entered: added, left: removed, batch, jobId: null }
  }
  const by = { id: actor.id, name: actor.name }
  const about = { subject: step.label, createdBy: actor.id, total }
  const jobId = await enqueue(db, refreshJob, { ...wanted, batch, actor: by }, about)
  return { entered: null, left: null, batch, jobId }
}
