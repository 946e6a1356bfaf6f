import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cancelJob, getJob, listJobs } from '#core/jobs/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { runDueJobs, startRunner } from '#platform/jobs/runner.ts'
import { testApp } from '#tests/support/test-app.ts'

const count = defineJob('test/count', z.object({ to: z.number() }), async ({ to }, job) => {
  job.progress(to, to)
  return { counted: to }
})

const endless = defineJob('test/endless', z.object({}), async (_, job) => {
  while (!job.signal.aborted) await sleep(10)
  return { stopped: true }
})

describe('jobs', () => {
  it('run once and keep their counts and result', async () => {
    const app = await testApp()
    const id = await enqueue(app.db, count, { to: 7 }, { createdBy: 'tester', subject: 'seven' })
    await runDueJobs(app, [count])
    expect(await app.call(getJob, { id })).toMatchObject({
      state: 'done',
      done: 7,
      total: 7,
      subject: 'seven',
      result: { counted: 7 },
    })
  })

  it('are not added twice under one unique key', async () => {
    const app = await testApp()
    const first = await enqueue(app.db, count, { to: 1 }, { uniqueKey: 'a', createdBy: 'tester' })
    const second = await enqueue(app.db, count, { to: 1 }, { uniqueKey: 'a', createdBy: 'tester' })
    expect(second).toBe(first)
    expect(await app.call(listJobs, {})).toHaveLength(1)
  })

  it('stop when their owner cancels them while they run', async () => {
    const app = await testApp()
    const id = await enqueue(app.db, endless, {}, { createdBy: 'tester' })
    const runner = startRunner(app, [endless])
    await expect.poll(async () => (await app.call(getJob, { id })).state).toBe('running')
    await app.call(cancelJob, { id })
    await expect
      .poll(async () => (await app.call(getJob, { id })).state, { timeout: 5_000 })
      .toBe('cancelled')
    await runner.stop()
  })

  it('go back to the queue when the process stops, and on from there', async () => {
    const app = await testApp()
    const id = await enqueue(app.db, endless, {}, { createdBy: 'tester' })
    const runner = startRunner(app, [endless])
    await expect.poll(async () => (await app.call(getJob, { id })).state).toBe('running')
    await runner.stop()
    expect((await app.call(getJob, { id })).state).toBe('queued')
  })

  it('say why they failed, and are tried again when the cause may pass', async () => {
    const app = await testApp()
    const broken = defineJob('test/broken', z.object({}), async () => {
      throw new AppError('invalid', 'test/broken', 'Broken.')
    })
    const flaky = defineJob('test/flaky', z.object({}), async () => {
      throw new AppError('unavailable', 'test/away', 'Away.')
    })
    const brokenId = await enqueue(app.db, broken, {}, { createdBy: 'tester' })
    const flakyId = await enqueue(app.db, flaky, {}, { createdBy: 'tester' })
    await runDueJobs(app, [broken, flaky])
    expect(await app.call(getJob, { id: brokenId })).toMatchObject({
      state: 'failed',
      errorCode: 'test/broken',
    })
    expect((await app.call(getJob, { id: flakyId })).state).toBe('queued')
  })

  it('of others are not shown to who may not manage settings', async () => {
    const app = await testApp({ rights: ['customers.view'] })
    const id = await enqueue(app.db, count, { to: 1 })
    expect(await app.refusal(getJob, { id })).toMatchObject({ status: 404 })
    expect(await app.refusal(cancelJob, { id })).toMatchObject({ status: 404 })
    expect(await app.call(listJobs, {})).toEqual([])
  })
})
