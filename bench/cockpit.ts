/**
 * Fifty agents on two phoning steps of the same hundred thousand people, through the API: each takes the next person,
 * opens the call, answers, finishes, thinks for a moment and takes the next. Nobody may be on two lines at once, nor
 * come twice in a step. A real agent talks
 * for minutes; here each talks for two seconds on average, so that fifty agents ask as thousands would.
 * BENCH_ROWS is the number of people, BENCH_PAUSE the mean pause in milliseconds, BENCH_SECONDS how long it runs.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Actor } from '../src/core/kernel/actor.ts'
import { createRandom } from '../src/core/kernel/random.ts'
import { rights } from '../src/core/kernel/right.ts'
import { createApp } from '../src/server/app.ts'
import { readConfig } from '../src/server/platform/config.ts'
import { createDatabase, createPool } from '../src/server/platform/db/database.ts'
import { createLog } from '../src/server/platform/log.ts'
import { createSecrets } from '../src/server/platform/secrets.ts'
import { startCluster } from './support/cluster.ts'
import { cpuSeconds, postmasterOf } from './support/cpu.ts'
import { print, summarise } from './support/measure.ts'
import { seedParties } from './support/seed.ts'

const people = Number(process.argv[2] ?? process.env.BENCH_ROWS ?? 100_000)
const pauseMs = Number(process.env.BENCH_PAUSE ?? 2_000)
const seconds = Number(process.env.BENCH_SECONDS ?? 30)
const agentCount = 50
const limitMs = 50
// A Monday at half past ten in Paris, whatever the hour of the run.
const now = new Date('2026-11-23T09:30:00Z')

await using cluster = await startCluster()
console.log(`Seeding ${people.toLocaleString('en')} people, three in ten without consent…`)
await seedParties(cluster.url, people)
await using db = createDatabase(createPool(cluster.url, 10))
const stepIds = await seedSteps()

async function seedSteps(): Promise<number[]> {
  await sql`update parties set mobile_number = '+336' || lpad(id::text, 8, '0'), do_not_contact = false`.execute(
    db,
  )
  await sql`insert into consents (party_id, channel, state, source)
    select id, 'phone', 'granted', 'bench' from parties where id % 10 >= 3`.execute(db)
  const { rows } = await sql<{ id: number }>`
    with question as (insert into questions (code, kind, label) values ('q', 'yes-no', 'Catalogue ?') returning id),
    form as (insert into questionnaires (code, label) values ('f', 'Form') returning id),
    item as (insert into questionnaire_items (questionnaire_id, question_id, position)
      select form.id, question.id, 1 from form, question),
    campaign as (insert into campaigns (label, form) values ('Bench', 'operation') returning id)
    insert into steps (campaign_id, label, type_code, questionnaire_id, script)
      select campaign.id, 'Calls', 'phoning', form.id, 'Bonjour {{firstName}}'
      from campaign, form, generate_series(1, 2)
    returning id`.execute(db)
  const ids = rows.map(({ id }) => id)
  await sql`insert into targets (step_id, party_id, available_at)
    select step, id, '2026-01-01' from parties, unnest(${ids}::bigint[]) as step`.execute(db)
  await sql`vacuum analyze`.execute(db)
  return ids
}

const agents: Actor[] = Array.from({ length: agentCount }, (_, n) => {
  return { id: `agent${n}`, name: `Agent ${n}`, locale: 'fr', rights: new Set(rights), keys: [] }
})
await db
  .insertInto('users')
  .values(agents.map(({ id, name }) => ({ id: id ?? '', name, email: `${id}@example.org` })))
  .execute()
const app = createApp(
  {
    db,
    config: readConfig({ DATA_DIR: cluster.dataDir, LOG_LEVEL: 'silent', DEMO: 'no' }),
    secrets: createSecrets('00'.repeat(32)),
    log: createLog('silent'),
    now: () => now,
  },
  async (request) => agents.find(({ id }) => id === request.headers.get('x-agent')),
)

type Answer = { person?: { partyId: number } | null }

async function post(agent: Actor, path: string, body: object): Promise<Answer> {
  const stepId = stepIds[agents.indexOf(agent) % stepIds.length]
  const answer = await app.http.request(`/api/steps/${stepId}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-agent': agent.id ?? '' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${text}`)
  return JSON.parse(text)
}

const onLine = new Map<number, string>()
let taken = 0
const times = { next: [] as number[], open: [] as number[], finish: [] as number[] }

async function timing(into: number[], work: () => Promise<Answer>): Promise<Answer> {
  const start = performance.now()
  const answer = await work()
  into.push(performance.now() - start)
  return answer
}

async function workAs(agent: Actor, seed: number, until: number): Promise<void> {
  const random = createRandom(seed)
  const pause = () => setTimeout(pauseMs * (0.5 + random.next()))
  await setTimeout(pauseMs * random.next())
  while (performance.now() < until) {
    const { person } = await timing(times.next, () => post(agent, 'next-person', {}))
    if (!person) return
    const { partyId } = person
    const before = onLine.get(partyId)
    if (before !== undefined) throw new Error(`${partyId} was given to ${before} and ${agent.id}`)
    onLine.set(partyId, agent.id ?? '')
    taken += 1
    await timing(times.open, () => post(agent, 'open-call', { partyId }))
    await pause()
    // The other step may offer him as soon as the call is finished, before the answer is here.
    onLine.delete(partyId)
    const status = random.pick(['ok-continue', 'ok-stop', 'not-done-stop'])
    await timing(times.finish, () =>
      post(agent, 'finish-call', { partyId, status, key: randomUUID() }),
    )
  }
}

const postmaster = postmasterOf(`${cluster.dataDir}/postgres`)
// The plans and the pool are warm before the clock starts.
const settle = performance.now() + 3 * pauseMs + 2_000
await Promise.all(agents.map((agent, n) => workAs(agent, n + 1, settle)))
for (const list of Object.values(times)) list.length = 0
const [cpu, own, start] = [cpuSeconds(postmaster), process.cpuUsage(), performance.now()]
const before = taken
await Promise.all(agents.map((agent, n) => workAs(agent, n + 100, start + seconds * 1_000)))
const elapsed = (performance.now() - start) / 1_000
const used = process.cpuUsage(own)
const items = taken - before

const { rows } = await sql<{ twice: number }>`select count(*) as twice from (
  select from call_attempts group by step_id, party_id having count(*) > 1) as again`.execute(db)
if ((rows[0]?.twice ?? 0) > 0) throw new Error(`${rows[0]?.twice} people were called twice`)

const next = summarise('next person', times.next)
print(next)
print(summarise('open the call', times.open))
print(summarise('finish it', times.finish))
console.log(
  `${items.toLocaleString('en')} people by ${agentCount} agents in ${elapsed.toFixed(1)} s, ` +
    `${Math.round(items / elapsed)} a second, none twice; each call lasts ${pauseMs} ms on average`,
)
const server = (used.user + used.system) / 1_000 / items
const database = ((cpuSeconds(postmaster) - cpu) * 1_000) / items - server
console.log(`CPU per person: server ${server.toFixed(1)} ms, database ${database.toFixed(1)} ms`)
console.log(
  `cockpit: ${(limitMs / next.p95).toFixed(2)}x p95 of “next person” ${next.p95.toFixed(1)} ms, at most ${limitMs} ms`,
)
