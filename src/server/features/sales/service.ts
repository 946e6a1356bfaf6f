/** Sales: what customers bought. Purchase history is asked of roll-ups that `refreshPurchases` keeps exact. */
import type { Database } from '#platform/db/database.ts'
import * as ingest from './ingest-queries.ts'
import * as rollup from './rollup-queries.ts'
import * as stale from './stale-queries.ts'
import * as undo from './undo-queries.ts'

/** From how many rebuilt people on the table is worth vacuuming at once instead of when autovacuum comes by. */
const many = 5_000
/** Blocks rebuilt at the same time, each on a connection of its own. */
const workers = 2

type Options = { signal?: AbortSignal; progress?: (done: number, total: number) => void }

/**
 * Rebuilds the purchase history of everyone in `purchases_stale`, each block of people in a transaction of its
 * own (or all in the caller's). Stops between blocks when aborted; whoever is left is still marked, so the
 * next call goes on. Any number may run at the same time. Returns how many people were rebuilt.
 */
export async function refreshPurchases(db: Database, options: Options = {}): Promise<number> {
  const total = await stale.countStale(db)
  const next = createBlocks(db)
  let done = 0
  const work = async () => {
    while (!options.signal?.aborted) {
      const block = await next()
      if (block === undefined) return
      // In two steps: `done +=` around the await would forget what the other worker adds meanwhile.
      const rebuilt = await refreshBlock(db, block)
      done += rebuilt
      options.progress?.(done, Math.max(done, total))
    }
  }
  // A transaction is one connection, which does one thing at a time.
  const count = db.isTransaction || total < many ? 1 : workers
  await Promise.all(Array.from({ length: count }, work))
  if (done >= many && !db.isTransaction) await rollup.settle(db)
  return done
}

/**
 * For who moves sales between a few people: called before it locks their cards, since who rebuilds them waits
 * for those cards while holding the block.
 */
export const holdPurchases = (db: Database, partyIds: readonly number[]) =>
  stale.holdBlocksOf(db, partyIds)

/** Rebuilds the purchase history of these people and nobody else's; theirs must be held. */
export async function rebuildPurchases(db: Database, partyIds: readonly number[]): Promise<void> {
  await stale.takePeople(db, partyIds)
  await rollup.rebuild(db, [...partyIds])
}

/** Gives out the blocks with somebody in them, in order and again from the start, until a whole turn finds nobody. */
function createBlocks(db: Database): () => Promise<number | undefined> {
  let from = 0
  let last: Promise<number | undefined> = Promise.resolve(undefined)
  const find = async () => {
    const block = (await stale.findBlock(db, from)) ?? (await stale.findBlock(db, 0))
    if (block !== undefined) from = block + 1
    return block
  }
  return () => {
    last = last.then(find)
    return last
  }
}

function refreshBlock(db: Database, block: number): Promise<number> {
  const rebuild = async (tx: Database) => {
    const partyIds = await stale.takeBlock(tx, block)
    if (partyIds.length > 0) await rollup.rebuild(tx, partyIds)
    return partyIds.length
  }
  return db.isTransaction ? rebuild(db) : db.transaction().execute(rebuild)
}

/** Tables of the connection that a chunk is copied into, and the dictionaries that its ids come from. */
export const salesIngest = {
  setup: ingest.setup,
  copyLines: ingest.copyLines,
  copyReceipts: ingest.copyReceipts,
  listArticles: ingest.listArticles,
  listDepartments: ingest.listDepartments,
  allocateIds: ingest.allocateIds,
  insertArticles: ingest.insertArticles,
  insertDepartments: ingest.insertDepartments,
}

export type IngestedSales = {
  created: number
  updated: number
  unchanged: number
  /** File lines that were not taken. */
  unknownCustomers: { n: number; value: string }[]
  repeated: { n: number; value: string }[]
}

type Ingest = ingest.IngestOptions & {
  /** Some line number of a receipt may come twice: worth a look. */
  suspicious: boolean
}

/**
 * Writes the chunk that was copied, in the caller's transaction: new lines, lines that changed, nothing for lines
 * that are as they were. Marks the people concerned; `refreshPurchases` brings their history up to date.
 */
export async function ingestSales(db: Database, options: Ingest): Promise<IngestedSales> {
  const { apply, importId } = options
  if (options.unknownCustomer === 'create' && apply) await ingest.createUnknown(db, options)
  await ingest.resolve(db, options)
  const { known, unknown } = await ingest.describe(db)
  const refuses = options.unknownCustomer === 'reject' && unknown > 0
  const unknownCustomers = refuses ? await ingest.refuseUnknown(db) : []
  const twice = options.suspicious ? await ingest.refuseRepeated(db) : []
  const old =
    known > 0
      ? await ingest.compare(db, importId)
      : { created: 0, updated: 0, unchanged: 0, repeated: 0 }
  const again = old.repeated > 0 ? await ingest.listRepeated(db) : []
  let created = 0
  if (apply) {
    await ingest.insertSales(db, importId)
    created = await ingest.insertLines(db, importId)
    if (known > 0) await ingest.applyCompared(db, importId)
    await ingest.markStale(db)
  } else created = await ingest.countNewLines(db)
  await ingest.clear(db)
  return {
    created: created + old.created,
    updated: old.updated,
    unchanged: old.unchanged,
    unknownCustomers,
    repeated: [...twice, ...again],
  }
}

const undoBatch = 20_000

type Stepwise = { signal: AbortSignal; progress: (done: number, total: number) => void }

/** Takes an import's lines back. Goes on where it stopped when called again; the roll-ups are the caller's to refresh. */
export async function undoSales(
  db: Database,
  importId: number,
  { signal, progress }: Stepwise,
): Promise<{ removed: number; restored: number; keptChanged: number }> {
  const restored = await db.transaction().execute((tx) => undo.restoreChanged(tx, importId))
  const range = await undo.findRange(db, importId)
  const done = { removed: 0, restored, keptChanged: 0 }
  if (!range) return done
  for (let first = range.first; first <= range.last && !signal.aborted; first += undoBatch) {
    const slice = { first, last: first + undoBatch - 1 }
    const { removed, kept } = await db
      .transaction()
      .execute((tx) => undo.removeRange(tx, importId, slice))
    done.removed += removed
    done.keptChanged += kept
    progress(first - range.first, range.last - range.first + 1)
  }
  return done
}
