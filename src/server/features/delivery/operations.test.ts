import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { checkContent } from '#core/campaigns/api.ts'
import { previewContent } from '#core/content/api.ts'
import * as api from '#core/delivery/api.ts'
import * as operations from '#core/operations/api.ts'
import { email, launch, mailing, people } from '#tests/support/mailing.ts'
import {
  admitted,
  aStep,
  hasten,
  later,
  type Making,
  shop,
  statuses,
  two,
} from '#tests/support/operation.ts'

describe('a step of an operation is launched', () => {
  it('for all who are to do; they take its final status, the unreachable stay with their reason (D-41, D-103)', async () => {
    const { app, sink, sentTo } = await shop()
    const ids = await people(app, [...two, { email: '' }, { email: 'c@example.org' }])
    const [a = 0, b = 0, none = 0, apart = 0] = ids
    const { id, stepId } = await aStep(app, { step: { finalStatus: 'ok-stop' } })
    await admitted(app, stepId, ids)
    await app.db
      .updateTable('targets')
      .set({ isLinked: false })
      .where('partyId', '=', apart)
      .execute()
    expect(await app.call(api.preflight, { stepId })).toMatchObject({
      form: 'operation',
      finalStatus: { code: 'ok-stop', labelFr: 'OK, on arrête' },
      people: 3,
      toSend: 2,
      contents: [{ excluded: { 'no-address': 1 }, profile: 'Relais' }],
    })
    await launch(app, stepId)
    await app.runJobs()
    expect(sentTo()).toEqual(['a@example.org', 'b@example.org'])
    expect((await PostalMime.parse(sink.accepted[0]?.text ?? '')).text).toContain('Bonjour Léa')
    expect(await statuses(app, stepId)).toEqual({
      [a]: 'ok-stop',
      [b]: 'ok-stop',
      [none]: 'to-do',
      [apart]: 'to-do',
    })
    expect(await app.call(api.deliverySummary, { stepId })).toMatchObject({
      form: 'operation',
      state: 'done',
      toDo: 1,
      counts: { submitted: 2, excluded: 1 },
    })
    const operation = await app.call(operations.getOperation, { id })
    expect(operation).toMatchObject({ state: 'in-progress', stateCode: 'in-progress' })
    expect(operation.steps[0]).toMatchObject({ statusCode: 'in-progress' })
  })

  it('again for new people only, and for whom can be reached now', async () => {
    const { app, sentTo } = await shop()
    const [a = 0, b = 0, none = 0] = await people(app, [...two, { email: '' }])
    const { stepId } = await aStep(app)
    await admitted(app, stepId, [a, none])
    await launch(app, stepId)
    await app.runJobs()
    expect((await app.call(api.preflight, { stepId })).problems).toEqual(['nobody-to-do'])
    later(app, 60)
    await admitted(app, stepId, [b])
    await app.db
      .updateTable('parties')
      .set({ email: 'Late@example.org' })
      .where('id', '=', none)
      .execute()
    expect(await launch(app, stepId)).toMatchObject({ state: 'running', announced: 2 })
    await app.runJobs()
    expect(sentTo()).toEqual(['Late@example.org', 'a@example.org', 'b@example.org'])
    expect(await app.call(api.deliverySummary, { stepId })).toMatchObject({
      state: 'done',
      toDo: 0,
      candidates: 3,
      counts: { submitted: 3 },
    })
  })

  it('and counts before it what it would do: nothing for who shares the address of somebody reached', async () => {
    const { app, sentTo } = await shop()
    const same = { email: 'a@example.org' }
    const [a = 0, b = 0] = await people(app, [same, { ...same, firstName: 'Ana' }])
    const { stepId } = await aStep(app)
    await admitted(app, stepId, [a, b])
    await launch(app, stepId)
    await app.runJobs()
    expect(await statuses(app, stepId)).toEqual({ [a]: 'ok-continue', [b]: 'to-do' })
    expect(await app.call(api.deliverySummary, { stepId })).toMatchObject({ toDo: 1 })
    expect(await app.call(api.preflight, { stepId })).toMatchObject({
      people: 1,
      toSend: 0,
      problems: ['nobody-to-do'],
      contents: [{ excluded: { 'duplicate-address': 1 } }],
    })
    expect(await app.refusal(api.launchStep, { stepId, confirm: 1 })).toMatchObject({
      code: 'delivery/nobody-to-do',
    })
    await app.db
      .updateTable('parties')
      .set({ email: 'own@example.org' })
      .where('id', '=', b)
      .execute()
    expect(await launch(app, stepId)).toMatchObject({ announced: 1 })
    await app.runJobs()
    expect(sentTo()).toEqual(['a@example.org', 'own@example.org'])
  })

  it('not yet for whom a delay holds back, and on a date for whom is to do then', async () => {
    const { app, sentTo } = await shop()
    const ids = await people(app, two)
    const { stepId } = await aStep(app, { step: { delayMinutes: 60 } })
    await admitted(app, stepId, ids.slice(0, 1))
    expect(await app.call(api.preflight, { stepId })).toMatchObject({ people: 0 })
    later(app, 3_600)
    const at = new Date(app.now().getTime() + 7_200_000).toISOString()
    expect(await launch(app, stepId, at)).toMatchObject({ state: 'scheduled' })
    await admitted(app, stepId, ids)
    later(app, 7_200)
    await hasten(app)
    await app.runJobs()
    expect(sentTo()).toEqual(['a@example.org', 'b@example.org'])
  })

  it('for one party with all its contacts, or for one contact (D-104, D-105)', async () => {
    const { app, sentTo } = await shop()
    const [acme = 0, beta = 0, ana = 0, aldo = 0, bo = 0] = await people(app, [
      {},
      {},
      { email: 'ana@example.org', firstName: 'Ana' },
      { email: 'aldo@example.org' },
      { email: 'bo@example.org' },
    ])
    await app.db
      .insertInto('partyContacts')
      .values([
        { organisationId: acme, personId: ana },
        { organisationId: acme, personId: aldo },
        { organisationId: beta, personId: bo },
      ])
      .execute()
    const { stepId } = await aStep(app, { step: { audience: 'contacts' } })
    await admitted(app, stepId, [acme, beta])
    const launchFor = async (partyIds: number[]) => {
      const { toSend } = await app.call(api.preflight, { stepId, partyIds })
      await app.call(api.launchStep, { stepId, partyIds, confirm: toSend })
      await app.runJobs()
      later(app, 60)
      return toSend
    }
    expect(await launchFor([ana])).toBe(1)
    expect(await statuses(app, stepId)).toMatchObject({ [ana]: 'ok-continue', [acme]: 'to-do' })
    expect(await launchFor([acme])).toBe(1)
    expect(await statuses(app, stepId)).toEqual({
      [acme]: 'ok-continue',
      [ana]: 'ok-continue',
      [aldo]: 'ok-continue',
      [beta]: 'to-do',
      [bo]: 'to-do',
    })
    expect(sentTo()).toEqual(['aldo@example.org', 'ana@example.org'])
    expect(await launchFor([beta])).toBe(1)
    expect(await statuses(app, stepId)).toMatchObject({ [beta]: 'ok-continue' })
  })

  it('goes on where it was when it is stopped, for those it was meant for', async () => {
    const { app, sentTo } = await shop()
    const ids = await people(app, two)
    const { stepId } = await aStep(app)
    await admitted(app, stepId, ids)
    const partyIds = ids.slice(0, 1)
    await app.call(api.launchStep, { stepId, partyIds, confirm: 1 })
    await app.call(api.pauseStep, { stepId })
    await app.runJobs()
    await app.call(api.resumeStep, { stepId })
    await app.runJobs()
    expect(sentTo()).toEqual(['a@example.org'])
    await launch(app, stepId)
    await app.call(api.pauseStep, { stepId })
    await app.runJobs()
    await app.call(api.cancelStep, { stepId })
    expect(await launch(app, stepId)).toMatchObject({ announced: 1 })
    await app.runJobs()
    expect(sentTo()).toEqual(['a@example.org', 'b@example.org'])
  })
})

it('keeps out who is taken out of the step while it waits (A-S12)', async () => {
  const { app, sink, sentTo } = await shop({ greeting: 'drop' })
  const ids = await people(app, two)
  const { stepId } = await aStep(app)
  await admitted(app, stepId, ids)
  await launch(app, stepId)
  await app.runJobs()
  delete sink.options.greeting
  await app.db
    .updateTable('targets')
    .set({ isLinked: false })
    .where('partyId', '=', ids[0] ?? 0)
    .execute()
  await hasten(app)
  await app.runJobs()
  expect(sentTo()).toEqual(['b@example.org'])
  expect((await app.call(api.deliverySummary, { stepId })).contents[0]?.excluded).toEqual({
    'excluded-by-selection': 1,
  })
})

describe('a refusal', () => {
  it('leaves the person to do; an address mended meanwhile is tried at the next launch', async () => {
    const { app, sentTo } = await shop({
      onRcpt: (to) => (to === 'a@example.org' ? '550 5.1.1 no such user' : undefined),
    })
    const [a = 0, b = 0] = await people(app, two)
    const { stepId } = await aStep(app)
    await admitted(app, stepId, [a, b])
    await launch(app, stepId)
    await app.runJobs()
    expect(await statuses(app, stepId)).toEqual({ [a]: 'to-do', [b]: 'ok-continue' })
    const { rows } = await app.call(api.listMessages, { stepId, state: 'refused' })
    expect(rows).toMatchObject([{ partyId: a, answer: '550 5.1.1 no such user' }])
    expect((await app.call(api.preflight, { stepId })).toSend).toBe(0)
    await app.db
      .updateTable('parties')
      .set({ email: 'new@example.org', emailState: 'ok' })
      .where('id', '=', a)
      .execute()
    await launch(app, stepId)
    await app.runJobs()
    expect(sentTo()).toEqual(['b@example.org', 'new@example.org'])
    expect(await statuses(app, stepId)).toMatchObject({ [a]: 'ok-continue' })
  })

  it('tells what is missing: the type’s fields, the dates, the kind of step (D-27, D-108, L-7)', async () => {
    const { app } = await shop()
    const ids = await people(app, two)
    const problemsOf = async (making: Making) => {
      const { stepId } = await aStep(app, making)
      await admitted(app, stepId, ids)
      const { problems, warnings } = await app.call(api.preflight, { stepId })
      return [...problems, ...warnings]
    }
    const past = { endsAt: '2020-01-01T00:00:00.000Z' }
    expect(await problemsOf({ header: past })).toEqual([])
    expect(await problemsOf({ header: { ...past, outsideDates: 'warn' } })).toEqual([
      'outside-dates',
    ])
    const blocked = { header: { ...past, outsideDates: 'block' } }
    expect(await problemsOf(blocked)).toEqual(['outside-dates'])
    expect(await problemsOf({ step: { isFinal: false } })).toContain('not-final')
    expect(await problemsOf({ step: { typeCode: 'phoning' } })).toEqual([
      'is-phoned',
      'mandatory-questionnaire',
    ])
    expect(await problemsOf({ step: { typeCode: 'mass-email' } })).toEqual(['no-own-profile'])
    expect(await problemsOf({ body: null })).toEqual(['no-message', 'nobody-to-do'])
    const { stepId } = await aStep(app, blocked)
    await admitted(app, stepId, ids)
    expect(await app.refusal(api.launchStep, { stepId, confirm: 2 })).toMatchObject({
      code: 'delivery/outside-dates',
    })
  })
})

describe('the organisation that a contact is written to for', () => {
  async function aSalon() {
    const { app, sink } = await shop()
    await app.db
      .insertInto('customFields')
      .values({ key: 'salle', labelFr: 'Salle', labelEn: 'Room', type: 'number' })
      .execute()
    const [acme = 0, beta = 0, ana = 0, bo = 0, eve = 0] = await people(app, [
      { lastName: '' },
      { lastName: '', email: 'beta@example.org' },
      { email: 'ana@example.org', firstName: 'Ana' },
      { email: 'bo@example.org', firstName: 'Bo' },
      { email: 'eve@example.org', firstName: 'Ève' },
    ])
    const card = (id: number, company: string, custom: object) =>
      app.db
        .updateTable('parties')
        .set({ nature: 'company', company, city: 'Lyon', custom: JSON.stringify(custom) })
        .where('id', '=', id)
        .execute()
    await card(acme, 'Acmé & fils', { salle: 1_234.5 })
    await card(beta, 'Bêta', {})
    await app.db
      .insertInto('partyContacts')
      .values([
        { organisationId: acme, personId: ana, function: 'Gérante', position: 2 },
        { organisationId: beta, personId: ana, function: 'Conseil', position: 1 },
        { organisationId: acme, personId: bo },
      ])
      .execute()
    return { app, sink, acme, beta, ana, bo, eve }
  }

  const body = email(
    '{{firstName}} {{organisation.function|sans titre}} de {{organisation.company|chez vous}} {{organisation.city}} {{organisation.custom.salle|–}}',
  )

  it('gives its fields and his function there; others take the fallback (D-41)', async () => {
    const { app, sink, acme, ana, bo, eve } = await aSalon()
    const { stepId } = await aStep(app, { step: { audience: 'contacts' }, body })
    await admitted(app, stepId, [acme, eve])
    await launch(app, stepId)
    await app.runJobs()
    const texts = await Promise.all(
      sink.accepted.map(async ({ to, text }) => [to, (await PostalMime.parse(text)).text]),
    )
    expect(Object.fromEntries(texts)).toEqual({
      'ana@example.org': expect.stringContaining('Ana Gérante de Acmé & fils Lyon 1\u00a0234,5'),
      'bo@example.org': expect.stringContaining('Bo sans titre de Acmé & fils Lyon 1\u00a0234,5'),
      'eve@example.org': expect.stringContaining('Ève sans titre de chez vous  –'),
    })
    const shown = async (partyId: number, step: number | null) =>
      (await app.call(previewContent, { body, partyId, stepId: step })).email?.text
    expect(await shown(ana, stepId)).toContain('Ana Gérante de Acmé & fils')
    expect(await shown(bo, stepId)).toContain('Bo sans titre de Acmé & fils')
  })

  it('is in a mailing the first of his card, of a company the company itself; what is missing is counted', async () => {
    const { app, sink, acme, beta, ana } = await aSalon()
    const stepId = await mailing(app, { contents: [{ body }] })
    const contentId = (await app.db.selectFrom('contents').select('id').executeTakeFirstOrThrow())
      .id
    const { missing, recipients } = await app.call(checkContent, { id: contentId })
    expect(recipients).toBe(4)
    const count = (field: string) => missing.find((one) => one.field === field)?.count ?? 0
    expect({
      company: count('organisation.company'),
      function: count('organisation.function'),
      room: count('organisation.custom.salle'),
    }).toEqual({ company: 1, function: 3, room: 3 })
    await launch(app, stepId)
    await app.runJobs()
    const textTo = async (address: string) =>
      (await PostalMime.parse(sink.accepted.find(({ to }) => to === address)?.text ?? '')).text
    expect(await textTo('ana@example.org')).toContain('Ana Conseil de Bêta Lyon –')
    expect(await textTo('beta@example.org')).toContain('sans titre de Bêta Lyon –')
    // Organisations that are gone are nobody's.
    await app.db
      .updateTable('parties')
      .set({ deletedAt: new Date().toISOString() })
      .where('id', 'in', [acme, beta])
      .execute()
    const seen = await app.call(previewContent, { body, partyId: ana })
    expect(seen.email?.text).toContain('Ana sans titre de chez vous')
    expect(seen.missing.map(({ field }) => field)).toContain('organisation.city')
  })

  it('can be columns of a file', async () => {
    const { app, ana } = await aSalon()
    const columns = ['firstName', 'organisation.company', 'organisation.custom.salle']
    const file = await app.call(previewContent, {
      partyId: ana,
      body: { channel: 'file', columns },
    })
    expect(file.file).toEqual({
      headings: ['Prénom', 'Société (organisation)', 'Salle (organisation)'],
      rows: [['Ana', 'Bêta', '']],
    })
  })
})
