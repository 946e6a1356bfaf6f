import { describe, expect, it } from 'vitest'
import { saveConditions } from '#core/routing/api.ts'
import * as api from '#core/targets/api.ts'
import { codes, everybody, shop } from '#tests/support/step-shop.ts'
import type { TestApp } from '#tests/support/test-app.ts'

const second = 1_000

/** A step of everybody, and one that takes who goes on from it a few seconds later. */
async function twoSteps(first: object = {}, next: object = {}) {
  const made = await shop(first)
  const { app, stepId } = made
  // Jobs are due by the clock of the database, which is ahead.
  app.setNow(new Date(Date.now() - 3_600_000))
  const nextId = await made.addStep({ originId: stepId, ...next })
  await app.call(saveConditions, {
    id: nextId,
    version: 1,
    conditions: [],
    distribution: 'after-launch',
  })
  await app.call(api.addTargets, { id: stepId, source: everybody })
  const give = (code: string, status: string) =>
    app.call(api.setTargetStatus, {
      id: stepId,
      people: { partyIds: [made.id(code)] },
      status,
    })
  return { ...made, nextId, give }
}

async function later(app: TestApp, seconds = 6): Promise<void> {
  app.setNow(new Date(app.now().getTime() + seconds * second))
  await app.runJobs()
}

describe('taking a status back', () => {
  it('takes people out of the step that it had let them into', async () => {
    const { app, stepId, nextId, give } = await twoSteps()
    await give('BETA', 'ok-continue')
    await later(app)
    const { before } = await give('ZOE', 'ok-continue')
    await later(app)
    expect(await codes(app, nextId)).toEqual(['BETA', 'ZOE'])
    const back = { id: stepId, status: 'ok-continue', before }
    const undone = await app.call(api.restoreTargetStatus, back)
    expect(undone).toMatchObject({ changed: 1, left: 2, onward: { left: 1, stayed: 0 } })
    expect(await codes(app, nextId)).toEqual(['BETA'])
  })

  it('leaves who was reached there, and says so', async () => {
    const { app, id, stepId, nextId, give } = await twoSteps()
    const { before } = await give('ZOE', 'ok-continue')
    await later(app)
    await app.db
      .insertInto('callAttempts')
      .values({ stepId: nextId, partyId: id('ZOE') })
      .execute()
    const back = { id: stepId, status: 'ok-continue', before }
    const undone = await app.call(api.restoreTargetStatus, back)
    expect(undone.onward).toEqual({ left: 0, stayed: 1 })
    expect(await codes(app, nextId)).toEqual(['ZOE'])
  })

  it('leaves an organisation that another of its contacts lets on', async () => {
    const { app, stepId, nextId, give } = await twoSteps({ audience: 'contacts' })
    await give('A1', 'ok-continue')
    const { before } = await give('A2', 'ok-continue')
    await later(app)
    expect(await codes(app, nextId)).toEqual(['ACME'])
    const back = { id: stepId, status: 'ok-continue', before }
    await app.call(api.restoreTargetStatus, back)
    expect(await codes(app, nextId)).toEqual(['ACME'])
  })

  it('gives back also who gave the former one, and when', async () => {
    const { app, stepId, give } = await twoSteps()
    await give('ZOE', 'not-done-stop')
    const rowOf = async () =>
      (await app.call(api.listTargets, { id: stepId })).rows.find(({ code }) => code === 'ZOE')
    await app.db.updateTable('targets').set({ statusBy: 'Anne' }).execute()
    const was = await rowOf()
    app.setNow(new Date(app.now().getTime() + 60 * second))
    const { before } = await give('ZOE', 'ok-stop')
    await app.call(api.restoreTargetStatus, { id: stepId, status: 'ok-stop', before })
    expect(await rowOf()).toEqual(was)
  })
})
