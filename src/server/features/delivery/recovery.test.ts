import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, inject, it, onTestFinished } from 'vitest'
import * as api from '#core/delivery/api.ts'
import { launch, mailing, manyPeople, withRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { testApp } from '#tests/support/test-app.ts'

const script = join(import.meta.dirname, '../../../../tests/support/sending-process.ts')

async function startSender(url: string, dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, url, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

it('sends to nobody twice and forgets nobody, however often the process is killed in the middle', async () => {
  const app = await testApp()
  const sink = await startSink()
  onTestFinished(() => sink.stop())
  await withRelay(app, sink.port)
  const people = 3_000
  await manyPeople(app, people)
  const stepId = await mailing(app)
  await launch(app, stepId)
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(app.db)
  const url = `${inject('postgresUrl')}/${rows[0]?.name}`

  let kills = 0
  for (const wait of [300, 700, 150, 450, 900, 250]) {
    const child = await startSender(url, app.config.dataDir)
    const before = sink.accepted.length
    // Killed while it is at work, not while it starts.
    await expect
      .poll(async () => sink.accepted.length > before || (await isOver()), { timeout: 30_000 })
      .toBe(true)
    await sleep(wait / 4)
    child.kill('SIGKILL')
    await once(child, 'exit')
    kills++
    const middle = await app.call(api.deliverySummary, { stepId })
    expect(Object.values(middle.counts).reduce((sum, count) => sum + count, 0)).toBe(
      middle.frozen ? people : 0,
    )
    if (await isOver()) break
  }
  await startSender(url, app.config.dataDir)
  await expect.poll(isOver, { timeout: 50_000 }).toBe(true)

  const { counts, candidates } = await app.call(api.deliverySummary, { stepId })
  const received = sink.accepted.map(({ to }) => to)
  expect(kills).toBeGreaterThan(1)
  expect(new Set(received).size).toBe(received.length)
  expect(candidates).toBe(people)
  expect((counts.submitted ?? 0) + (counts.unknown ?? 0)).toBe(people)
  // Whoever received is submitted or unknown, and whoever is submitted has received.
  expect(received.length).toBeGreaterThanOrEqual(counts.submitted ?? 0)
  expect(received.length).toBeLessThanOrEqual(people)
  const lines = await app.db
    .selectFrom('messages')
    .select(['address', 'state'])
    .where('stepId', '=', stepId)
    .execute()
  const got = new Set(received)
  expect(lines.filter(({ address, state }) => state === 'submitted' && !got.has(address))).toEqual(
    [],
  )
  expect(
    lines.filter(({ address, state }) => got.has(address) && !/submitted|unknown/.test(state)),
  ).toEqual([])

  async function isOver(): Promise<boolean> {
    const { state } = await app.call(api.deliverySummary, { stepId })
    return state === 'done' || state === 'partly-failed'
  }
}, 120_000)
