import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as operations from '#core/operations/api.ts'
import * as routing from '#core/routing/api.ts'
import { createSegment, updateSegment } from '#core/segments/api.ts'
import { allOf, type Criterion } from '#core/segments/criteria.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { setStatus } from '../targets/service.ts'
import { distributeSoon } from './service.ts'

type Status = 'to-do' | 'ok-continue' | 'not-done-continue' | 'ok-stop'
const codes = ['ADA', 'BEA', 'CID', 'DAN']

/** Four people in the step “Appels” by their statuses, and an empty step “Catalogue” that follows it. */
async function aScenario(
  app: TestApp,
  statuses: Status[] = ['ok-continue', 'not-done-continue', 'ok-stop', 'to-do'],
) {
  const people = await app.db
    .insertInto('parties')
    .values(codes.map((code) => ({ code, lastName: code, kind: 'prospect' })))
    .returning('id')
    .execute()
  const ids = people.map(({ id }) => id)
  const { id: campaignId } = await app.call(operations.createOperation, { label: 'Prospection' })
  const add = async (label: string, more: object = {}) =>
    (await app.call(operations.createStep, { id: campaignId, label, ...more })).steps.find(
      (step) => step.label === label,
    )?.id ?? 0
  const from = await add('Appels', { typeCode: 'other' })
  const to = await add('Catalogue', { originId: from, typeCode: 'export' })
  await app.db
    .insertInto('targets')
    .values(ids.map((partyId, at) => ({ stepId: from, partyId, status: statuses[at] ?? 'to-do' })))
    .execute()
  const question = await app.db
    .insertInto('questions')
    .values({ code: 'CAT', kind: 'yes-no', label: 'Voulez-vous recevoir notre catalogue ?' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const answer = async (at: number, value: boolean) => {
    const row = { questionId: question.id, partyId: ids[at] ?? 0, value: JSON.stringify(value) }
    await app.db.insertInto('answers').values(row).execute()
  }
  return { ids, campaignId, from, to, add, answer, questionId: question.id }
}

const saysYes = (questionId: number): Criterion => ({
  kind: 'answer',
  questionId,
  of: 'yes-no',
  test: { op: 'is', value: true },
})
const hasStatus = (stepId: number, ...statuses: string[]): Criterion => ({
  kind: 'status',
  stepId,
  op: 'is',
  statuses,
})

/** Saves over whatever version there is. */
async function guard(
  app: TestApp,
  id: number,
  conditions: { code: string; test: Criterion }[],
  formula = '',
) {
  const { version } = await app.call(routing.getConditions, { id })
  return app.call(routing.saveConditions, { id, version, conditions, formula })
}

async function inStep(app: TestApp, stepId: number): Promise<string[]> {
  const rows = await app.db
    .selectFrom('targets')
    .innerJoin('parties', 'parties.id', 'targets.partyId')
    .where('stepId', '=', stepId)
    .select('code')
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}

describe('distribution', () => {
  it('without any condition takes who is at “ok, go on”, once (D-111, D-122)', async () => {
    const app = await testApp()
    const { from, to } = await aScenario(app)
    expect(await app.call(routing.forecastDistribution, { id: from })).toMatchObject([
      { fromStepId: from, toStepId: to, proposed: 1, present: 0, entering: 1 },
    ])
    const added = [{ stepId: to, label: 'Catalogue', added: 1 }]
    expect(await app.call(routing.distributeStep, { id: from })).toEqual({
      steps: added,
      jobId: null,
    })
    expect(await app.call(routing.distributeStep, { id: from })).toMatchObject({
      steps: [{ added: 0 }],
    })
    expect(await inStep(app, to)).toEqual(['ADA'])
  })

  it('asks answers and statuses by a formula, of other operations too (D-112 to D-119)', async () => {
    const app = await testApp()
    const { ids, from, to, answer, questionId } = await aScenario(app)
    await answer(0, true)
    await answer(1, true)
    await answer(2, true)
    const other = await app.call(operations.createOperation, { label: 'Salon' })
    const fair = await app.call(operations.createStep, { id: other.id, label: 'Visite' })
    const fairId = fair.steps[0]?.id ?? 0
    await sql`insert into targets (step_id, party_id, status) values (${fairId}, ${ids[1]}, 'ok-stop')`.execute(
      app.db,
    )
    const saved = await guard(
      app,
      to,
      [
        { code: 'CAT', test: saysYes(questionId) },
        { code: 'VU', test: hasStatus(fairId, 'ok-stop') },
      ],
      'cat et non vu',
    )
    expect(saved.sentence).toBe(
      'Parmi les tiers qui continuent, entrent ceux qui ont répondu «\u00a0oui\u00a0» à «\u00a0Voulez-vous recevoir notre catalogue ?\u00a0» et qui ne sont pas parmi ceux (dont le statut à l’étape «\u00a0Salon › Visite\u00a0» est «\u00a0OK, on arrête\u00a0»).',
    )
    await app.call(routing.distributeStep, { id: to, stepIds: [to] })
    // Ada: yes, never at the fair. Bea was; Cid is stopped in the calls whatever he answered.
    expect(await inStep(app, to)).toEqual(['ADA'])
    await guard(app, to, [{ code: 'CAT', test: saysYes(questionId) }])
    await app.call(routing.distributeStep, { id: from, stepIds: [to] })
    expect(await inStep(app, to)).toEqual(['ADA', 'BEA'])
  })

  it('asks a contact also for his organisation', async () => {
    const app = await testApp()
    const { ids, from, to } = await aScenario(app)
    await sql`update parties set kind = 'customer' where id = ${ids[1]}`.execute(app.db)
    await sql`update targets set organisation_id = ${ids[1]} where party_id = ${ids[0]}`.execute(
      app.db,
    )
    const isCustomer: Criterion = {
      kind: 'choice',
      field: 'kind',
      test: { op: 'one-of', values: ['customer'] },
    }
    await guard(app, to, [{ code: 'C1', test: isCustomer }])
    const [flow] = await app.call(routing.forecastDistribution, { id: from })
    // Ada stands for Bea, who is a customer; the step takes parties, so it is Bea who enters, once.
    expect(flow).toMatchObject({ proposed: 1, entering: 1 })
    await app.call(routing.distributeStep, { id: from })
    expect(await inStep(app, to)).toEqual(['BEA'])
  })

  it('happens by itself after statuses change, and on a schedule', async () => {
    const app = await testApp({ now: new Date(Date.now() - 60_000) })
    const { ids, from, add } = await aScenario(app)
    const after = await add('Merci', { originId: from, distribution: 'after-launch' })
    await setStatus(app.db, {
      stepId: from,
      partyIds: [ids[3] ?? 0],
      status: 'ok-continue',
      by: null,
      now: app.now(),
    })
    await distributeSoon(app.db, { stepId: from, now: app.now() })
    await distributeSoon(app.db, { stepId: from, now: app.now() })
    expect(await app.db.selectFrom('jobs').select('id').execute()).toHaveLength(1)
    await app.runJobs()
    expect(await inStep(app, after)).toEqual(['ADA', 'DAN'])
  })

  it('refuses a step that does not follow', async () => {
    const app = await testApp()
    const { from, add } = await aScenario(app)
    const apart = await add('À part')
    expect(await app.refusal(routing.distributeStep, { id: from, stepIds: [apart] })).toMatchObject(
      {
        code: 'routing/no-destination',
      },
    )
  })
})

describe('conditions', () => {
  it('are refused with the place of what is wrong, and a hint', async () => {
    const app = await testApp()
    const { to, questionId } = await aScenario(app)
    const save = (codes: string[], formula: string) =>
      app.refusal(routing.saveConditions, {
        id: to,
        version: 1,
        conditions: codes.map((code) => ({ code, test: saysYes(questionId) })),
        formula,
      })
    expect(await save(['CAT'], 'CAT et CAR')).toMatchObject({
      code: 'routing/formula',
      details: { position: 7, length: 3, reason: 'unknown-code', hint: 'CAT' },
    })
    expect(await save(['et'], '')).toMatchObject({ code: 'routing/reserved-code' })
    expect(await save(['A', 'a'], '')).toMatchObject({ code: 'routing/duplicate-code' })
  })

  it('cannot name a step that was deleted, a status that is not there, or go round in a circle', async () => {
    const app = await testApp()
    const { from, to, add, campaignId } = await aScenario(app)
    const last = await add('Relance', { originId: to })
    const gone = await add('Brouillon')
    await app.call(operations.deleteStep, { id: gone })
    const refuse = async (id: number, test: Criterion) => {
      const { version } = await app.call(routing.getConditions, { id })
      const conditions = [{ code: 'C1', test }]
      return (await app.refusal(routing.saveConditions, { id, version, conditions })).code
    }
    expect(await refuse(to, hasStatus(gone, 'to-do'))).toBe('routing/unknown-step')
    expect(await refuse(to, hasStatus(from, 'nowhere'))).toBe('routing/unknown-status')
    expect(await refuse(to, hasStatus(to, 'to-do'))).toBe('routing/circle')
    expect(await refuse(from, hasStatus(last, 'to-do'))).toBe('routing/circle')
    // Round by a change of origin.
    const [ahead, behind] = [await add('Avant'), await add('Après')]
    await guard(app, ahead, [{ code: 'C1', test: hasStatus(behind, 'to-do') }])
    const { steps } = await app.call(operations.getOperation, { id: campaignId })
    const step = steps.find(({ id }) => id === behind)
    const moved = await app.refusal(operations.updateStep, { ...step, originId: ahead })
    expect(moved.code).toBe('routing/circle')
    // Round by way of another operation and a saved segment.
    const other = await app.call(operations.createOperation, { label: 'Salon' })
    const fair = await app.call(operations.createStep, { id: other.id, label: 'Visite' })
    const fairId = fair.steps[0]?.id ?? 0
    await guard(app, fairId, [{ code: 'C1', test: hasStatus(last, 'ok-continue') }])
    const root = { kind: 'group', join: 'all', not: false, of: [hasStatus(fairId, 'to-do')] }
    const { id: segmentId } = await app.db
      .insertInto('segments')
      .values({ name: 'Visiteurs', criteria: JSON.stringify({ version: 1, root }) })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await refuse(from, { kind: 'segment', segmentId, is: true })).toBe('routing/circle')
    expect(await refuse(from, hasStatus(fairId, 'to-do'))).toBe('routing/circle')
    // Round by a change of a segment that a condition asks, by way of another one.
    const draft = (name: string, test: Criterion) => ({ name, criteria: allOf(test) })
    const inner = await app.call(createSegment, draft('Intérieur', hasStatus(fairId, 'to-do')))
    const outer: Criterion = { kind: 'segment', segmentId: inner.id, is: true }
    const { id: outerId } = await app.call(createSegment, draft('Extérieur', outer))
    const alone = await add('Seule')
    await guard(app, alone, [{ code: 'C1', test: { ...outer, segmentId: outerId } }])
    const round = { ...inner, criteria: allOf(hasStatus(alone, 'to-do')) }
    expect((await app.refusal(updateSegment, round)).code).toBe('routing/circle')
  })

  it('of two people editing at once keep the first, and tell the second', async () => {
    const app = await testApp()
    const { to, questionId } = await aScenario(app)
    const change = { id: to, version: 1, conditions: [{ code: 'A', test: saysYes(questionId) }] }
    await app.call(routing.saveConditions, change)
    expect(await app.refusal(routing.saveConditions, change)).toMatchObject({
      code: 'routing/changed-meanwhile',
    })
  })

  it('are checked as they are typed', async () => {
    const app = await testApp()
    const { to, questionId } = await aScenario(app)
    const conditions = [{ code: 'A', test: saysYes(questionId) }]
    const check = (formula: string) =>
      app.call(routing.checkConditions, { id: to, conditions, formula })
    expect(await check('A ou')).toMatchObject({ problem: { reason: 'code-expected', at: 4 } })
    expect(await check('non A')).toMatchObject({ problem: null })
  })
})

describe('why somebody is in a step or not', () => {
  it('is told for each person', async () => {
    const app = await testApp()
    const { ids, from, to, answer, questionId, campaignId } = await aScenario(app)
    await answer(0, true)
    await guard(app, to, [{ code: 'CAT', test: saysYes(questionId) }])
    const why = (at: number) =>
      app.call(routing.explainEntry, { id: to, partyId: ids[at] ?? 0, locale: 'fr' })
    expect(await why(0)).toMatchObject({ reason: 'would-enter', formulaHolds: true })
    await app.call(routing.distributeStep, { id: from })
    expect(await why(0)).toMatchObject({
      reason: 'entered',
      isIn: true,
      origin: { stepId: from, label: 'Appels', status: 'OK, on continue' },
      conditions: [{ code: 'CAT', holds: true, value: 'oui' }],
    })
    expect((await why(1)).reason).toBe('formula')
    expect((await why(2)).reason).toBe('status-stops')
    expect((await why(3)).reason).toBe('status-waits')
    await sql`update targets set is_linked = false where step_id = ${from}`.execute(app.db)
    expect((await why(1)).reason).toBe('origin-unlinked')
    await sql`update targets set is_linked = true`.execute(app.db)
    await answer(1, true)
    await sql`update campaigns set kinds = '{supplier}' where id = ${campaignId}`.execute(app.db)
    expect((await why(1)).reason).toBe('wrong-kind')
    expect((await app.call(routing.explainEntry, { id: from, partyId: ids[0] ?? 0 })).reason).toBe(
      'added',
    )
  })
})
