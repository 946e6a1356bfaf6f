import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as api from '#core/activities/api.ts'
import * as operations from '#core/operations/api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { attachMessage, generateActivities } from './service.ts'

const sorted = (texts: (string | undefined)[]) => [...texts].sort()

/** Acme with two contacts and Zoé, all targets of a step that makes tasks; more of the step as asked. */
async function aStep(app: TestApp, step: object = {}, type: object = {}) {
  const tables = await app.call(api.createActivityType, {
    code: 'relance',
    labelFr: 'Relance',
    labelEn: 'Follow-up',
    kind: 'task',
    ...type,
  })
  const typeId = tables.types.find(({ code }) => code === 'relance')?.id ?? 0
  const operation = await app.call(operations.createOperation, { label: 'Portes ouvertes' })
  const made = await app.call(operations.createStep, {
    id: operation.id,
    label: 'Invitation',
    activityTypeId: typeId,
    ...step,
  })
  const stepId = made.steps[0]?.id ?? 0
  const rows = await app.db
    .insertInto('parties')
    .values([
      { code: 'ACME', lastName: '', company: 'Acme', nature: 'company' },
      { code: 'A1', lastName: 'Blanc', firstName: 'Ana' },
      { code: 'A2', lastName: 'Noir', firstName: 'Aldo' },
      { code: 'ZOE', lastName: 'Roux', firstName: 'Zoé' },
    ])
    .returning(['id', 'code'])
    .execute()
  const id = (code: string) => rows.find((row) => row.code === code)?.id ?? 0
  await sql`insert into party_contacts (organisation_id, person_id, function, position) values
    (${id('ACME')}, ${id('A1')}, 'Achats', 2), (${id('ACME')}, ${id('A2')}, 'Direction', 1)`.execute(
    app.db,
  )
  await sql`insert into targets (step_id, party_id, organisation_id, via_contacts) values
    (${stepId}, ${id('ACME')}, null, true), (${stepId}, ${id('A1')}, ${id('ACME')}, false),
    (${stepId}, ${id('A2')}, ${id('ACME')}, false), (${stepId}, ${id('ZOE')}, null, false)`.execute(
    app.db,
  )
  const generate = (people: readonly number[] = rows.map((row) => row.id)) =>
    generateActivities(app.db, { stepId, people, now: app.now(), actor: { id: 'tester' } })
  const list = async () =>
    (await app.call(api.listActivities, { filter: { stepId }, sort: 'subject' })).rows
  return { stepId, typeId, campaignId: operation.id, id, generate, list }
}

describe('a step leaves activities behind', () => {
  it('one per contact, with the contact and the organisation, and once only (A-7, L-9)', async () => {
    const app = await testApp()
    const { generate, list } = await aStep(app, {
      activitySubject: 'Rappeler {{firstName}} {{lastName|?}}',
      activityText: 'Chez {{company|lui}}',
      activityDueDays: 3,
    })
    expect(await generate()).toEqual({ generated: 3 })
    expect(await generate()).toEqual({ generated: 0 })
    const rows = await list()
    expect(
      rows.map(({ subject, party, contact }) => [subject, party?.label, contact?.label]),
    ).toEqual([
      ['Rappeler Aldo Noir', 'Acme', 'Aldo Noir'],
      ['Rappeler Ana Blanc', 'Acme', 'Ana Blanc'],
      ['Rappeler Zoé Roux', 'Zoé Roux', undefined],
    ])
    const [first] = rows
    expect(first?.owner).toEqual({ id: 'tester', label: 'Testeuse' })
    expect(first?.startsAt).toBe(new Date(app.now().getTime() + 3 * 86_400_000).toISOString())
    expect(first?.campaign?.label).toBe('Portes ouvertes')
  })

  it('one per party, with its main contact; an organisation alone brings its contacts', async () => {
    const app = await testApp()
    const { generate, list, id } = await aStep(app, {
      activityPer: 'party',
      activitySubject: 'Suivi',
    })
    expect(await generate([id('ACME')])).toEqual({ generated: 1 })
    expect((await list()).map(({ contact }) => contact?.label)).toEqual(['Aldo Noir'])
    expect(await generate()).toEqual({ generated: 1 })
    expect(sorted((await list()).map(({ party }) => party?.label))).toEqual(['Acme', 'Zoé Roux'])
  })

  it('one for all of them, completed at once (A-S11, A-S13)', async () => {
    const app = await testApp()
    const { generate, list } = await aStep(app, { activityPer: 'step', activityIsDone: true })
    expect(await generate()).toEqual({ generated: 1 })
    expect(await generate()).toEqual({ generated: 0 })
    expect(await list()).toMatchObject([
      { subject: 'Invitation', state: 'done', party: null, doneAt: app.now().toISOString() },
    ])
  })

  it('numbered without a gap, from the last number of the type on', async () => {
    const app = await testApp()
    const { generate, list, id, typeId } = await aStep(
      app,
      { activitySubject: '{{firstName}}' },
      { numberPrefix: 'R-', lastNumber: 41 },
    )
    await generate([id('ZOE')])
    await generate()
    expect(sorted((await list()).map(({ number }) => number))).toEqual(['R-42', 'R-43', 'R-44'])
    const byHand = await app.call(api.createActivity, {
      typeId,
      subject: 'À la main',
      startsAt: app.now().toISOString(),
    })
    expect(byHand.number).toBe('R-45')
  })

  it('none without a type, and none for cards that are gone', async () => {
    const app = await testApp()
    const { generate, id } = await aStep(app)
    await sql`delete from parties where id = ${id('ZOE')}`.execute(app.db)
    expect(await generate()).toEqual({ generated: 2 })
    const other = await aStepWithoutType(app)
    const none = { stepId: other, people: [id('A1')], now: app.now(), actor: { id: null } }
    expect(await generateActivities(app.db, none)).toEqual({ generated: 0 })
  })

  it('with the message that was really sent, whichever comes first (D-42, D-54, L-10)', async () => {
    const app = await testApp()
    const { generate, list, stepId, id } = await aStep(app)
    const content = await app.db
      .insertInto('contents')
      .values({ stepId, channel: 'email', body: '{}' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const send = (code: string) =>
      app.db
        .insertInto('messages')
        .values({
          stepId,
          contentId: content.id,
          partyId: id(code),
          channel: 'email',
          state: 'submitted',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
    const eml = Buffer.from('Subject: Invitation\r\n\r\nVenez !')
    const copy = { name: 'Invitation.eml', eml, tailId: null }
    const before = await send('A1')
    await attachMessage(app.db, { messageId: before.id, ...copy })
    await generate()
    const after = await send('ZOE')
    await attachMessage(app.db, { messageId: after.id, ...copy })
    for (const row of await list()) {
      const { messages } = await app.call(api.getActivity, { id: row.id })
      const expected =
        row.contact?.label === 'Aldo Noir' ? [] : [{ name: 'Invitation.eml', hasCopy: true }]
      expect(messages).toMatchObject(expected)
      expect(row.files).toBe(expected.length)
    }
  })
})

async function aStepWithoutType(app: TestApp): Promise<number> {
  const { id } = await app.call(operations.createOperation, { label: 'Autre' })
  const { steps } = await app.call(operations.createStep, { id, label: 'Sans suite' })
  return steps[0]?.id ?? 0
}
