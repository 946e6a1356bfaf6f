import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as operations from '#core/operations/api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { admit, compactTallies, setStatus, statusCounts } from './service.ts'

/** Two organisations with contacts, an individual, a supplier. */
async function people(app: TestApp) {
  const rows = await app.db
    .insertInto('parties')
    .values([
      { code: 'ACME', lastName: '', company: 'Acme', nature: 'company', kind: 'prospect' },
      { code: 'BETA', lastName: '', company: 'Beta', nature: 'company', kind: 'prospect' },
      { code: 'ZOE', lastName: 'Roux', kind: 'prospect' },
      { code: 'SUP', lastName: 'Fournil', kind: 'supplier' },
      { code: 'A1', lastName: 'Ana', kind: 'other' },
      { code: 'A2', lastName: 'Aldo', kind: 'other' },
    ])
    .returning(['id', 'code'])
    .execute()
  const id = (code: string) => rows.find((row) => row.code === code)?.id ?? 0
  await app.db
    .insertInto('partyContacts')
    .values([
      { organisationId: id('ACME'), personId: id('A1'), function: 'Qualité' },
      { organisationId: id('ACME'), personId: id('A2'), function: 'Achats' },
    ])
    .execute()
  return { all: rows.slice(0, 4).map((row) => row.id), id }
}

async function aStep(app: TestApp, campaign: object = {}, step: object = {}) {
  const { id } = await app.call(operations.createOperation, {
    label: 'Portes ouvertes',
    ...campaign,
  })
  const made = await app.call(operations.createStep, { id, label: 'Appels', ...step })
  return { campaignId: id, stepId: made.steps[0]?.id ?? 0 }
}

const proposing = (ids: number[]) =>
  sql`select unnest(${ids}::bigint[]) as party_id, null::bigint as organisation_id`

const targets = async (app: TestApp, stepId: number) => {
  const rows = await app.db
    .selectFrom('targets')
    .innerJoin('parties', 'parties.id', 'targets.partyId')
    .select(['code', 'status', 'viaContacts'])
    .where('stepId', '=', stepId)
    .orderBy('code')
    .execute()
  return rows.map(({ code, status, viaContacts }) => `${code}${viaContacts ? '*' : ''} ${status}`)
}

describe('people become targets', () => {
  it('once, when they are of a kind that the operation targets (D-100)', async () => {
    const app = await testApp()
    const { all } = await people(app)
    const { stepId } = await aStep(app, { kinds: ['prospect'] })
    expect(await admit(app.db, proposing(all), { stepId, now: app.now() })).toEqual({ added: 3 })
    expect(await admit(app.db, proposing(all), { stepId, now: app.now() })).toEqual({ added: 0 })
    expect(await targets(app, stepId)).toEqual(['ACME to-do', 'BETA to-do', 'ZOE to-do'])
  })

  it('as contacts with the functions asked, with their organisation; an individual as himself', async () => {
    const app = await testApp()
    const { all, id } = await people(app)
    const asked = { audience: 'contacts', contactFunctions: ['Qualité'] }
    const { stepId } = await aStep(app, { kinds: ['prospect'] }, asked)
    await admit(app.db, proposing(all), { stepId, now: app.now() })
    expect(await targets(app, stepId)).toEqual([
      'A1 to-do',
      'ACME* to-do',
      'BETA to-do',
      'ZOE to-do',
    ])
    const contact = sql`select ${id('A2')}::bigint as party_id, ${id('ACME')}::bigint as organisation_id`
    expect(await admit(app.db, contact, { stepId, now: app.now() })).toEqual({ added: 1 })
  })

  it('not when another step of the campaign has them already, if it is asked (A-S9)', async () => {
    const app = await testApp()
    const { all } = await people(app)
    const first = await aStep(app)
    await admit(app.db, proposing(all.slice(0, 2)), { stepId: first.stepId, now: app.now() })
    const add = (more: object) =>
      app.call(operations.createStep, {
        id: first.campaignId,
        label: 'Relance',
        skipsContacted: true,
        ...more,
      })
    const apart = (await add({})).steps.at(-1)?.id ?? 0
    const below = (await add({ originId: first.stepId })).steps.at(-1)?.id ?? 0
    const added = async (stepId: number) =>
      (await admit(app.db, proposing(all), { stepId, now: app.now() })).added
    expect(await added(apart)).toBe(2)
    // Those of the step it descends from are its own people; those of the other one are not.
    expect(await added(below)).toBe(2)
  })
})

describe('statuses', () => {
  it('of contacts reach their organisation when all have one; of an organisation, all its contacts', async () => {
    const app = await testApp()
    const { all, id } = await people(app)
    const { stepId } = await aStep(app, {}, { audience: 'contacts' })
    await admit(app.db, proposing(all), { stepId, now: app.now() })
    const give = (code: string, status: string) =>
      setStatus(app.db, { stepId, partyIds: [id(code)], status, by: 'Zoé', now: app.now() })
    await give('A1', 'ok-continue')
    expect(await targets(app, stepId)).toContain('ACME* to-do')
    app.setNow(new Date(app.now().getTime() + 60_000))
    await give('A2', 'ok-stop')
    expect(await targets(app, stepId)).toContain('ACME* ok-stop')
    await give('ACME', 'not-done-stop')
    expect(await targets(app, stepId)).toEqual(
      expect.arrayContaining(['A1 not-done-stop', 'A2 not-done-stop', 'ACME* not-done-stop']),
    )
    app.setNow(new Date(app.now().getTime() + 60_000))
    await give('A1', 'to-do')
    expect(await targets(app, stepId)).toEqual(
      expect.arrayContaining(['A1 to-do', 'A2 not-done-stop', 'ACME* to-do']),
    )
  })

  it('of the house that mean “to do” leave a callback where it is', async () => {
    const app = await testApp()
    const { all, id } = await people(app)
    const { stepId } = await aStep(app)
    await admit(app.db, proposing(all), { stepId, now: app.now() })
    await sql`insert into entity_states (entity, code, label_fr, label_en, meaning, position)
      values ('target', 'absent', 'Absent', 'Absent', 'to-do', 9)`.execute(app.db)
    await sql`update targets set callback_at = now()`.execute(app.db)
    const callbacks = async (status: string) => {
      const change = { stepId, partyIds: [id('ZOE')], status, by: null, now: app.now() }
      await setStatus(app.db, change)
      const { rows } = await sql`select from targets where callback_at is not null
        and party_id = ${id('ZOE')}`.execute(app.db)
      return rows.length
    }
    expect(await callbacks('absent')).toBe(1)
    expect(await callbacks('ok-stop')).toBe(0)
  })

  it('are of contacts when the type of the step is “phoning contact” (D-72)', async () => {
    const app = await testApp()
    const { all } = await people(app)
    const { stepId } = await aStep(app, {}, { typeCode: 'phoning-contact' })
    await admit(app.db, proposing(all.slice(0, 1)), { stepId, now: app.now() })
    expect(await targets(app, stepId)).toEqual(['A1 to-do', 'A2 to-do', 'ACME* to-do'])
  })

  it('are counted as they are, whatever changed them, and added up daily', async () => {
    const app = await testApp()
    const { all, id } = await people(app)
    const { stepId } = await aStep(app)
    await admit(app.db, proposing(all), { stepId, now: app.now() })
    await setStatus(app.db, {
      stepId,
      partyIds: [id('ZOE')],
      status: 'ok-stop',
      by: null,
      now: app.now(),
    })
    await sql`update targets set is_linked = false where party_id = ${id('BETA')}`.execute(app.db)
    await sql`delete from targets where party_id = ${id('SUP')}`.execute(app.db)
    const expected = new Map([[stepId, { 'to-do': 1, 'ok-stop': 1 }]])
    expect(await statusCounts(app.db, [stepId])).toEqual(expected)
    await compactTallies(app.db)
    expect(await statusCounts(app.db, [stepId])).toEqual(expected)
    expect(await app.db.selectFrom('targetTallies').selectAll().execute()).toHaveLength(2)
  })
})
