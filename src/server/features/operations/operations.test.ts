import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as api from '#core/operations/api.ts'
import type { OperationView } from '#core/operations/operation.ts'
import * as tables from '#core/operations/tables-api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const header = (operation: OperationView) => {
  const { steps: _, state: _s, progressNow: _p, closedAt: _c, ...rest } = operation
  const { targetSort: _t, targetDirection: _d, ...draft } = rest
  return draft
}

async function anOperation(app: TestApp, label = 'Salon ERP 2011') {
  return app.call(api.createOperation, { label })
}

const addStep = (app: TestApp, id: number, label: string, more: object = {}) =>
  app.call(api.createStep, { id, label, ...more })

const stepNamed = ({ steps }: OperationView, label: string) => {
  const step = steps.find((each) => each.label === label)
  if (!step) throw new Error(`no step ${label}`)
  return step
}

async function givePeople(app: TestApp, stepId: number, statuses: Record<string, number>) {
  await app.db
    .insertInto('parties')
    .values(Array.from({ length: 10 }, (_, at) => ({ code: `P${at}`, lastName: `N${at}` })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  let after = 0
  for (const [status, count] of Object.entries(statuses)) {
    await sql`insert into targets (step_id, party_id, status)
      select ${stepId}, id, ${status} from parties order by id offset ${after} limit ${count}`.execute(
      app.db,
    )
    after += count
  }
}

describe('the tree', () => {
  it('holds titles of any depth, empty ones too, with operations below them (D-18)', async () => {
    const app = await testApp()
    const fairs = await app.call(api.createFolder, { label: 'Salons' })
    const paris = await app.call(api.createFolder, { label: 'Salons à Paris', parentId: fairs.id })
    await app.call(api.createFolder, { label: 'Salon en Province', parentId: fairs.id })
    for (const label of ['Salon ERP 2010', 'Salon ERP 2011']) {
      await app.call(api.createOperation, { label, folderId: paris.id })
    }
    const tree = await app.call(api.getTree, {})
    expect(tree.folders.map(({ label, parentId }) => [label, parentId])).toEqual([
      ['Salons', null],
      ['Salons à Paris', fairs.id],
      ['Salon en Province', fairs.id],
    ])
    expect(tree.operations).toMatchObject([
      { label: 'Salon ERP 2010', folderId: paris.id, stateCode: 'preparing', progress: 0 },
      { label: 'Salon ERP 2011', folderId: paris.id },
    ])
    expect((await app.call(api.listOperations, { folderId: fairs.id })).total).toBe(2)
  })

  it('is put in another order, and never below itself', async () => {
    const app = await testApp()
    const a = await app.call(api.createFolder, { label: 'A' })
    const b = await app.call(api.createFolder, { label: 'B', parentId: a.id })
    const c = await app.call(api.createFolder, { label: 'C', parentId: a.id })
    await app.call(api.moveInTree, { kind: 'folder', id: c.id, folderId: a.id, beforeId: b.id })
    const labels = async () => (await app.call(api.getTree, {})).folders.map(({ label }) => label)
    expect(await labels()).toEqual(['A', 'C', 'B'])
    const circle = { kind: 'folder', id: a.id, folderId: b.id }
    expect(await app.refusal(api.moveInTree, circle)).toMatchObject({ code: 'operations/circle' })
    expect(await app.refusal(api.deleteFolder, { id: a.id })).toMatchObject({
      code: 'operations/folder-not-empty',
    })
    await app.call(api.deleteFolder, { id: b.id })
    expect(await labels()).toEqual(['A', 'C'])
  })

  it('keeps its root when two titles are put below each other at once', async () => {
    const app = await testApp()
    const a = await app.call(api.createFolder, { label: 'A' })
    const b = await app.call(api.createFolder, { label: 'B' })
    const into = (id: number, folderId: number) =>
      app.call(api.moveInTree, { kind: 'folder', id, folderId })
    await Promise.allSettled([into(a.id, b.id), into(b.id, a.id)])
    const { folders } = await app.call(api.getTree, {})
    expect(folders.filter(({ parentId }) => parentId === null)).toHaveLength(1)
  })
})

describe('the tree of each user', () => {
  it('opens folded or unfolded as they like it (D-16)', async () => {
    const app = await testApp()
    expect((await app.call(api.getTree, {})).opensUnfolded).toBe(false)
    await app.call(api.saveTreePreference, { opensUnfolded: true })
    expect((await app.call(api.getTree, {})).opensUnfolded).toBe(true)
    await app.call(api.saveTreePreference, { opensUnfolded: false })
    expect((await app.call(api.getTree, {})).opensUnfolded).toBe(false)
  })
})

describe('the bin', () => {
  it('gives an operation back, below the title above when its own has gone', async () => {
    const app = await testApp()
    const above = await app.call(api.createFolder, { label: 'Salons' })
    const below = await app.call(api.createFolder, { label: 'Paris', parentId: above.id })
    const { id } = await app.call(api.createOperation, { label: 'ERP', folderId: below.id })
    expect(await app.refusal(api.restoreOperation, { id })).toMatchObject({ status: 404 })
    await app.call(api.deleteOperation, { id })
    expect((await app.call(api.getTree, {})).operations).toEqual([])
    await app.call(api.deleteFolder, { id: below.id })
    expect(await app.call(api.restoreOperation, { id })).toMatchObject({ label: 'ERP' })
    expect((await app.call(api.getTree, {})).operations).toMatchObject([{ folderId: above.id }])
  })
})

describe('the lookup list', () => {
  it('is narrowed by title, state, family, owner and template, and sorted (D-13, D-32)', async () => {
    const app = await testApp()
    const folder = await app.call(api.createFolder, { label: 'Salons' })
    const { families } = await app.call(tables.createFamily, { label: 'Prospection' })
    const familyId = families[0]?.id ?? null
    await app.call(api.createOperation, { label: 'B', familyId, isTemplate: true })
    const busy = { stateCode: 'in-progress', ownerId: 'tester', folderId: folder.id }
    await app.call(api.createOperation, { label: 'A', ...busy })
    const found = async (filter: object) =>
      (await app.call(api.listOperations, filter)).rows.map(({ label }) => label)
    expect(await found({})).toEqual(['A', 'B'])
    expect(await found({ sort: 'family' })).toEqual(['B', 'A'])
    expect(await found({ sort: 'state', direction: 'desc' })).toEqual(['A', 'B'])
    expect(await found({ sort: 'updatedAt', direction: 'desc' })).toEqual(['A', 'B'])
    expect(await found({ folderId: folder.id })).toEqual(['A'])
    expect(await found({ familyId: familyId ?? 0 })).toEqual(['B'])
    expect(await found({ ownerId: 'tester' })).toEqual(['A'])
    expect(await found({ meaning: 'in-progress' })).toEqual(['A'])
    expect(await found({ template: 'yes' })).toEqual(['B'])
    expect(await found({ search: 'a', limit: 1 })).toEqual(['A'])
  })
})

describe('an operation', () => {
  it('keeps its header, and nobody’s change is lost silently', async () => {
    const app = await testApp()
    const made = await anOperation(app)
    const costs = [{ label: 'Stand', amount: 250_000, currency: 'EUR' }]
    const change = { ...header(made), place: 'Porte de Versailles', kinds: ['prospect'], costs }
    const saved = await app.call(api.updateOperation, change)
    expect(saved).toMatchObject({ place: 'Porte de Versailles', kinds: ['prospect'], costs })
    expect(await app.refusal(api.updateOperation, change)).toMatchObject({
      code: 'operations/changed-meanwhile',
    })
    const wrong = { ...header(saved), kinds: ['martian'] }
    expect(await app.refusal(api.updateOperation, wrong)).toMatchObject({
      code: 'operations/unknown-kind',
    })
  })

  it('stays where it was moved when its header is saved by who had it open', async () => {
    const app = await testApp()
    const opened = await anOperation(app)
    const { id: folderId } = await app.call(api.createFolder, { label: 'Salons' })
    await app.call(api.moveInTree, { kind: 'operation', id: opened.id, folderId })
    await app.call(api.updateOperation, { ...header(opened), label: 'Salon ERP 2012' })
    expect(await app.call(api.getOperation, { id: opened.id })).toMatchObject({
      label: 'Salon ERP 2012',
      folderId,
    })
  })

  it('knows its progress from its targets, unless it is typed, and is found by it (D-31, L-8)', async () => {
    const app = await testApp()
    const made = await addStep(app, (await anOperation(app)).id, 'Appels')
    await givePeople(app, stepNamed(made, 'Appels').id, { 'to-do': 3, 'ok-continue': 1 })
    const now = await app.call(api.getOperation, { id: made.id })
    expect(now).toMatchObject({ progress: null, progressNow: 25 })
    expect(stepNamed(now, 'Appels').statuses).toEqual({ 'to-do': 3, 'ok-continue': 1 })
    const found = async (from: number, to: number) =>
      (await app.call(api.listOperations, { progressFrom: from, progressTo: to })).total
    expect([await found(20, 30), await found(30, 100)]).toEqual([1, 0])
    await app.call(api.updateOperation, { ...header(now), progress: 60 })
    expect([await found(20, 30), await found(30, 100)]).toEqual([0, 1])
  })

  it('is copied with its steps pointing at the copies, without its people', async () => {
    const app = await testApp()
    const { id } = await anOperation(app, 'Modèle')
    const first = stepNamed(await addStep(app, id, 'E-mails'), 'E-mails')
    const made = await addStep(app, id, 'Appels', { typeCode: 'phoning', originId: first.id })
    await givePeople(app, first.id, { 'to-do': 2 })
    const copy = await app.call(api.createOperation, { label: 'Copie', copyOf: made.id })
    const copied = stepNamed(copy, 'E-mails')
    expect(copied.id).not.toBe(first.id)
    expect(copied.statuses).toEqual({})
    expect(stepNamed(copy, 'Appels')).toMatchObject({ originId: copied.id, typeCode: 'phoning' })
  })
})

describe('its steps', () => {
  it('stand in a tree, and never come from themselves', async () => {
    const app = await testApp()
    const { id } = await anOperation(app)
    const title = stepNamed(await addStep(app, id, 'Relances', { isFinal: false }), 'Relances')
    const a = stepNamed(await addStep(app, id, 'A'), 'A')
    const b = stepNamed(await addStep(app, id, 'B', { originId: a.id }), 'B')
    const moved = await app.call(api.moveStep, { id: b.id, parentId: title.id })
    expect(stepNamed(moved, 'B')).toMatchObject({ parentId: title.id, originId: a.id })
    const circle = { ...stepNamed(moved, 'A'), originId: b.id }
    expect(await app.refusal(api.updateStep, circle)).toMatchObject({
      code: 'operations/step-circle',
    })
    const fromTitle = { ...stepNamed(moved, 'A'), originId: title.id }
    expect(await app.refusal(api.updateStep, fromTitle)).toMatchObject({
      code: 'operations/step-circle',
    })
    expect(await app.refusal(api.deleteStep, { id: a.id })).toMatchObject({
      code: 'operations/in-use',
      details: { by: 'B' },
    })
    const left = await app.call(api.deleteStep, { id: b.id })
    expect(left.steps.map(({ label }) => label)).toEqual(['Relances', 'A'])
  })

  it('use the fields of their type and no other (D-108)', async () => {
    const app = await testApp()
    const { id } = await anOperation(app)
    const step = stepNamed(await addStep(app, id, 'E-mails'), 'E-mails')
    const { stepTypes } = await app.call(tables.getOperationTables, {})
    const email = stepTypes.find(({ code }) => code === 'email')
    if (!email) throw new Error('no e-mail type')
    await app.call(tables.saveStepType, { ...email, fields: { ...email.fields, period: 'unused' } })
    const dated = { ...step, startsAt: '2026-12-01T09:00:00Z' }
    expect(await app.refusal(api.updateStep, dated)).toMatchObject({
      code: 'operations/field-unused',
      details: { field: 'period' },
    })
  })

  it('are finished with a date (D-39, D-106)', async () => {
    const app = await testApp({ now: new Date('2026-11-22T10:00:00Z') })
    const { id } = await anOperation(app)
    const step = stepNamed(await addStep(app, id, 'E-mails'), 'E-mails')
    const after = await app.call(api.setStepStatus, { id: step.id, statusCode: 'finished' })
    expect(stepNamed(after, 'E-mails')).toMatchObject({
      statusCode: 'finished',
      doneAt: '2026-11-22T10:00:00.000Z',
    })
  })
})

describe('the tables of the house', () => {
  it('grow, and keep what is in use (D-24, D-34, D-109)', async () => {
    const app = await testApp()
    const draft = {
      entity: 'target',
      code: 'later',
      labelFr: 'Plus tard',
      labelEn: 'Later',
    } as const
    await app.call(tables.saveState, { ...draft, meaning: 'not-done-continue' })
    const { id } = await anOperation(app)
    const step = stepNamed(await addStep(app, id, 'Appels', { finalStatus: 'later' }), 'Appels')
    expect(await app.refusal(tables.deleteState, draft)).toMatchObject({
      code: 'operations/still-used',
      details: { count: 1, by: 'Salon ERP 2011' },
    })
    expect(await app.call(tables.listTableUses, {})).toContainEqual({
      table: 'target',
      key: 'later',
      count: 1,
      names: ['Salon ERP 2011'],
    })
    await app.call(api.updateStep, { ...step, finalStatus: 'ok-continue' })
    await app.call(tables.deleteState, draft)
    const builtIn = { entity: 'target', code: 'to-do' }
    expect(await app.refusal(tables.deleteState, builtIn)).toMatchObject({
      code: 'operations/built-in',
    })
    const meaningless = { ...draft, meaning: 'finished' }
    expect(await app.refusal(tables.saveState, meaningless)).toMatchObject({ status: 400 })
  })
})

describe('what is kept under a key', () => {
  it('does not exist for who does not hold it, by list or by number', async () => {
    const app = await testApp()
    const key = await app.db
      .insertInto('confidentialityKeys')
      .values({ label: 'Direction' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const secret = { label: 'Rachat', keyId: key.id }
    expect(await app.refusal(api.createOperation, secret)).toMatchObject({
      code: 'operations/key-not-held',
    })
    app.giveKeys(key.id)
    const made = await addStep(app, (await app.call(api.createOperation, secret)).id, 'Appels')
    app.giveKeys()
    expect((await app.call(api.getTree, {})).operations).toEqual([])
    expect((await app.call(api.listOperations, { search: 'rachat' })).total).toBe(0)
    const uses = await app.call(tables.listTableUses, {})
    expect(uses.filter(({ table }) => table === 'operation')).toEqual([])
    const absent = await app.refusal(api.getOperation, { id: 999_999 })
    expect(await app.refusal(api.getOperation, { id: made.id })).toEqual(absent)
    const stepId = stepNamed(made, 'Appels').id
    expect(await app.refusal(api.deleteStep, { id: stepId })).toMatchObject({ status: 404 })
    app.giveKeys(key.id)
    expect((await app.call(api.getTree, {})).operations).toHaveLength(1)
  })
})
