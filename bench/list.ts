/** The customer list at a million cards, asked through the API: pages, deep pages, searches, sorts. */

import { rights } from '../src/core/kernel/right.ts'
import { indexedKeys, sortKeys } from '../src/core/parties/list.ts'
import { countParties, listParties } from '../src/core/parties/list-api.ts'
import { createApp } from '../src/server/app.ts'
import { readConfig } from '../src/server/platform/config.ts'
import { createDatabase, createPool } from '../src/server/platform/db/database.ts'
import { createLog } from '../src/server/platform/log.ts'
import { createSecrets } from '../src/server/platform/secrets.ts'
import { startCluster } from './support/cluster.ts'
import { cpuSeconds, postmasterOf } from './support/cpu.ts'
import { print, summarise, timed } from './support/measure.ts'
import { seedParties, seedPurchases } from './support/seed.ts'

const people = Number(process.argv[2] ?? 1_000_000)
const limitMs = 150
const runs = 40

await using cluster = await startCluster()
console.log(`Seeding ${people.toLocaleString('en')} customers…`)
await seedParties(cluster.url, people)
await seedPurchases(cluster.url, people)

await using db = createDatabase(createPool(cluster.url, 5))
const app = createApp(
  {
    db,
    config: readConfig({ DATA_DIR: cluster.dataDir, LOG_LEVEL: 'silent', DEMO: 'no' }),
    secrets: createSecrets('00'.repeat(32)),
    log: createLog('silent'),
    now: () => new Date(),
  },
  async () => ({ id: null, name: 'bench', locale: 'fr', rights: new Set(rights), keys: [] }),
)

async function ask(path: string, body: object): Promise<unknown> {
  const answer = await app.http.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

const list = (body: object) => ask(listParties.path, { limit: 100, total: people, ...body })
const words =
  'ma|dup|martin|lefevre z|zoe|marie d|lyon|st|06 12|+33 6 98|69|zoe.roux12|K00012'.split('|')
const spread = (run: number) => Math.floor(((run * 0.618) % 1) * people)

const questions: Record<string, (run: number) => Promise<unknown>> = {
  'first page': () => list({}),
  'any page, by name': (run) => list({ offset: spread(run) }),
  search: (run) => list({ search: words[run % words.length], total: undefined }),
  ...Object.fromEntries(
    indexedKeys.flatMap((key) => [
      [`sort by ${key}`, (run: number) => list({ sort: { key, descending: run % 2 === 0 } })],
      [
        `sort by ${key}, any page`,
        (run: number) => list({ sort: { key, descending: run % 2 === 0 }, offset: spread(run) }),
      ],
    ]),
  ),
  // A search leaves few enough for the orders without an index.
  'search, sorted by any': (run) =>
    list({
      search: 'martin z',
      sort: { key: sortKeys[run % sortKeys.length], descending: false },
      total: undefined,
    }),
}

const postmaster = postmasterOf(`${cluster.dataDir}/postgres`)
const all: number[] = []
const cpuBefore = cpuSeconds(postmaster)
for (const [name, question] of Object.entries(questions)) {
  await question(0)
  const times: number[] = []
  for (let run = 1; run <= runs; run++) times.push(await timed(() => question(run)))
  print(summarise(name, times))
  all.push(...times)
}
const cpuMs =
  ((cpuSeconds(postmaster) - cpuBefore) * 1_000) / (all.length + Object.keys(questions).length)
const counts: number[] = []
for (let run = 0; run < runs; run++)
  counts.push(await timed(() => ask(countParties.path, { search: run % 2 ? '' : words[run % 7] })))
print(summarise('exact count (a request of its own)', counts))

const total = summarise('every page, search and sort', all)
print(total)
// What a request costs whatever else the machine is doing.
console.log(`CPU of the API and the database: ${cpuMs.toFixed(1)} ms per request`)
console.log(`list: ${(limitMs / total.p95).toFixed(2)}x (limit ${limitMs} ms / measured p95)`)
