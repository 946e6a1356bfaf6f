/** Opening an operation of a million targets in 30 steps: its page, and the first people of its largest step. */
import { getOperation, listOperations } from '../src/core/operations/api.ts'
import { countTargets, listTargets } from '../src/core/targets/api.ts'
import { createDatabase, createPool } from '../src/server/platform/db/database.ts'
import { benchApp } from './support/app.ts'
import { startCluster } from './support/cluster.ts'
import { cpuSeconds, postmasterOf } from './support/cpu.ts'
import { print, summarise, timed } from './support/measure.ts'
import { connect, seedParties } from './support/seed.ts'

const targets = Number(process.argv[2] ?? 1_000_000)
const stepCount = 30
const limitMs = 200
const runs = 60

await using cluster = await startCluster()
console.log(`Seeding an operation of ${targets.toLocaleString('en')} targets…`)
await seedParties(cluster.url, Math.ceil(targets / 2))
const operationId = await seedOperation()

await using db = createDatabase(createPool(cluster.url, 5))
const app = benchApp(db, cluster.dataDir)
const { steps } = await app.call(getOperation, { id: operationId })
const largest = steps.find(({ label }) => label === 'Étape 1')?.id ?? 0
const people = steps.flatMap(({ statuses }) => Object.values(statuses))
console.log(
  `${steps.length} steps, ${people.reduce((sum, some) => sum + some, 0).toLocaleString('en')} people`,
)

const questions = {
  'the operation': () => app.call(getOperation, { id: operationId }),
  'the first of its people': () => app.call(listTargets, { id: largest }),
  'how many they are': () => app.call(countTargets, { id: largest }),
  'the list it stands in': () => app.call(listOperations, {}),
}
const postmaster = postmasterOf(`${cluster.dataDir}/postgres`)
const times = new Map<string, number[]>(Object.keys(questions).map((name) => [name, []]))
const opened: number[] = []
for (const question of Object.values(questions)) await question()
const cpuBefore = cpuSeconds(postmaster)
for (let run = 0; run < runs; run++) {
  let opening = 0
  for (const [name, question] of Object.entries(questions)) {
    const taken = await timed(question)
    times.get(name)?.push(taken)
    if (name !== 'the list it stands in') opening += taken
  }
  opened.push(opening)
}
const cpuMs = ((cpuSeconds(postmaster) - cpuBefore) * 1_000) / (runs * times.size)
for (const [name, taken] of times) print(summarise(name, taken))
const whole = summarise('opened: the first three, one after the other', opened)
print(whole)
// What a request costs whatever else the machine is doing.
console.log(`CPU of the API and the database: ${cpuMs.toFixed(1)} ms per request`)
console.log(`operation: ${(limitMs / whole.p95).toFixed(2)}x (limit ${limitMs} ms / measured p95)`)

/** Half of the targets are in the first step, the others evenly in the rest; then they moved a few at a time, as by calls. */
async function seedOperation(): Promise<number> {
  await using client = await connect(cluster.url)
  const known = await client.query(`select id from campaigns where code = 'BENCH'`)
  if (known.rows.length === 0) {
    const smaller = Math.floor(targets / 2 / (stepCount - 1))
    await client.query(`with made as (
        insert into campaigns (form, code, label) values ('operation', 'BENCH', 'Grande opération')
          returning id
      ) insert into steps (campaign_id, label, position, type_code)
        select id, 'Étape ' || n, n, 'phoning' from made, generate_series(1, ${stepCount}) n`)
    await client.query(`insert into targets (step_id, party_id, status)
      select steps.id, parties.id,
        case parties.id % 5 when 0 then 'ok-continue' when 1 then 'not-done-stop' else 'to-do' end
      from steps join campaigns on campaigns.id = steps.campaign_id and campaigns.code = 'BENCH'
        join parties on steps.label = 'Étape 1' or parties.id <= ${smaller}`)
    for (let call = 1; call <= 500; call++)
      await client.query(
        `update targets set status = 'ok-stop' where party_id = ${call} and step_id =
          (select id from steps where label = 'Étape 1')`,
      )
    await client.query('vacuum analyze')
  }
  const { rows } = await client.query<{ id: string }>(
    `select id from campaigns where code = 'BENCH'`,
  )
  return Number(rows[0]?.id)
}
