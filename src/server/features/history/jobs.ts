import { z } from 'zod'
import type { Services } from '#platform/http/app.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import * as activities from '../activities/service.ts'
import { compactTally, sweepFiles } from '../parties/service.ts'
import { compactTallies } from '../targets/service.ts'
import { purge } from './purge-queries.ts'

const day = 86_400_000
/** How long a deleted card can be brought back. */
const graceDays = 30

export const purgeJob = defineJob('parties/purge', z.object({}), async (_, job) => {
  const before = new Date(job.now().getTime() - graceDays * day)
  let removed = 0
  while (!job.signal.aborted) {
    const gone = await job.db.transaction().execute((trx) => purge(trx, before, 500))
    if (gone === 0) break
    removed += gone
    job.progress(removed)
  }
  await compactTally(job.db)
  await compactTallies(job.db)
  await activities.sweepFiles(job)
  await sweepFiles(job)
  if (!job.stopping()) await schedulePurge(job, new Date(job.now().getTime() + day))
  return { removed }
})

/** Once a day, whatever number of processes ask for it. */
export async function schedulePurge({ db }: Pick<Services, 'db'>, at: Date): Promise<void> {
  const uniqueKey = at.toISOString().slice(0, 10)
  await enqueue(db, purgeJob, {}, { runAt: at, uniqueKey })
}
