/** What follows from results once they stand: activities, and the way on through the operation. */
import { z } from 'zod'
import type { Actor } from '#core/kernel/actor.ts'
import { Id } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import { defineJob, type Job } from '#platform/jobs/job.ts'
import * as calls from './call-queries.ts'
import * as steps from './step-queries.ts'

/** How long a result can be taken back. */
export const undoSeconds = 10
const day = 86_400_000

const Payload = z.object({ stepId: Id })
export const settleJob = { kind: 'phoning/settle', payload: Payload }

/** People of a step whose call ended with “OK, go on”. */
type GoingOn = { stepId: number; partyIds: number[]; actor: Actor; now: Date }
export type Effect = (db: Database, going: GoingOn) => Promise<unknown>

const nobody: Actor = { id: null, name: 'Malleposte', locale: 'fr', rights: new Set(), keys: [] }

/** `effects`: what other features do for those who go on. */
export function defineSettleJob(effects: readonly Effect[]): Job<typeof Payload> {
  return defineJob(settleJob.kind, Payload, async ({ stepId }, job) => {
    const now = job.now()
    const going = await job.db.transaction().execute(async (db) => {
      const before = new Date(now.getTime() - (undoSeconds + 1) * 1_000)
      const settled = await calls.settle(db, stepId, before)
      const onward = await steps.goingOn(db)
      const partyIds = settled
        .filter(({ status }) => onward.includes(status))
        .map(({ partyId }) => partyId)
      if (partyIds.length > 0)
        for (const effect of effects) await effect(db, { stepId, partyIds, actor: nobody, now })
      await calls.forgetReceipts(db, new Date(now.getTime() - 30 * day))
      return partyIds.length
    })
    return { going }
  })
}
