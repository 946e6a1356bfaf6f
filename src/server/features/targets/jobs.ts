/** Work on many people of a step. */
import { z } from 'zod'
import { Id } from '#core/kernel/values.ts'
import { TargetSource } from '#core/targets/source.ts'
import { TargetPeople } from '#core/targets/target.ts'
import { stoppable } from '#platform/db/stoppable.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { addNow } from './adding.ts'
import { type AfterStatus, changeSome, Doer, TargetChange } from './changes.ts'
import * as people from './people-queries.ts'

/** One statement, stopped as it runs when it is cancelled; run again it finds the selection kept and everybody there. */
export const addJob = defineJob(
  'targets/add',
  z.object({ stepId: Id, source: TargetSource, batch: Id, actor: Doer }),
  async ({ actor, ...asked }, job) => {
    const added = await stoppable(job.db, job.signal, (trx) =>
      addNow(trx, actor, { ...asked, now: job.now() }),
    )
    return { stepId: asked.stepId, batch: asked.batch, added }
  },
)

const atOnce = 2_000

/** What it takes to queue one. */
export const bulkJob = {
  kind: 'targets/bulk',
  payload: z.object({
    stepId: Id,
    people: TargetPeople,
    change: TargetChange,
    actor: Doer,
    total: z.number().int(),
  }),
}

/** Batch by batch in the order of the ids: whoever changed already is changed to the same again. */
export const defineBulkTargetsJob = (afterStatus: readonly AfterStatus[]) =>
  defineJob(
    bulkJob.kind,
    bulkJob.payload,
    async ({ stepId, change, actor, total, ...who }, job) => {
      let [changed, done, after] = [0, 0, 0]
      while (!job.signal.aborted) {
        const ids = await people.idsMeant(job.db, stepId, { ...who, after, limit: atOnce })
        if (ids.length === 0) break
        changed += await job.db
          .transaction()
          .execute((trx) =>
            changeSome(trx, { stepId, ids, change, actor, now: job.now() }, afterStatus),
          )
        after = ids.at(-1) ?? after
        done += ids.length
        job.progress(Math.min(done, total), total)
      }
      return { stepId, changed, of: done }
    },
  )
