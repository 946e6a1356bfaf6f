/**
 * The segment of X-4 (not seen for two months, more than 300 € in the last twelve, bought shirts) over a
 * million customers and ten million sale lines: the product's counters beside the plain query over the lines.
 * BENCH_ROWS scales the lines down for a try; BENCH_DIR keeps the data for the next run.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { allOf } from '../src/core/segments/criteria.ts'
import { refreshPurchases } from '../src/server/features/sales/service.ts'
import { countSelection, matching } from '../src/server/features/segments/service.ts'
import { createDatabase, createPool, type Database } from '../src/server/platform/db/database.ts'
import { startEmbedded } from '../src/server/platform/db/embedded.ts'
import { migrate } from '../src/server/platform/db/migrate.ts'
import { cpuSeconds, postmasterOf } from './support/cpu.ts'
import { seedParties } from './support/seed.ts'
import { seedSales, shirts } from './support/seed-sales.ts'

const lines = Number(process.env.BENCH_ROWS ?? 10_000_000)
const customers = lines / 10
const now = new Date('2026-11-22T12:00:00')
const limitMs = 300

const x4 = matching(
  allOf(
    { kind: 'visit', which: 'last', test: { op: 'older-than', n: 2, unit: 'months' } },
    {
      kind: 'purchases',
      measure: 'revenue',
      currency: 'EUR',
      window: { kind: 'last', n: 12, unit: 'months' },
      of: null,
      test: { op: 'more-than', value: 30_000 },
    },
    { kind: 'bought', op: 'any', what: 'department', ids: [shirts], window: { kind: 'ever' } },
  ),
  true,
)

type Counted = {
  total: number
  selected: number
  withEmail: number
  withMobile: number
  leftOut: number
}

/** What one would write without the roll-up: the same question put to the lines. */
async function countPlainly(db: Database): Promise<Counted> {
  const { rows } = await sql<Counted>`
    with history as (
      select party_id, max(sold_on) as last_on,
        sum(amount) filter (where currency = 'EUR' and sold_on between '2025-11-22' and '2026-11-22') as revenue,
        bool_or(department_id = ${shirts} and (quantity > 0 or amount > 0)) as shirts
      from sale_lines where party_id is not null group by party_id
    ), chosen as (
      select p.* from history as h join parties as p on p.id = h.party_id and p.deleted_at is null
      where h.last_on < '2026-09-22' and h.revenue > 30000 and h.shirts
    )
    select (select count(*) from parties where deleted_at is null) as total,
      count(*) filter (where not do_not_contact) as selected,
      count(*) filter (where not do_not_contact and has_email) as with_email,
      count(*) filter (where not do_not_contact and has_mobile) as with_mobile,
      count(*) filter (where do_not_contact) as left_out
    from chosen`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a count has a row')
  return row
}

async function seeded(db: Database, url: string): Promise<void> {
  await migrate(url)
  const { rows } = await sql<{ n: number }>`select count(*) as n from parties`.execute(db)
  if (rows[0]?.n === customers) return
  console.log(`seeding ${customers} customers and ${lines} lines…`)
  const start = performance.now()
  await seedParties(url, customers)
  await seedSales(url, lines, customers)
  const rolled = performance.now()
  await refreshPurchases(db)
  const seconds = (ms: number) => (ms / 1_000).toFixed(1)
  console.log(
    `seeded in ${seconds(rolled - start)} s, rolled up in ${seconds(performance.now() - rolled)} s`,
  )
}

type Timing = { ms: number; cpuMs: number; counted: Counted }

/** The median of `times` runs after as many warm-ups as it takes to have read everything once. */
async function measure(
  name: string,
  { times, postmaster }: { times: number; postmaster: number },
  run: () => Promise<Counted>,
): Promise<Timing> {
  for (let warm = 0; warm < 2; warm++) await run()
  const took: number[] = []
  const cpuBefore = cpuSeconds(postmaster)
  let counted = await run()
  for (let at = 0; at < times; at++) {
    const start = performance.now()
    counted = await run()
    took.push(performance.now() - start)
  }
  const cpuMs = ((cpuSeconds(postmaster) - cpuBefore) * 1_000) / (times + 1)
  const ms = took.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
  const spread = `${took[0]?.toFixed(0)}–${took.at(-1)?.toFixed(0)}`
  console.log(`${name}: median ${ms.toFixed(0)} ms (${spread}), ${cpuMs.toFixed(0)} ms of CPU`)
  return { ms, cpuMs, counted }
}

const kept = process.env.BENCH_DIR
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'malleposte-bench-')))
await mkdir(folder, { recursive: true })
const server = await startEmbedded(folder, ['fsync=off'])
const db = createDatabase(createPool(server.url, 4))
try {
  await seeded(db, server.url)
  const postmaster = postmasterOf(join(folder, 'postgres'))
  const own = await measure('product', { times: 15, postmaster }, () => countSelection(db, x4, now))
  const plain = await measure('plain query', { times: 3, postmaster }, () => countPlainly(db))
  const { total, selected, withEmail, withMobile, leftOut } = own.counted
  const same = { total, selected, withEmail, withMobile, leftOut }
  console.log('product', same)
  if (JSON.stringify(same) !== JSON.stringify(plain.counted)) {
    throw new Error(`the plain query counts otherwise: ${JSON.stringify(plain.counted)}`)
  }
  console.log(
    `${customers} customers, ${lines} lines; limit ${limitMs} ms ${own.ms <= limitMs ? 'kept' : 'MISSED'}; ` +
      `CPU ratio ${(plain.cpuMs / own.cpuMs).toFixed(1)}x`,
  )
  console.log(
    `segment: ${(plain.ms / own.ms).toFixed(1)}x faster than the plain query over the lines ` +
      `(${own.ms.toFixed(0)} ms against ${plain.ms.toFixed(0)} ms)`,
  )
} finally {
  await db.destroy()
  await server.stop()
  if (!kept) await rm(folder, { recursive: true, force: true })
}
