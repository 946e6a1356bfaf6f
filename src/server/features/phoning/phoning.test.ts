import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createRandom } from '#core/kernel/random.ts'
import { instantAt } from '#core/kernel/zone.ts'
import * as parties from '#core/parties/api.ts'
import * as phoning from '#core/phoning/api.ts'
import * as doNotCall from '#core/phoning/do-not-call-api.ts'
import { CallLaw, obstacleTo } from '#core/phoning/law.ts'
import { calling, consent, key, minutes, monday, target } from '#tests/support/calling.ts'
import type { TestApp } from '#tests/support/test-app.ts'
import { finishCall } from './calls.ts'
import { factsOf, type Judgement } from './law-queries.ts'
import { type Caller, nextPerson } from './queue.ts'
import { countObstacles } from './queue-queries.ts'

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
    expect(none).toEqual({ person: null, obstacles: {}, hasMore: false })
  })
})

describe('the law', () => {
  it('keeps back who did not consent, says why, and lets them in once they do', async () => {
    const { app, stepId, ids } = await calling({ people: 42, consent: false })
    await consent(app, ids.slice(0, 12))
    app.setNow(instantAt('2026-11-22', '11:00', 'Europe/Paris'))
    const sunday = await app.call(phoning.nextPerson, { id: stepId })
    expect(sunday).toMatchObject({ person: null, obstacles: { 'outside-hours': 42 } })
    const exactly = await app.call(phoning.countObstacles, { id: stepId })
    expect(exactly).toEqual({ 'no-consent': 30, 'outside-hours': 12 })
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

/** Cards, wishes and earlier calls of every kind, the same at each run. */
async function mix(app: TestApp, stepId: number, ids: readonly number[]): Promise<void> {
  const random = createRandom(11)
  for (const id of ids) {
    const day = (most: number) => minutes(-1_440 * random.int(0, most)).toISOString()
    await sql`update parties set nature = ${random.pick(['person', 'person', 'company'])},
      do_not_contact = ${random.chance(0.1)},
      mobile_number = ${random.chance(0.9) ? `+33611111${100 + random.int(0, 9)}` : null}
      where id = ${id}`.execute(app.db)
    if (random.chance(0.7)) {
      const state = random.pick(['granted', 'granted', 'withdrawn'])
      const line = { partyId: id, channel: 'phone', state, source: 'staff', proof: '{}' }
      await app.db.insertInto('consents').values(line).execute()
    }
    for (let call = random.int(0, 6); call > 0; call -= 1) {
      const refused = random.chance(0.1)
      const attempt = { stepId, partyId: id, startedAt: day(70), refused }
      await app.db.insertInto('callAttempts').values(attempt).execute()
    }
  }
}

/** What core says of each, counted. */
async function countByCore(app: TestApp, ids: readonly number[], judgement: Judgement) {
  const expected: Record<string, number> = {}
  for (const partyId of ids) {
    const facts = await factsOf(app.db, { partyId, organisationId: null }, judgement)
    const { reason } = obstacleTo(facts, judgement) ?? {}
    if (reason) expected[reason] = (expected[reason] ?? 0) + 1
  }
  return expected
}

describe('the queue', () => {
  it('never gives one person to two of twenty agents who take and finish at once', async () => {
    const { app, stepId } = await calling({ people: 60 })
    const agents = Array.from({ length: 20 }, (_, n) => `agent${n}`)
    const on = (id: string): Caller => ({
      db: app.db,
      actor: { id, name: id, locale: 'fr', rights: new Set(['calls.make']), keys: [] },
      now: app.now(),
    })
    const inTurn = <T>(id: string, work: (caller: Caller) => Promise<T>) =>
      app.db.transaction().execute((db) => work({ ...on(id), db }))
    const taken: number[] = []
    await Promise.all(
      agents.map(async (id) => {
        for (;;) {
          const { person } = await inTurn(id, (caller) =>
            nextPerson(caller, { id: stepId, holding: null, among: [] }),
          )
          if (!person) return
          taken.push(person.partyId)
          const nothing = { callbackAt: null, appointment: null, note: '', refused: false }
          const ending = { ...nothing, answers: [], key: key() }
          const wish = { id: stepId, partyId: person.partyId, status: 'not-done-stop', ...ending }
          await inTurn(id, (caller) => finishCall(caller, wish))
        }
      }),
    )
    expect(taken).toHaveLength(60)
    expect(new Set(taken).size).toBe(60)
  })

  it('judges each person as the law in core does', async () => {
    const { app, stepId, ids } = await calling({ people: 60, consent: false })
    await mix(app, stepId, ids)
    await app.call(doNotCall.addDoNotCall, { numbers: ['06 11 11 11 03', 'rien'] })
    for (const now of [monday, instantAt('2026-11-22', '11:00', 'Europe/Paris')]) {
      for (const ground of ['consent', 'contract'] as const) {
        const judgement = { law: CallLaw.parse({}), ground, now }
        const expected = await countByCore(app, ids, judgement)
        const counting = { stepId, now, codes: ['to-do'] }
        expect(await countObstacles(app.db, counting, judgement)).toEqual(expected)
      }
    }
  })

  it('frees a person whose agent is gone, and keeps those whose agent is there', async () => {
    const { app, stepId, ids } = await calling({ people: 1 })
    await app.call(phoning.nextPerson, { id: stepId })
    await app.db.updateTable('targets').set({ leasedBy: 'gone' }).execute()
    app.setNow(minutes(9))
    expect((await app.call(phoning.nextPerson, { id: stepId })).person).toBeNull()
    app.setNow(minutes(11))
    expect((await app.call(phoning.nextPerson, { id: stepId })).person?.partyId).toBe(ids[0])
    expect(await app.call(phoning.keepLease, { id: stepId, partyIds: ids })).toMatchObject({
      kept: ids,
    })
    const { leases } = await app.call(phoning.getSupervision, {
      from: '2026-11-23',
      to: '2026-11-23',
    })
    expect(leases).toMatchObject([{ partyId: ids[0], agent: 'Testeuse' }])
    const ever = { from: '0001-01-01', to: '9999-12-31' }
    expect((await app.refusal(phoning.getSupervision, ever)).status).toBe(400)
    await app.call(phoning.releaseLease, { id: stepId, partyId: ids[0] ?? 0 })
    expect(await target(app, stepId, ids[0] ?? 0)).toMatchObject({ leasedBy: null })
  })
})

it('who goes on leaves the step’s activity, once the result stands (D-79)', async () => {
  const { app, stepId, ids, questionId } = await calling()
  await sql`update steps set activity_type_id = (select id from activity_types where code = 'call'),
    activity_subject = 'Rappel' where id = ${stepId}`.execute(app.db)
  for (const status of ['ok-continue', 'ok-stop']) {
    const { person } = await app.call(phoning.nextPerson, { id: stepId })
    const on = { id: stepId, partyId: person?.partyId ?? 0 }
    await app.call(phoning.openCall, on)
    const answers = [{ questionId, value: true }]
    await app.call(phoning.finishCall, { ...on, status, answers, key: key() })
  }
  app.setNow(minutes(1))
  await sql`update jobs set run_at = now() where kind = 'phoning/settle'`.execute(app.db)
  await app.runJobs()
  const made = await app.db.selectFrom('activities').select(['partyId', 'subject']).execute()
  expect(made).toEqual([{ partyId: ids[0], subject: 'Rappel' }])
})

it('numbers of an imported list are not called until it is deleted', async () => {
  const { app, stepId } = await calling({ people: 2 })
  const address = '/api/do-not-call-lists/import?label=Bloctel&fileName=bloctel.csv'
  const body = 'Nom;Téléphone\nRoux;06 12 34 56 78\nBlanc;0612345679\nVide;néant\n'
  const answer = await app.http.request(address, { method: 'POST', body })
  expect(await answer.json()).toMatchObject({ list: { label: 'Bloctel', numbers: 2 }, unread: 1 })
  const listed = await app.call(phoning.nextPerson, { id: stepId })
  expect(listed).toMatchObject({ person: null, obstacles: { listed: 2 } })
  const [list] = await app.call(doNotCall.listDoNotCall, {})
  await app.call(doNotCall.deleteDoNotCall, { id: list?.id ?? 0 })
  expect((await app.call(phoning.nextPerson, { id: stepId })).person).not.toBeNull()
})

it('who only calls sees nobody but whom he has on the line', async () => {
  const { app, stepId, ids } = await calling()
  app.grant('calls.make')
  const other = { id: stepId, partyId: ids[2] ?? 0 }
  expect((await app.refusal(phoning.takePerson, other)).code).toBe('phoning/no-such-person')
  expect((await app.refusal(phoning.getCallHistory, other)).code).toBe('phoning/lease-lost')
  const { person } = await app.call(phoning.nextPerson, { id: stepId })
  const history = await app.call(phoning.getCallHistory, {
    id: stepId,
    partyId: person?.partyId ?? 0,
  })
  expect(history.calls).toEqual([])
  await app.call(phoning.stopCalls, { id: stepId })
  expect(await target(app, stepId, ids[0] ?? 0)).toMatchObject({ leasedBy: null })
})
