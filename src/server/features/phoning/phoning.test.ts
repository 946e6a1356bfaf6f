import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as operations from '#core/operations/api.ts'
import * as parties from '#core/parties/api.ts'
import * as phoning from '#core/phoning/api.ts'
import { instantAt } from '#core/phoning/zone.ts'
import * as questionnaires from '#core/questionnaires/api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const monday = instantAt('2026-11-23', '10:30', 'Europe/Paris')
const minutes = (count: number) => new Date(monday.getTime() + count * 60_000)
const key = () => randomUUID()

async function aQuestionnaire(app: TestApp) {
  const { id: questionId } = await app.call(questionnaires.createQuestion, {
    code: 'catalogue',
    kind: 'yes-no',
    label: 'Souhaite le catalogue ?',
  })
  const { id } = await app.call(questionnaires.createQuestionnaire, {
    code: 'Q1',
    label: 'Prospection',
    items: [{ questionId, isRequired: true }],
  })
  return { questionnaireId: id, questionId }
}

/** A phoning step with people who agreed to be called. */
async function calling(options: { people?: number; consent?: boolean; step?: object } = {}) {
  const app = await testApp({ now: monday })
  const asked = await aQuestionnaire(app)
  const operation = await app.call(operations.createOperation, { label: 'Portes ouvertes' })
  const made = await app.call(operations.createStep, {
    id: operation.id,
    label: 'Appels',
    typeCode: 'phoning',
    questionnaireId: asked.questionnaireId,
    ...options.step,
  })
  const stepId = made.steps[0]?.id ?? 0
  const people = await app.db
    .insertInto('parties')
    .values(
      Array.from({ length: options.people ?? 3 }, (_, n) => ({
        code: `P${n}`,
        lastName: `Roux${n}`,
        firstName: 'Zoé',
        mobile: '0612345678',
        mobileNumber: `+336${String(12345678 + n)}`,
      })),
    )
    .returning('id')
    .execute()
  const ids = people.map(({ id }) => id)
  if (options.consent !== false) await consent(app, ids)
  await app.db
    .insertInto('targets')
    .values(
      ids.map((partyId) => ({ stepId, partyId, availableAt: minutes(-10_000).toISOString() })),
    )
    .execute()
  return { app, stepId, ids, campaignId: operation.id, ...asked }
}

const consent = (app: TestApp, ids: readonly number[]) =>
  app.db
    .insertInto('consents')
    .values(
      ids.map((partyId) => ({
        partyId,
        channel: 'phone',
        state: 'granted',
        source: 'staff',
        proof: '{}',
      })),
    )
    .execute()

const target = (app: TestApp, stepId: number, partyId: number) =>
  app.db
    .selectFrom('targets')
    .selectAll()
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .executeTakeFirstOrThrow()

describe('a call', () => {
  it('leases the next person, counts when the questionnaire opens, and ends with a status (D-75, D-78, D-84)', async () => {
    const { app, stepId, ids, questionId } = await calling()
    const { person } = await app.call(phoning.nextPerson, { id: stepId })
    expect(person).toMatchObject({ partyId: ids[0], obstacle: null, calls: 0, status: 'to-do' })
    const again = await app.call(phoning.nextPerson, { id: stepId })
    expect(again.person?.partyId).toBe(ids[0])
    const on = { id: stepId, partyId: ids[0] ?? 0 }
    const open = await app.call(phoning.openCall, { ...on, number: '+33612345678' })
    expect(open).toMatchObject({ calls: 1, status: 'to-do', call: { number: '+33612345678' } })
    expect(await app.call(phoning.openCall, on)).toMatchObject({ calls: 1 })
    const finish = { ...on, status: 'ok-continue' }
    const missing = await app.call(phoning.finishCall, { ...finish, key: key() })
    expect(missing.problems).toEqual([{ questionId, reason: 'required' }])
    const answers = [{ questionId, value: true }]
    expect(await app.call(phoning.saveCallAnswers, { ...on, answers, key: key() })).toEqual({
      problems: [],
    })
    const ended = await app.call(phoning.finishCall, { ...finish, note: 'Aimable', key: key() })
    expect(ended.problems).toEqual([])
    expect(await target(app, stepId, on.partyId)).toMatchObject({
      status: 'ok-continue',
      statusBy: 'Testeuse',
      leasedBy: null,
    })
    const queue = await app.call(phoning.getQueue, { id: stepId })
    expect(queue).toMatchObject({ toDo: 2, done: 1, mine: { calls: 1, reached: 1, ok: 1 } })
    expect((await app.call(phoning.nextPerson, { id: stepId })).person?.partyId).toBe(ids[1])
    const [handled] = await app.call(phoning.listHandled, { id: stepId })
    expect(handled).toMatchObject({ partyId: ids[0], name: 'Zoé Roux0', status: 'ok-continue' })
  })

  it('is counted and answered once, however often it is sent', async () => {
    const { app, stepId, questionId } = await calling()
    const { person } = await app.call(phoning.nextPerson, { id: stepId })
    const on = { id: stepId, partyId: person?.partyId ?? 0 }
    const first = { ...on, answers: [{ questionId, value: true }], key: key() }
    await app.call(phoning.saveCallAnswers, first)
    const second = { ...on, answers: [{ questionId, value: false }], key: key() }
    await app.call(phoning.saveCallAnswers, second)
    await app.call(phoning.saveCallAnswers, first)
    const { person: after } = await app.call(phoning.nextPerson, { id: stepId })
    expect(after?.answers).toEqual([{ questionId, value: false }])
  })

  it('can be taken back for ten seconds, and what follows from it waits until then', async () => {
    const { app, stepId, ids, questionId } = await calling()
    await app.call(phoning.nextPerson, { id: stepId })
    const on = { id: stepId, partyId: ids[0] ?? 0 }
    await app.call(phoning.openCall, on)
    const answers = [{ questionId, value: true }]
    await app.call(phoning.finishCall, { ...on, status: 'ok-continue', answers, key: key() })
    app.setNow(new Date(monday.getTime() + 9_000))
    const back = await app.call(phoning.undoCall, on)
    expect(back).toMatchObject({ status: 'to-do', call: { number: '' } })
    await app.call(phoning.finishCall, { ...on, status: 'ok-stop', key: key() })
    app.setNow(new Date(monday.getTime() + 30_000))
    expect((await app.refusal(phoning.undoCall, on)).code).toBe('phoning/too-late')
  })

  it('needs a questionnaire and a lease', async () => {
    const { app, stepId, ids } = await calling({ step: { questionnaireId: null } })
    const on = { id: stepId, partyId: ids[0] ?? 0 }
    expect((await app.refusal(phoning.openCall, on)).code).toBe('phoning/no-questionnaire')
    const bare = { ...on, status: 'ok-stop', key: key() }
    expect((await app.refusal(phoning.finishCall, bare)).code).toBe('phoning/not-held')
  })
})

describe('callbacks', () => {
  it('keep the status, come first when due, one’s own before those of others (D-81)', async () => {
    const { app, stepId, ids } = await calling({ people: 4 })
    const promise = async (n: number, at: Date) => {
      await app.call(phoning.nextPerson, { id: stepId, among: [ids[n] ?? 0] })
      await app.call(phoning.finishCall, {
        id: stepId,
        partyId: ids[n] ?? 0,
        status: 'to-do',
        callbackAt: at.toISOString(),
        key: key(),
      })
    }
    await promise(2, minutes(20))
    await promise(3, minutes(30))
    await app.db
      .updateTable('targets')
      .set({ callbackBy: 'colleague' })
      .where('partyId', '=', ids[2] ?? 0)
      .execute()
    expect(await target(app, stepId, ids[3] ?? 0)).toMatchObject({
      status: 'to-do',
      callbackBy: 'tester',
    })
    expect(await app.call(phoning.listMyCallbacks, {})).toHaveLength(1)
    app.setNow(minutes(40))
    const order: (number | undefined)[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      const { person } = await app.call(phoning.nextPerson, { id: stepId })
      order.push(person?.partyId)
      await app.call(phoning.finishCall, {
        id: stepId,
        partyId: person?.partyId ?? 0,
        status: 'not-done-continue',
        key: key(),
      })
    }
    expect(order).toEqual([ids[3], ids[2], ids[0], ids[1]])
    const none = await app.call(phoning.nextPerson, { id: stepId })
    expect(none).toEqual({ person: null, obstacles: {} })
  })
})

describe('the law', () => {
  it('keeps back who did not consent, says why, and lets them in once they do', async () => {
    const { app, stepId, ids } = await calling({ people: 42, consent: false })
    await consent(app, ids.slice(0, 12))
    app.setNow(instantAt('2026-11-22', '11:00', 'Europe/Paris'))
    const sunday = await app.call(phoning.nextPerson, { id: stepId })
    expect(sunday).toEqual({ person: null, obstacles: { 'no-consent': 30, 'outside-hours': 12 } })
    app.setNow(monday)
    expect((await app.call(phoning.nextPerson, { id: stepId })).person?.partyId).toBe(ids[0])
    expect(await app.call(phoning.countObstacles, { id: stepId })).toEqual({ 'no-consent': 30 })
    const late = ids[40] ?? 0
    await app.call(parties.changeConsent, { id: late, channel: 'phone', state: 'granted' })
    const { person } = await app.call(phoning.nextPerson, {
      id: stepId,
      holding: ids[0],
      among: [late],
    })
    expect(person?.partyId).toBe(late)
  })

  it('rests on a contract in force when the step says so', async () => {
    const { app, stepId, ids } = await calling({ consent: false })
    expect((await app.call(phoning.nextPerson, { id: stepId })).person).toBeNull()
    await app.call(phoning.setCallGround, { id: stepId, ground: 'contract' })
    expect((await app.call(phoning.nextPerson, { id: stepId })).person?.partyId).toBe(ids[0])
  })

  it('ends the call of who refuses, with a stop status, the consent withdrawn and sixty days of silence', async () => {
    const { app, stepId, ids } = await calling()
    await app.call(phoning.nextPerson, { id: stepId })
    const on = { id: stepId, partyId: ids[0] ?? 0, refused: true }
    await app.call(phoning.openCall, { ...on, number: '+33612345678' })
    const going = { ...on, status: 'ok-continue', key: key() }
    expect((await app.refusal(phoning.finishCall, going)).code).toBe('phoning/refusal-stops')
    const ended = await app.call(phoning.finishCall, { ...on, status: 'not-done-stop', key: key() })
    expect(ended.undoUntil).toBeNull()
    const [last] = await app.db
      .selectFrom('consents')
      .selectAll()
      .where('partyId', '=', on.partyId)
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    expect(last).toMatchObject({
      channel: 'phone',
      state: 'withdrawn',
      source: 'call',
      proof: { agent: 'Testeuse', number: '+33612345678', step: 'Appels' },
    })
    await consent(app, [on.partyId])
    await app.db.updateTable('targets').set({ status: 'to-do' }).execute()
    app.setNow(instantAt('2027-01-20', '11:00', 'Europe/Paris'))
    const among = [on.partyId]
    const silent = await app.call(phoning.nextPerson, { id: stepId, among })
    expect(silent.obstacles).toMatchObject({ refused: 1 })
    app.setNow(instantAt('2027-01-25', '11:00', 'Europe/Paris'))
    const spoken = await app.call(phoning.nextPerson, { id: stepId, among })
    expect(spoken.person?.partyId).toBe(on.partyId)
  })

  it('is asked again when the call begins', async () => {
    const { app, stepId, ids } = await calling()
    await app.call(phoning.nextPerson, { id: stepId })
    app.setNow(instantAt('2026-11-23', '13:01', 'Europe/Paris'))
    const on = { id: stepId, partyId: ids[0] ?? 0 }
    expect(await app.refusal(phoning.openCall, on)).toMatchObject({
      code: 'phoning/may-not-be-called',
      details: { reason: 'outside-hours', until: '2026-11-23T13:00:00.000Z' },
    })
  })
})
