/** The scheduled task "Customer merge" (P-S6): sure duplicates, once a night, when the settings say so. */
import { z } from 'zod'
import { choicesOf, chosenValues } from '#core/duplicates/merge.ts'
import { nextNight } from '#core/duplicates/night.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { Instant } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { companyZone } from '../company/service.ts'
import { findParties } from '../parties/service.ts'
import * as ledger from './ledger-queries.ts'
import { merge } from './merge.ts'

/** The program itself. */
const nobody: Actor = { id: null, name: 'Malleposte', locale: 'fr', rights: new Set(), keys: [] }

export const nightlyMergeJob = defineJob(
  'duplicates/merge',
  z.object({ hour: z.number().int(), at: Instant }),
  async ({ hour, at }, job) => {
    const { enabled, hour: wanted } = await ledger.settings(job.db)
    // Switched off or moved to another hour since this night was planned.
    if (!enabled || hour !== wanted) return { merged: 0, skipped: 0 }
    // First of all: a night that fails must not be the last.
    await scheduleNight(job.db, new Date(Math.max(job.now().getTime(), Date.parse(at))))
    return mergeAll(job)
  },
)

/** Plans the night that follows the instant, once whatever number of processes ask for it; nothing while it is switched off. */
export async function scheduleNight(db: Database, after: Date): Promise<void> {
  const { enabled, hour } = await ledger.settings(db)
  if (!enabled) return
  const runAt = nextNight(after, hour, await companyZone(db))
  const at = runAt.toISOString()
  await enqueue(db, nightlyMergeJob, { hour, at }, { runAt, uniqueKey: at })
}

type Tally = { merged: number; refused: Set<string> }

/** In turns until one merges nobody: a merge can bring two more cards together. */
async function mergeAll(job: JobRun): Promise<{ merged: number; skipped: number }> {
  const tally: Tally = { merged: 0, refused: new Set() }
  let before = -1
  while (tally.merged > before && !job.signal.aborted) {
    before = tally.merged
    for (const twin of await ledger.twins(job.db)) {
      if (job.signal.aborted) break
      await countTwins(job, twin, tally)
    }
  }
  return { merged: tally.merged, skipped: tally.refused.size }
}

async function countTwins(job: JobRun, twin: ledger.Twin, tally: Tally): Promise<void> {
  const name = `${twin.keptId} ${twin.lostId}`
  if (tally.refused.has(name)) return
  const outcome = await mergeTwins(job, twin)
  if (outcome === 'merged') tally.merged += 1
  if (outcome === 'refused') tally.refused.add(name)
  job.progress(tally.merged)
}

/** `gone` when one of them was merged into another in this turn; `refused` when a value of the card does not fit. */
async function mergeTwins(
  job: JobRun,
  { keptId, lostId, reason }: ledger.Twin,
): Promise<'merged' | 'gone' | 'refused'> {
  const [card, lost] = await findParties(job.db, [keptId, lostId])
  if (!card || !lost) return 'gone'
  const values = chosenValues(choicesOf(card, lost))
  const night = { jobId: job.id, reason }
  try {
    await job.db
      .transaction()
      .execute((trx) => merge(trx, { id: keptId, other: lostId, values, night }, nobody))
    return 'merged'
  } catch (error) {
    if (error instanceof AppError) return 'refused'
    throw error
  }
}
