import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Actor } from '#core/kernel/actor.ts'
import * as operations from '#core/operations/api.ts'
import * as phoning from '#core/phoning/api.ts'
import * as doNotCall from '#core/phoning/do-not-call-api.ts'
import { calling, key, minutes, target } from '#tests/support/calling.ts'
import type { TestApp } from '#tests/support/test-app.ts'
import { find } from './history-queries.ts'
import { type Caller, nextPerson } from './queue.ts'

/** Another phoning step with the same people. */
async function secondStep(app: TestApp, first: number, campaignId: number): Promise<number> {
  const { rows } = await sql<{ questionnaireId: number }>`
    select questionnaire_id from steps where id = ${first}`.execute(app.db)
  const made = await app.call(operations.createStep, {
    id: campaignId,
    label: 'Relance',
    typeCode: 'phoning',
    questionnaireId: rows[0]?.questionnaireId ?? null,
  })
  const stepId = made.steps.find(({ label }) => label === 'Relance')?.id ?? 0
  await sql`insert into targets (step_id, party_id, available_at)
    select ${stepId}, party_id, available_at from targets where step_id = ${first}`.execute(app.db)
  return stepId
}

const agent = (id: string): Actor => ({
  id,
  name: id,
  locale: 'fr',
  rights: new Set(['calls.make']),
  keys: [],
})

/** Each request has a transaction of its own. */
const asAgent = <T>(app: TestApp, id: string, work: (caller: Caller) => Promise<T>) =>
  app.db.transaction().execute((db) => work({ db, actor: agent(id), now: app.now() }))

const asking = (id: number) => ({ id, holding: null, among: [] })

describe('a person in two steps', () => {
  it('is on the line of one agent only', async () => {
    const { app, stepId, ids, campaignId } = await calling({ people: 2 })
    const second = await secondStep(app, stepId, campaignId)
    const { person } = await app.call(phoning.nextPerson, { id: stepId })
    expect(person?.partyId).toBe(ids[0])
    const other = await asAgent(app, 'other', (caller) => nextPerson(caller, asking(second)))
    expect(other.person?.partyId).toBe(ids[1])
    const on = { id: second, partyId: ids[0] ?? 0 }
    await sql`update targets set leased_by = 'tester', leased_until = ${minutes(-1)}::timestamptz
      where step_id = ${second} and party_id = ${on.partyId}`.execute(app.db)
    await sql`update targets set leased_by = 'other' where step_id = ${stepId}`.execute(app.db)
    expect((await app.refusal(phoning.openCall, on)).code).toBe('phoning/lease-lost')
    expect((await app.refusal(phoning.takePerson, on)).code).toBe('phoning/lease-lost')
    const beat = await app.call(phoning.keepLease, { id: second, partyIds: [on.partyId] })
    expect(beat.kept).toEqual([])
  })

  it('is never given to two who ask at once, one in each step', async () => {
    const { app, stepId, campaignId } = await calling({ people: 24 })
    const second = await secondStep(app, stepId, campaignId)
    const found = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        asAgent(app, `agent${n}`, (caller) => nextPerson(caller, asking(n % 2 ? stepId : second))),
      ),
    )
    const taken = found.flatMap(({ person }) => (person ? [person.partyId] : []))
    expect(taken.length).toBeGreaterThan(12)
    expect(new Set(taken).size).toBe(taken.length)
  })
})

describe('the number dialled', () => {
  it('is one of the person that stands on no list', async () => {
    const { app, stepId, ids } = await calling()
    await sql`update parties set phone_number = '+33123456789'`.execute(app.db)
    await app.call(doNotCall.addDoNotCall, { numbers: ['+33612345678'] })
    await app.call(phoning.nextPerson, { id: stepId })
    const on = { id: stepId, partyId: ids[0] ?? 0 }
    const dial = (number: string) => app.refusal(phoning.openCall, { ...on, number })
    expect((await dial('+33612345678')).code).toBe('phoning/number-listed')
    expect((await dial('+33999999999')).code).toBe('phoning/number-not-theirs')
    const open = await app.call(phoning.openCall, { ...on, number: '+33123456789' })
    expect(open.call?.number).toBe('+33123456789')
    expect((await dial('+33612345678')).code).toBe('phoning/number-listed')
  })
})

describe('the result of a call', () => {
  it('is not taken back when it is a refusal', async () => {
    const { app, stepId, ids } = await calling()
    await app.call(phoning.nextPerson, { id: stepId })
    const on = { id: stepId, partyId: ids[0] ?? 0 }
    await app.call(phoning.openCall, on)
    const refusing = { ...on, status: 'not-done-stop', refused: true, key: key() }
    await app.call(phoning.finishCall, refusing)
    expect((await app.refusal(phoning.undoCall, on)).code).toBe('phoning/too-late')
  })

  it('takes the call off the counter unless the person stays to do; taking it back counts it again (D-78)', async () => {
    const { app, stepId, ids } = await calling()
    const on = { id: stepId, partyId: ids[0] ?? 0 }
    const calls = async () => (await target(app, stepId, on.partyId)).calls
    const ring = async (status: string) => {
      await app.call(phoning.nextPerson, { id: stepId, among: [on.partyId] })
      await app.call(phoning.openCall, on)
      await app.call(phoning.finishCall, { ...on, status, key: key() })
    }
    await ring('to-do')
    expect(await calls()).toBe(1)
    await ring('ok-stop')
    expect(await calls()).toBe(1)
    expect(await app.call(phoning.undoCall, on)).toMatchObject({ calls: 2 })
  })
})

describe('an empty queue', () => {
  it('is looked at for a while only, and says when there is more to look at', async () => {
    const { app, stepId } = await calling({ people: 30, consent: false })
    const look = () => asAgent(app, 'tester', (caller) => nextPerson(caller, asking(stepId), 0))
    expect(await look()).toEqual({ person: null, obstacles: {}, hasMore: true })
    const found = await app.call(phoning.nextPerson, { id: stepId })
    expect(found).toEqual({ person: null, obstacles: { 'no-consent': 30 }, hasMore: false })
  })

  it('can be told from the list of steps', async () => {
    const { app, ids, stepId } = await calling({ people: 5, consent: false })
    await sql`insert into consents (party_id, channel, state, source, proof)
      values (${ids[4] ?? 0}, 'phone', 'granted', 'staff', '{}')`.execute(app.db)
    await app.call(phoning.nextPerson, { id: stepId })
    await app.call(phoning.finishCall, {
      id: stepId,
      partyId: ids[4] ?? 0,
      status: 'to-do',
      callbackAt: minutes(60).toISOString(),
      key: key(),
    })
    const [line] = await app.call(phoning.listCallSteps, {})
    expect(line).toMatchObject({ toDo: 5, callable: 0 })
    app.setNow(minutes(61))
    const [later] = await app.call(phoning.listCallSteps, {})
    expect(later).toMatchObject({ toDo: 5, callable: 1 })
  })
})

it('the history names types of activity in the language of the agent', async () => {
  const { app, stepId, ids } = await calling()
  await sql`insert into activities (type_id, party_id, subject, starts_at, state)
    select id, ${ids[0] ?? 0}, 'Rappel', now(), 'done' from activity_types where code = 'call'`.execute(
    app.db,
  )
  const { rows } = await sql<{ fr: string; en: string }>`
    select label_fr as fr, label_en as en from activity_types where code = 'call'`.execute(app.db)
  await app.call(phoning.nextPerson, { id: stepId })
  const on = { id: stepId, partyId: ids[0] ?? 0 }
  const history = await app.call(phoning.getCallHistory, on)
  expect(history.activities[0]?.type).toBe(rows[0]?.fr)
  const english = { ...agent('tester'), locale: 'en' as const }
  const other = await find(app.db, english, { partyId: on.partyId, organisationId: null })
  expect(other.activities[0]?.type).toBe(rows[0]?.en)
})
