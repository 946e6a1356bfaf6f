/** The people whose purchase history is behind their lines, taken by blocks of ids. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

/** Ids of one block: enough that what a block costs whatever it holds is nothing. */
const blockSize = 16_384
/** Names the locks of blocks among the database's advisory locks. */
const lockClass = 7_203

/** About how many people are marked; a heap may name one twice. */
export async function countStale(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('purchasesStale')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** The first block from `from` on with somebody in it. */
export async function findBlock(db: Database, from: number): Promise<number | undefined> {
  const first = await db
    .selectFrom('purchasesStale')
    .select('partyId')
    .where('partyId', '>=', from * blockSize)
    .orderBy('partyId')
    .limit(1)
    .executeTakeFirst()
  return first && Math.floor(first.partyId / blockSize)
}

/** Holds the rebuilding of these people's blocks until the transaction ends; always in one order. */
export async function holdBlocksOf(db: Database, partyIds: readonly number[]): Promise<void> {
  const blocks = [...new Set(partyIds.map((id) => Math.floor(id / blockSize)))]
  for (const block of blocks.sort((a, b) => a - b))
    await sql`select pg_advisory_xact_lock(${lockClass}, ${block})`.execute(db)
}

/** Takes away the marks of these people alone. */
export async function takePeople(db: Database, partyIds: readonly number[]): Promise<void> {
  await sql`delete from purchases_stale where party_id = any(${partyIds}::bigint[])`.execute(db)
}

/**
 * Takes all marks of a block away and tells whose they were, in order. Waits for a rebuild of the same block:
 * two at once would both write the rows of a person who was marked again in between.
 */
export async function takeBlock(db: Database, block: number): Promise<number[]> {
  await sql`select pg_advisory_xact_lock(${lockClass}, ${block}), set_config('work_mem', '64MB', true)`.execute(
    db,
  )
  const { rows } = await sql<{ partyId: number }>`
    with gone as (
      delete from purchases_stale
      where party_id >= ${block * blockSize}::bigint and party_id < ${(block + 1) * blockSize}::bigint
      returning party_id
    )
    select distinct party_id from gone order by party_id`.execute(db)
  return rows.map((row) => row.partyId)
}
