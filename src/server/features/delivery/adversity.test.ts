/** What may happen to a run from outside, by itself and in any order: nobody is written to twice, nobody is lost. */
import * as fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, inject, it, onTestFinished, vi } from 'vitest'
import { emptyContent } from '#core/content/content.ts'
import * as api from '#core/delivery/api.ts'
import { MessageState } from '#core/delivery/message.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { runDueJobs, startRunner } from '#platform/jobs/runner.ts'
import { launch, mailing, manyPeople, people, withRelay } from '#tests/support/mailing.ts'
import { type SinkOptions, startSink } from '#tests/support/smtp-sink.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import * as claims from './claim-queries.ts'
import { launchJob, sendJob } from './jobs.ts'
import { deliveryJobs } from './service.ts'

const disk = vi.hoisted(() => ({ full: false }))
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  const createWriteStream: typeof real.createWriteStream = (path, options) =>
    real.createWriteStream(disk.full ? '/dev/full' : path, options)
  return { ...real, createWriteStream }
})

async function shop(options: SinkOptions = {}) {
  const app = await testApp()
  const sink = await startSink(options)
  onTestFinished(() => sink.stop())
  await withRelay(app, sink.port)
  return { app, sink }
}

const summaryOf = (app: TestApp, stepId: number) => app.call(api.deliverySummary, { stepId })
const sum = (counts: Partial<Record<string, number>>) =>
  Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0)
const isOver = async (app: TestApp, stepId: number) =>
  /^(done|partly-failed)$/.test((await summaryOf(app, stepId)).state)

it('lets two workers share a run', async () => {
  const { app, sink } = await shop()
  await manyPeople(app, 2_000)
  const stepId = await mailing(app)
  await launch(app, stepId)
  await runDueJobs(app.services, [launchJob])
  // As after a lease that ran out under a worker that was only slow.
  await enqueue(app.db, sendJob, { stepId }, { subject: 'other' })
  const runners = [1, 2].map(() => startRunner(app.services, deliveryJobs, 1))
  onTestFinished(async () => void (await Promise.all(runners.map((runner) => runner.stop()))))
  await expect.poll(() => isOver(app, stepId), { timeout: 30_000 }).toBe(true)
  // Two for each: both had a part in it.
  expect(sink.connections()).toBe(4)
  expect((await summaryOf(app, stepId)).counts.submitted).toBe(2_000)
  expect(new Set(sink.accepted.map(({ to }) => to)).size).toBe(sink.accepted.length)
}, 60_000)

it('goes on after every connection to the database was cut', async () => {
  const { app, sink } = await shop()
  const all = 2_000
  await manyPeople(app, all)
  const stepId = await mailing(app)
  await launch(app, stepId)
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(app.db)
  const admin = new pg.Client({ connectionString: `${inject('postgresUrl')}/postgres` })
  await admin.connect()
  onTestFinished(() => admin.end())
  const runner = startRunner(app.services, deliveryJobs)
  onTestFinished(() => runner.stop())
  await expect.poll(() => sink.accepted.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    rows[0]?.name,
  ])
  const over = () => isOver(app, stepId).catch(() => false)
  await expect.poll(over, { timeout: 50_000, interval: 200 }).toBe(true)
  const { counts, candidates } = await summaryOf(app, stepId)
  expect(candidates).toBe(all)
  expect((counts.submitted ?? 0) + (counts.unknown ?? 0)).toBe(all)
  expect(new Set(sink.accepted.map(({ to }) => to)).size).toBe(sink.accepted.length)
  expect(sink.accepted.length).toBeGreaterThanOrEqual(counts.submitted ?? 0)
}, 90_000)

it('keeps the rows of a file that a full disk did not take, and makes it when there is room', async () => {
  const { app } = await shop()
  await manyPeople(app, 50)
  const stepId = await mailing(app, { contents: [{ body: emptyContent('file', 'fr') }] })
  await launch(app, stepId)
  onTestFinished(() => {
    disk.full = false
  })
  disk.full = true
  await app.runJobs()
  expect(await summaryOf(app, stepId)).toMatchObject({
    state: 'paused',
    hold: { reason: 'disk-full' },
    counts: { pending: 50, 'in-flight': 0 },
    files: [],
  })
  disk.full = false
  await app.call(api.resumeStep, { stepId })
  await app.runJobs()
  const { state, counts, files } = await summaryOf(app, stepId)
  expect({ state, submitted: counts.submitted, files: files.length }).toEqual({
    state: 'done',
    submitted: 50,
    files: 1,
  })
})

const crowd = 6
const moods: SinkOptions[] = [
  {},
  { onRcpt: (to) => (/[01]@/.test(to) ? '550 5.1.1 no such user' : undefined) },
  { onText: (to) => (/[12]@/.test(to) ? '451 4.3.0 later' : undefined) },
  { dropAfter: (to) => /[2]@/.test(to) },
  { greeting: 'drop' },
]
const command = fc.oneof(
  { arbitrary: fc.constant({ kind: 'run' } as const), weight: 5 },
  fc.record({ kind: fc.constant('mood' as const), mood: fc.constantFrom(...moods) }),
  fc.record({ kind: fc.constant('withdraw' as const), who: fc.nat(crowd - 1) }),
  fc.record({ kind: fc.constant('crash' as const), holding: fc.integer({ min: 1, max: 3 }) }),
  fc.constantFrom({ kind: 'pause' } as const, { kind: 'resume' } as const),
  fc.constantFrom(
    { kind: 'retry' } as const,
    { kind: 'settle' } as const,
    {
      kind: 'cancel',
    } as const,
  ),
)
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never

it('keeps its books whatever is done to a run, in whatever order', async () => {
  const { app, sink } = await shop()
  let turn = 0
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 3, maxLength: 14 }), async (commands) => {
      turn++
      await app.db.updateTable('parties').set({ deletedAt: app.now() }).execute()
      // A mailing that is still to be launched would be for the new people too, and rightly so.
      await app.db.deleteFrom('jobs').where('state', '=', 'queued').execute()
      Object.assign(sink.options, normal)
      sink.accepted.length = 0
      const ids = await people(
        app,
        Array.from({ length: crowd }, (_, at) => ({ email: `t${turn}c${at}@example.org` })),
      )
      const stepId = await mailing(app)
      await launch(app, stepId)
      for (const one of commands) {
        await obey(app, { stepId, ids, sink }, one)
        const { counts, candidates, frozen } = await summaryOf(app, stepId)
        expect(Object.keys(counts).every((state) => MessageState.safeParse(state).success)).toBe(
          true,
        )
        expect([candidates, sum(counts)]).toEqual(frozen ? [crowd, crowd] : [0, 0])
        const received = sink.accepted.map(({ to }) => to)
        expect(new Set(received).size).toBe(received.length)
      }
      const lines = await app.db
        .selectFrom('messages')
        .select(['address', 'state'])
        .where('stepId', '=', stepId)
        .execute()
      const received = new Set(sink.accepted.map(({ to }) => to))
      const claimed = lines.filter(({ state }) => state === 'submitted')
      expect(claimed.filter(({ address }) => !received.has(address))).toEqual([])
    }),
    { numRuns: 10 },
  )
}, 120_000)

const normal = { onRcpt: undefined, onText: undefined, dropAfter: undefined, greeting: undefined }

type Scene = { stepId: number; ids: number[]; sink: Awaited<ReturnType<typeof startSink>> }

async function obey(app: TestApp, { stepId, ids, sink }: Scene, one: Command): Promise<void> {
  switch (one.kind) {
    case 'run':
      app.setNow(new Date(app.now().getTime() + 12 * 3_600_000))
      await app.db
        .updateTable('jobs')
        .set({ runAt: new Date(0) })
        .where('state', '=', 'queued')
        .execute()
      return app.runJobs()
    case 'mood':
      Object.assign(sink.options, normal, one.mood)
      return
    case 'withdraw':
      await app.db
        .updateTable('parties')
        .set({ emailOptOut: true })
        .where('id', '=', ids[one.who] ?? 0)
        .execute()
      return
    case 'crash':
      // A worker took some and was never heard of again.
      await claims.claim(app.db, {
        stepId,
        channel: 'email',
        worker: '999999999:dead',
        limit: one.holding,
        now: app.now(),
      })
      return
    case 'settle':
      return settleAsTheRelaySays(app, stepId, new Set(sink.accepted.map(({ to }) => to)))
    default:
      return tolerate(app.call(commands[one.kind], { stepId }))
  }
}

const commands = {
  pause: api.pauseStep,
  resume: api.resumeStep,
  retry: api.retryFailed,
  cancel: api.cancelStep,
}

/** Somebody reads the relay's log, and decides by it. */
async function settleAsTheRelaySays(app: TestApp, stepId: number, received: Set<string>) {
  const { rows } = await app.call(api.listMessages, { stepId, state: 'unknown' })
  const of = (arrived: boolean) =>
    rows.filter(({ address }) => received.has(address) === arrived).map(({ id }) => id)
  const [arrived, lost] = [of(true), of(false)]
  await tolerate(app.call(api.settleUnknown, { stepId, as: 'submitted', messageIds: arrived }))
  await tolerate(app.call(api.settleUnknown, { stepId, as: 'again', messageIds: lost }))
}

/** What the state of the run does not allow is refused; that is all that may be. */
async function tolerate(call: Promise<unknown>): Promise<void> {
  await call.catch((error: Error) => {
    if (!/delivery\/not-now/.test(error.message)) throw error
  })
}
