/** Work on many people of a step. */
import { z } from 'zod'
import { Id } from '#core/kernel/values.ts'
import { TargetSource } from '#core/targets/source.ts'
import { TargetPeople } from '#core/targets/target.ts'
import { stoppable } from '#platform/db/stoppable.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { addNow, refreshNow } from './adding.ts'
import { once } from './addition-queries.ts'
import { type AfterStatus, changeSome, Doer, TargetChange } from './changes.ts'
import * as people from './people-queries.ts'

/** One statement, stopped as it runs when it is cancelled; run again it answers what it did before. */
export const addJob = defineJob(
  'targets/add',
  z.object({ stepId: Id, source: TargetSource, batch: Id, actor: Doer }),
  async ({ actor, ...asked }, job) => {
    const { stepId, batch } = asked
    const { added } = await stoppable(job.db, job.signal, (trx) =>
      once(trx, asked, async () => ({
        added: await addNow(trx, actor, { ...asked, now: job.now() }),
        removed: 0,
      })),
    )
    return { stepId, batch, added }
  },
)

/** In one transaction, as the addition. */
export const refreshJob = defineJob(
  'targets/refresh',
  z.object({ stepId: Id, enter: z.boolean(), leave: z.boolean(), batch: Id, actor: Doer }),
  async ({ actor, ...wanted }, job) => {
    const { stepId, batch } = wanted
    const { added, removed } = await stoppable(job.db, job.signal, (trx) =>
      once(trx, wanted, () => refreshNow(trx, actor, { ...wanted, now: job.now() })),
    )
    return { stepId, batch, added, removed }
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
