import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { cancelJob, getJob, listJobs } from '#core/jobs/api.ts'
import * as operations from '#core/operations/api.ts'
import * as routing from '#core/routing/api.ts'
import { type Runner, startRunner } from '#platform/jobs/runner.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { routingJobs } from './jobs.ts'

const many = 10_001

/** So many people that two steps together are more than a request does, and the first one on the way. */
async function aStep(app: TestApp) {
  const { id } = await app.call(operations.createOperation, { label: 'Prospection' })
  const add = async (label: string, originId: number | null = null) => {
    const parameters = { id, label, typeCode: 'other', originId }
    const { steps } = await app.call(operations.createStep, parameters)
    return steps.find((step) => step.label === label)?.id ?? 0
  }
  const from = await add('Appels')
  const [first, second] = [await add('Catalogue', from), await add('Visite', from)]
  await sql`with people as (
      insert into parties (code, last_name) select 'N' || n, 'Nom' from generate_series(1, ${many}) n returning id)
    insert into targets (step_id, party_id, status) select ${from}, id, 'ok-continue' from people`.execute(
    app.db,
  )
  return { from, first, second }
}

async function peopleIn(app: TestApp, stepId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from targets where step_id = ${stepId}`.execute(app.db)
  return rows[0]?.n ?? 0
}

/** Somebody else is bringing one of the people into the step: whoever brings them all has to wait. */
async function occupy(app: TestApp, from: number, stepId: number) {
  const other = await app.db.startTransaction().execute()
  await sql`insert into targets (step_id, party_id)
    select ${stepId}, max(party_id) from targets where step_id = ${from}`.execute(other)
  return () => other.rollback().execute()
}

/** A distribution that has done the first step and waits in the second. */
async function halfWay(app: TestApp): Promise<{ jobId: number; runner: Runner }> {
  const [{ id: jobId = 0 } = {}] = await app.call(listJobs, {})
  const runner = startRunner(app, routingJobs)
  await expect
    .poll(async () => (await app.call(getJob, { id: jobId })).done, { timeout: 20_000 })
    .toBe(1)
  return { jobId, runner }
}

describe('a distribution of many people', () => {
  it('is a job, which counts the steps and says who went where; asked for twice it is one', async () => {
    const app = await testApp()
    const { from, first, second } = await aStep(app)
    const one = await app.call(routing.distributeStep, { id: from, stepIds: [first] })
    expect(one.steps).toEqual([{ stepId: first, label: 'Catalogue', added: many }])
    const { steps, jobId } = await app.call(routing.distributeStep, { id: from })
    expect(steps).toBeNull()
    expect(await app.call(routing.distributeStep, { id: from })).toEqual({ steps: null, jobId })
    expect(await app.call(listJobs, {})).toMatchObject([
      { id: jobId, kind: 'routing/by-hand', subject: 'Appels', state: 'queued', total: 2 },
    ])
    await app.runJobs()
    expect(await app.call(getJob, { id: jobId ?? 0 })).toMatchObject({
      state: 'done',
      done: 2,
      total: 2,
      result: {
        stepId: from,
        steps: [
          { stepId: first, label: 'Catalogue', added: 0 },
          { stepId: second, label: 'Visite', added: many },
        ],
        of: 2,
      },
    })
    expect(await peopleIn(app, second)).toBe(many)
  })

  it('stopped in the middle of a step keeps the steps before, and says so', async () => {
    const app = await testApp()
    const { from, first, second } = await aStep(app)
    await app.call(routing.distributeStep, { id: from })
    const leave = await occupy(app, from, second)
    const { jobId, runner } = await halfWay(app)
    await app.call(cancelJob, { id: jobId })
    await expect
      .poll(async () => (await app.call(getJob, { id: jobId })).state, { timeout: 10_000 })
      .toBe('cancelled')
    await runner.stop()
    await leave()
    expect((await app.call(getJob, { id: jobId })).result).toEqual({
      stepId: from,
      steps: [{ stepId: first, label: 'Catalogue', added: many }],
      of: 2,
    })
    expect([await peopleIn(app, first), await peopleIn(app, second)]).toEqual([many, 0])
  })

  it('goes on after a restart, and its result counts all that it did', async () => {
    const app = await testApp()
    const { from, first, second } = await aStep(app)
    await app.call(routing.distributeStep, { id: from })
    const leave = await occupy(app, from, second)
    const { jobId, runner } = await halfWay(app)
    await runner.stop()
    await leave()
    expect(await app.call(getJob, { id: jobId })).toMatchObject({ state: 'queued' })
    await app.runJobs()
    expect(await app.call(getJob, { id: jobId })).toMatchObject({
      state: 'done',
      result: { steps: [{ added: many }, { added: many }], of: 2 },
    })
    expect([await peopleIn(app, first), await peopleIn(app, second)]).toEqual([many, many])
  })
})
