/**
 * A million customers and ten million sale lines from CSV files through the product's own job, roll-up included,
 * beside PostgreSQL's COPY of the very same rows into tables of the same shape with the same indexes.
 * BENCH_ROWS is the number of sale lines; customers are a tenth of it.
 */
import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { getImport, startImport, uploadImport } from '../src/core/imports/api.ts'
import { ImportView } from '../src/core/imports/import.ts'
import { rights } from '../src/core/kernel/right.ts'
import { createApp } from '../src/server/app.ts'
import { importJobs } from '../src/server/features/imports/jobs.ts'
import { readConfig } from '../src/server/platform/config.ts'
import { createDatabase, createPool } from '../src/server/platform/db/database.ts'
import { runDueJobs } from '../src/server/platform/jobs/runner.ts'
import { createLog } from '../src/server/platform/log.ts'
import { createSecrets } from '../src/server/platform/secrets.ts'
import { startCluster } from './support/cluster.ts'
import { cpuSeconds, postmasterOf } from './support/cpu.ts'

const lines = Number(process.env.BENCH_ROWS ?? process.argv[2] ?? 10_000_000)
const customers = Math.round(lines / 10)
const largestMegabytes = 300

await using cluster = await startCluster()
const { url, dataDir } = cluster
const postmaster = postmasterOf(join(dataDir, 'postgres'))
const files = { customers: join(dataDir, 'clients.csv'), sales: join(dataDir, 'ventes.csv') }
console.log(`Writing files of ${customers} customers and ${lines} sale lines…`)
// In a process of its own, so that its memory is not taken for the product's.
execFileSync(process.execPath, [
  join(import.meta.dirname, 'support/csv-files.ts'),
  ...[files.customers, files.sales, String(lines)],
])

await using db = createDatabase(createPool(url, 10))
const services = {
  db,
  config: readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', DEMO: 'no' }),
  secrets: createSecrets('00'.repeat(32)),
  log: createLog('silent'),
  now: () => new Date(),
}
const app = createApp(services, async () => ({
  id: null,
  name: 'bench',
  locale: 'fr',
  rights: new Set(rights),
  keys: [],
}))

async function ask(method: string, path: string, body?: Blob | string): Promise<ImportView> {
  const headers = { 'content-type': typeof body === 'string' ? 'application/json' : 'text/csv' }
  const init: RequestInit =
    body === undefined ? { method } : { method, headers, body, duplex: 'half' }
  const answer = await app.http.request(path, init)
  if (!answer.ok) throw new Error(await answer.text())
  return ImportView.parse(await answer.json())
}

const upload = async (path: string) =>
  ask('POST', `${uploadImport.path}?name=${path.split('/').at(-1)}`, await openAsBlob(path))

const pathOf = (path: string, id: number) => path.replace(':id', String(id))

const before = process.memoryUsage.rss()
let peak = before
const peaks: number[] = []
const sampler = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 50)

async function checkpoint(): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('checkpoint')
  await client.end()
}

type Cost = { seconds: number; node: number; all: number }

async function measured(work: () => Promise<void>): Promise<Cost> {
  await checkpoint()
  const node = process.cpuUsage()
  const all = cpuSeconds(postmaster)
  const start = performance.now()
  await work()
  const own = process.cpuUsage(node)
  return {
    seconds: (performance.now() - start) / 1_000,
    node: (own.user + own.system) / 1e6,
    all: cpuSeconds(postmaster) - all,
  }
}

function say(name: string, { seconds, node, all }: Cost, rows: number): void {
  const each = (cpu: number) => `${((cpu / rows) * 1e6).toFixed(2)} µs`
  console.log(
    `${name.padEnd(30)} ${seconds.toFixed(1).padStart(7)} s  ${Math.round(rows / seconds)} rows/s  CPU per row: node ${each(node)}, PostgreSQL ${each(all - node)}`,
  )
}

async function bring(name: string, path: string, rows: number): Promise<Cost> {
  const started = performance.now()
  const { id, fileSize } = await upload(path)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`upload of ${name}: ${Math.round(fileSize / 2 ** 20)} MB in ${seconds} s`)
  await ask('POST', pathOf(startImport.path, id), '{}')
  const uploaded = peak
  peak = process.memoryUsage.rss()
  const cost = await measured(() => runDueJobs(services, importJobs))
  console.log(
    `peak memory: upload ${Math.round(uploaded / 2 ** 20)} MB, job ${Math.round(peak / 2 ** 20)} MB`,
  )
  peaks.push(uploaded, peak)
  const view = await ask('GET', pathOf(getImport.path, id))
  if (view.state !== 'done' || view.counts?.created !== rows) {
    throw new Error(`${name}: ${view.state} ${view.errorMessage} ${JSON.stringify(view.counts)}`)
  }
  say(`${name}, through the product`, cost, rows)
  return cost
}

const product = [
  await bring('customers', files.customers, customers),
  await bring('sales and roll-up', files.sales, lines),
]
const megabytes = Math.round(Math.max(...peaks) / 2 ** 20)
console.log(
  `peak memory of node: ${megabytes} MB (at most ${largestMegabytes}), ${Math.round(before / 2 ** 20)} MB before it began`,
)
clearInterval(sampler)

/** The rows of a table as COPY wrote them, into its twin. */
async function copied(client: pg.Client, table: string): Promise<Cost> {
  const { rows } = await client.query<{ column: string }>(
    `select column_name as column from information_schema.columns
     where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const columns = rows.map(({ column }) => `"${column}"`).join(', ')
  const path = join(dataDir, `${table}.copy`)
  await pipeline(
    client.query(copyTo(`copy (select ${columns} from ${table} order by ctid) to stdout`)),
    createWriteStream(path),
  )
  await client.query(`create table ${table}_twin (like ${table} including all)`)
  const { size } = await stat(path)
  const cost = await measured(() =>
    pipeline(
      createReadStream(path, { highWaterMark: 2 ** 20 }),
      client.query(copyFrom(`copy ${table}_twin (${columns}) from stdin`)),
    ),
  )
  console.log(`COPY of ${table}: ${Math.round(size / 2 ** 20)} MB in ${cost.seconds.toFixed(1)} s`)
  return cost
}

const client = new pg.Client({ connectionString: url })
await client.connect()
const rival: Cost[] = []
for (const table of ['parties', 'sales', 'sale_lines']) rival.push(await copied(client, table))
await client.end()

const sum = (costs: readonly Cost[]): Cost => ({
  seconds: costs.reduce((total, { seconds }) => total + seconds, 0),
  node: costs.reduce((total, { node }) => total + node, 0),
  all: costs.reduce((total, { all }) => total + all, 0),
})
say('the product, all', sum(product), customers + lines)
say('COPY, all', sum(rival), customers + lines)
const ratio = sum(rival).seconds / sum(product).seconds
console.log(
  `import: ${ratio.toFixed(2)}x (COPY's time / the product's; wanted 0.3), node at most ${megabytes} MB`,
)
