import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as operations from '#core/operations/api.ts'
import { deleteState, saveState } from '#core/operations/tables-api.ts'
import * as routing from '#core/routing/api.ts'
import type { Criterion, CriterionOf } from '#core/segments/criteria.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

/** One person who goes on from “Appels” to “Catalogue”, in an operation; another operation with a step. */
async function scenario() {
  const app = await testApp()
  const { id } = await app.call(operations.createOperation, { label: 'Prospection' })
  const add = async (operationId: number, label: string, originId: number | null = null) => {
    const step = { id: operationId, label, typeCode: 'other', originId }
    const { steps } = await app.call(operations.createStep, step)
    return steps.find((one) => one.label === label)?.id ?? 0
  }
  const from = await add(id, 'Appels')
  const to = await add(id, 'Catalogue', from)
  const fair = await app.call(operations.createOperation, { label: 'Salon' })
  const visit = await add(fair.id, 'Visite')
  await sql`with one as (insert into parties (code, last_name) values ('A', 'Ada') returning id)
    insert into targets (step_id, party_id, status) select ${from}, id, 'ok-continue' from one`.execute(
    app.db,
  )
  return { app, id, from, to, fairId: fair.id, visit }
}

const stepIs = (stepId: number, ...states: string[]): CriterionOf<'step-state'> => ({
  kind: 'step-state',
  stepId,
  op: 'is',
  states,
})
const operationIs = (campaignId: number, ...states: string[]): CriterionOf<'operation-state'> => ({
  kind: 'operation-state',
  campaignId,
  op: 'is',
  states,
})

async function guard(app: TestApp, id: number, ...tests: Criterion[]) {
  const { version } = await app.call(routing.getConditions, { id })
  const conditions = tests.map((test, at) => ({ code: `C${at + 1}`, test }))
  return { id, version, conditions }
}

/** How many would enter now. */
async function entering(app: TestApp, from: number): Promise<number | undefined> {
  return (await app.call(routing.forecastDistribution, { id: from }))[0]?.entering
}

async function standAs(app: TestApp, id: number, stateCode: string): Promise<void> {
  const { startsAt, endsAt, ...header } = await app.call(operations.getOperation, { id })
  await app.call(operations.updateOperation, { ...header, startsAt, endsAt, stateCode })
}

describe('where steps and operations stand', () => {
  it('lets people on or keeps them back, and is said in words (D-109, D-110)', async () => {
    const { app, from, to, fairId, visit } = await scenario()
    const tests = [stepIs(visit, 'finished'), operationIs(fairId, 'in-progress', 'finished')]
    const saved = await app.call(routing.saveConditions, await guard(app, to, ...tests))
    expect(saved.sentence).toBe(
      'Parmi les tiers qui continuent, entrent ceux pour qui l’étape «\u00a0Salon › Visite\u00a0» est dans l’état «\u00a0Terminée\u00a0» et pour qui l’opération «\u00a0Salon\u00a0» est dans l’état «\u00a0En cours\u00a0» ou «\u00a0Terminée\u00a0».',
    )
    expect(await entering(app, from)).toBe(0)
    await app.call(operations.setStepStatus, { id: visit, statusCode: 'finished' })
    expect(await entering(app, from)).toBe(0)
    await standAs(app, fairId, 'in-progress')
    expect(await entering(app, from)).toBe(1)
    const { rows } = await sql<{ id: number }>`select id from parties`.execute(app.db)
    const why = { id: to, partyId: rows[0]?.id ?? 0 }
    expect(await app.call(routing.explainEntry, why)).toMatchObject({
      reason: 'would-enter',
      conditions: [{ holds: true }, { holds: true }],
    })
    // In the bin it stands nowhere, neither so nor otherwise.
    const other = { ...operationIs(fairId, 'preparing'), op: 'is-not' as const }
    await app.call(routing.saveConditions, await guard(app, to, other))
    expect(await entering(app, from)).toBe(1)
    await sql`update campaigns set deleted_at = now() where id = ${fairId}`.execute(app.db)
    expect(await entering(app, from)).toBe(0)
    expect((await app.call(routing.explainEntry, why)).reason).toBe('formula')
  })

  it('makes no circle: a step may wait until one that it feeds is finished', async () => {
    const { app, id, from, to } = await scenario()
    const tests = [stepIs(to, 'finished'), operationIs(id, 'in-progress')]
    await app.call(routing.saveConditions, await guard(app, from, ...tests))
  })

  it('must be of something that is there and open, in a state of the house', async () => {
    const { app, to, fairId, visit } = await scenario()
    const refuse = async (test: Criterion) =>
      (await app.refusal(routing.saveConditions, await guard(app, to, test))).code
    expect(await refuse(stepIs(visit, 'lost'))).toBe('routing/unknown-status')
    expect(await refuse(operationIs(fairId, 'lost'))).toBe('routing/unknown-status')
    expect(await refuse(stepIs(9_999, 'finished'))).toBe('routing/unknown-step')
    expect(await refuse(operationIs(9_999, 'finished'))).toBe('routing/unknown-operation')
    const tests = [operationIs(fairId, 'finished'), stepIs(visit, 'finished')]
    await app.call(routing.saveConditions, await guard(app, to, ...tests))
    const key = await app.db
      .insertInto('confidentialityKeys')
      .values({ label: 'Direction' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await sql`update campaigns set key_id = ${key.id} where id = ${fairId}`.execute(app.db)
    expect(await refuse(operationIs(fairId, 'finished'))).toBe('routing/unknown-operation')
    expect(await refuse(stepIs(visit, 'finished'))).toBe('routing/unknown-step')
    const { sentences } = await app.call(routing.getConditions, { id: to })
    expect(sentences.join()).toContain('une campagne confidentielle')
    expect(sentences.join()).not.toContain('Salon')
  })

  it('keeps what it is about from being deleted, and is copied with its operation', async () => {
    const { app, id, to, fairId, visit } = await scenario()
    const state = { entity: 'step', code: 'waiting', meaning: 'in-progress' } as const
    await app.call(saveState, { ...state, labelFr: 'En attente', labelEn: 'Waiting' })
    const tests = [stepIs(visit, 'waiting'), operationIs(fairId, 'finished')]
    await app.call(routing.saveConditions, await guard(app, to, ...tests))
    expect(await app.refusal(deleteState, state)).toMatchObject({ status: 409 })
    expect(await app.refusal(operations.deleteStep, { id: visit })).toMatchObject({ status: 409 })
    const deletion = await app.refusal(operations.deleteOperation, { id: fairId })
    expect(deletion).toMatchObject({ status: 409 })
    await app.call(routing.saveConditions, await guard(app, to, operationIs(id, 'in-progress')))
    const copy = await app.call(operations.createOperation, { label: 'Copie', copyOf: id })
    const copied = copy.steps.find(({ label }) => label === 'Catalogue')?.id ?? 0
    const { conditions } = await app.call(routing.getConditions, { id: copied })
    expect(conditions).toMatchObject([{ test: { campaignId: copy.id } }])
  })
})
