/**
 * What somebody leaves behind who is put at “OK, go on” by hand (D-79, A-15): the step's activity, once the status can
 * no longer be taken back, as at the call desk. Where a step sends messages the activity comes with the sending.
 */
import { z } from 'zod'
import { hasMessages } from '#core/delivery/launch.ts'
import { Id, Instant } from '#core/kernel/values.ts'
import { undoSeconds } from '#core/targets/target.ts'
import type { Database } from '#platform/db/database.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { generateActivities } from '../activities/service.ts'
import { Doer, type StatusGiven } from './changes.ts'
import { activityChannel, putOnward } from './onward-queries.ts'

const second = 1_000
/** Changes within this time are followed together. */
const together = 5 * second

export const activitiesJob = defineJob(
  'targets/activities',
  z.object({ stepId: Id, from: Instant, until: Instant, by: Doer }),
  async ({ stepId, by, ...span }, job) => {
    const people = putOnward({ stepId, by: by.name, ...span })
    const { generated } = await job.db
      .transaction()
      .execute((trx) =>
        generateActivities(trx, { stepId, people, now: job.now(), actor: { id: by.id } }),
      )
    return { stepId, generated }
  },
)

/** In the transaction of the change. Who has another status when the job looks gets nothing. */
export async function leaveActivities(
  db: Database,
  { stepId, status, actor, now }: StatusGiven,
): Promise<void> {
  const channel = await activityChannel(db, { stepId, status })
  if (channel === undefined || hasMessages(channel)) return
  const from = Math.floor(now.getTime() / together) * together
  const until = from + together
  const at = (ms: number) => new Date(ms).toISOString()
  await enqueue(
    db,
    activitiesJob,
    { stepId, from: at(from), until: at(until), by: actor },
    {
      runAt: new Date(until + (undoSeconds + 2) * second),
      uniqueKey: `${stepId} ${from} ${actor.id ?? ''}`,
    },
  )
}
