/** Sales: what customers bought. Purchase history is asked of roll-ups that `refreshPurchases` keeps exact. */
import type { Database } from '#platform/db/database.ts'
import * as rollup from './rollup-queries.ts'

const batch = 20_000
/** From how many rebuilt people on the table is worth vacuuming at once instead of when autovacuum comes by. */
const many = 5_000

type Options = { signal?: AbortSignal; progress?: (done: number, total: number) => void }

/**
 * Rebuilds the purchase history of everyone in `purchases_stale`, each batch in a transaction of its own
 * (or all in the caller's). Stops between batches when aborted; whoever is left is still marked, so the
 * next call goes on. Any number may run at the same time. Returns how many people were rebuilt.
 */
export async function refreshPurchases(db: Database, options: Options = {}): Promise<number> {
  const total = await rollup.countStale(db)
  let done = 0
  while (!options.signal?.aborted) {
    const taken = await refreshBatch(db)
    if (taken === 0) break
    done += taken
    options.progress?.(done, Math.max(done, total))
  }
  if (done >= many && !db.isTransaction) await rollup.settle(db)
  return done
}

async function refreshBatch(db: Database): Promise<number> {
  if (db.isTransaction) return takeAndRebuild(db)
  return db.transaction().execute(takeAndRebuild)
}

async function takeAndRebuild(db: Database): Promise<number> {
  const partyIds = await rollup.takeStale(db, batch)
  if (partyIds.length > 0) await rollup.rebuild(db, partyIds)
  return partyIds.length
}
