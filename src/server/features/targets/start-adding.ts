/** The door to an addition: at once, or by a job when it is large. */
import type { Actor } from '#core/kernel/actor.ts'
import type { Addition } from '#core/targets/api.ts'
import type { Database } from '#platform/db/database.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { type Asked, addNow, proposeTargets, refuseAgain, stepFor } from './adding.ts'
import { nextBatch } from './admit-queries.ts'
import { addJob } from './jobs.ts'

/** More people than this come in by a job. */
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
