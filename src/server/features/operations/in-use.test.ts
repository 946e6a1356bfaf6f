/** What is named somewhere stays, and who would delete it is told by whom. */
import { describe, expect, it } from 'vitest'
import { getActivityTables, updateActivityType } from '#core/activities/api.ts'
import * as api from '#core/operations/api.ts'
import * as tables from '#core/operations/tables-api.ts'
import { createQuestion, deleteQuestion } from '#core/questionnaires/api.ts'
import { getConditions, saveConditions } from '#core/routing/api.ts'
import { createSegment, deleteSegment, getSegment } from '#core/segments/api.ts'
import { allOf, type Criterion } from '#core/segments/criteria.ts'
import { addTargets } from '#core/targets/api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

/** An operation with the steps “Appels” and “Catalogue”, which follows it. */
async function twoSteps(app: TestApp) {
  const { id } = await app.call(api.createOperation, { label: 'Prospection' })
  const [from] = (await app.call(api.createStep, { id, label: 'Appels' })).steps
  const made = await app.call(api.createStep, { id, label: 'Catalogue', originId: from?.id })
  const to = made.steps.find(({ label }) => label === 'Catalogue')
  if (!from || !to) throw new Error('no steps')
  return { id, from, to }
}

async function guard(app: TestApp, id: number, test: Criterion) {
  const { version } = await app.call(getConditions, { id })
  await app.call(saveConditions, { id, version, conditions: [{ code: 'C1', test }], formula: '' })
}

/** Keeps a selection of whom the criterion means in the step. */
const target = (app: TestApp, stepId: number, test: Criterion) => {
  const operation = { kind: 'add', source: { kind: 'criteria', criteria: allOf(test) } } as const
  const selection = { start: 'nobody', operations: [operation] } as const
  return app.call(addTargets, {
    id: stepId,
    source: { kind: 'selection', selection: { ...selection, operations: [operation] } },
  })
}

const hasStatus = (stepId: number, status: string): Criterion => ({
  kind: 'status',
  stepId,
  op: 'is',
  statuses: [status],
})

describe('a segment', () => {
  it('stays while a condition or the people of a step come from it', async () => {
    const app = await testApp()
    const { from, to } = await twoSteps(app)
    const aSegment = (name: string) =>
      app.call(createSegment, {
        name,
        criteria: allOf({ kind: 'flag', field: 'hasEmail', is: true }),
      })
    const [asked, kept] = [await aSegment('Joignables'), await aSegment('Invités')]
    await guard(app, to.id, { kind: 'segment', segmentId: asked.id, is: true })
    await target(app, from.id, { kind: 'segment', segmentId: kept.id, is: true })
    expect(await app.refusal(deleteSegment, { id: asked.id })).toMatchObject({
      code: 'segments/in-use',
      details: { label: 'Catalogue' },
    })
    expect(await app.refusal(deleteSegment, { id: kept.id })).toMatchObject({
      details: { label: 'Appels' },
    })
    expect((await app.call(getSegment, { id: asked.id })).usedBy).toEqual([
      { kind: 'step', id: to.id, label: 'Catalogue' },
    ])
  })
})

describe('a question', () => {
  it('stays while the people of a step come from its answers', async () => {
    const app = await testApp()
    const { from } = await twoSteps(app)
    const draft = { code: 'CAT', kind: 'yes-no', label: 'Un catalogue ?' } as const
    const { id: questionId } = await app.call(createQuestion, draft)
    const test: Criterion = {
      kind: 'answer',
      questionId,
      of: 'yes-no',
      test: { op: 'is', value: true },
    }
    await target(app, from.id, test)
    expect(await app.refusal(deleteQuestion, { id: questionId })).toMatchObject({
      code: 'questionnaires/question-in-use',
      details: { label: 'Appels' },
    })
  })
})

describe('a status of people', () => {
  it('stays while a condition asks for it, or somebody who is not counted has it', async () => {
    const app = await testApp()
    const { from, to } = await twoSteps(app)
    const state = {
      entity: 'target',
      code: 'absent',
      labelFr: 'Absent',
      labelEn: 'Away',
      meaning: 'to-do',
    } as const
    await app.call(tables.saveState, state)
    await guard(app, to.id, hasStatus(from.id, 'absent'))
    const remove = () => app.refusal(tables.deleteState, { entity: 'target', code: 'absent' })
    expect(await remove()).toMatchObject({
      code: 'operations/in-use',
      details: { by: 'Catalogue' },
    })
    await guard(app, to.id, hasStatus(from.id, 'to-do'))
    const { id: partyId } = await app.db
      .insertInto('parties')
      .values({ code: 'A', lastName: 'A' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const unlinked = { stepId: from.id, partyId, status: 'absent', isLinked: false }
    await app.db.insertInto('targets').values(unlinked).execute()
    expect(await remove()).toMatchObject({ code: 'operations/still-used' })
  })
})

describe('a step', () => {
  it('stays, and becomes no title, while a segment names it or another step takes its people', async () => {
    const app = await testApp()
    const { id, from, to } = await twoSteps(app)
    await app.call(createSegment, {
      name: 'Intéressés',
      criteria: allOf(hasStatus(to.id, 'ok-continue')),
    })
    expect(await app.refusal(api.deleteStep, { id: to.id })).toMatchObject({
      code: 'operations/in-use',
      details: { by: 'Intéressés' },
    })
    expect(await app.refusal(api.deleteOperation, { id })).toMatchObject({
      code: 'operations/in-use',
      details: { by: 'Intéressés' },
    })
    expect(await app.refusal(api.updateStep, { ...from, isFinal: false })).toMatchObject({
      code: 'operations/in-use',
      details: { by: 'Catalogue' },
    })
  })

  it('leaves activities of a type that is there for operations, and of no other (A-S14)', async () => {
    const app = await testApp()
    const { from } = await twoSteps(app)
    const { types } = await app.call(getActivityTables, {})
    const [type] = types
    if (!type) throw new Error('no type of activity')
    await app.call(updateActivityType, { ...type, inCampaigns: false })
    expect(await app.refusal(api.updateStep, { ...from, activityTypeId: type.id })).toMatchObject({
      code: 'operations/activity-type',
    })
  })
})
