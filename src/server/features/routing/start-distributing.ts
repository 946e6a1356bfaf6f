/** The door to a distribution by hand: at once, or by a job when many people are looked at. */
import type { Actor } from '#core/kernel/actor.ts'
import type { Moved } from '#core/routing/api.ts'
import type { Database } from '#platform/db/database.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { nextBatch } from '../targets/service.ts'
import { findGuarded } from './conditions.ts'
import { type Asked, destinationsOf, distribute } from './distribution.ts'
import { countGoing } from './distribution-queries.ts'
import { byHandJob } from './jobs.ts'

/** What takes longer than a second or so is a job: this many people for one step, or fewer for each of several. */
const mostAtOnce = 20_000

export async function distributeFrom(
  db: Database,
  asked: Asked,
  { now, actor }: { now: Date; actor: Pick<Actor, 'id' | 'name'> },
): Promise<{ steps: Moved[] | null; jobId: number | null }> {
  const into = await destinationsOf(db, asked)
  if ((await countGoing(db, into)) <= mostAtOnce) {
    return { steps: await distribute(db, asked, { now, actor }), jobId: null }
  }
  const { label } = await findGuarded(db, asked.id)
  const stepIds = into.map(({ id }) => id)
  const jobId = await enqueue(
    db,
    byHandJob,
    {
      stepId: asked.id,
      stepIds,
      batch: await nextBatch(db),
      actor: { id: actor.id, name: actor.name },
    },
    {
      subject: label,
      createdBy: actor.id,
      total: stepIds.length,
      // Asked for twice it is done once.
      uniqueKey: `${asked.id}: ${stepIds.join()}`,
    },
  )
  return { steps: null, jobId }
}
