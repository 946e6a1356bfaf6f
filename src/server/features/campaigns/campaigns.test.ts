import { describe, expect, it } from 'vitest'
import * as api from '#core/campaigns/api.ts'
import { createTemplate, deleteTemplate, listTemplates, renameTemplate } from '#core/content/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import { createOperation, createStep } from '#core/operations/api.ts'
import { testApp } from '#tests/support/test-app.ts'
import { setStepState } from './service.ts'

const draft = { label: 'Soldes d’été' }

async function aMailing(app: Awaited<ReturnType<typeof testApp>>) {
  const mailing = await app.call(api.createCampaign, draft)
  const [step] = mailing.steps
  if (!step) throw new Error('a mailing has a step')
  return { mailing, step }
}

async function launch(app: Awaited<ReturnType<typeof testApp>>, id: number) {
  const launchedAt = app.now()
  await setStepState(app.db, { id, from: ['preparing'], to: 'running', launchedAt })
  return setStepState(app.db, { id, from: ['running'], to: 'done' })
}

describe('mailings', () => {
  it('start as one step that selects nobody, without the people who do not wish it', async () => {
    const app = await testApp()
    const { mailing, step } = await aMailing(app)
    expect(mailing).toMatchObject({ label: 'Soldes d’été', state: 'preparing', sendOn: null })
    expect(step).toMatchObject({
      state: 'preparing',
      contents: [],
      selection: { start: 'nobody', operations: [], excludeDoNotContact: true },
    })
  })

  it('are listed by date, label or closing date, and found without accents', async () => {
    const app = await testApp()
    await app.call(api.createCampaign, { label: 'Été 100 %', sendOn: '2026-06-01' })
    await app.call(api.createCampaign, { label: 'Noël', sendOn: '2026-12-01' })
    await app.call(api.createCampaign, { label: 'Sans date' })
    const labels = async (input: object) =>
      (await app.call(api.listCampaigns, input)).rows.map(({ label }) => label)
    expect(await labels({})).toEqual(['Noël', 'Été 100 %', 'Sans date'])
    expect(await labels({ sort: 'label', direction: 'asc' })).toEqual([
      'Été 100 %',
      'Noël',
      'Sans date',
    ])
    expect(await labels({ search: 'ete 100 %' })).toEqual(['Été 100 %'])
    expect(await labels({ search: '%_' })).toEqual([])
    expect(await app.call(api.listCampaigns, { offset: 1, limit: 1 })).toMatchObject({
      total: 3,
      rows: [{ label: 'Été 100 %', closedAt: null, isLegacy: false }],
    })
  })

  it('that need an eye on them are listed apart, those at work first', async () => {
    const app = await testApp()
    const planned = await aMailing(app)
    const running = await aMailing(app)
    const finished = await aMailing(app)
    await aMailing(app)
    const move = (id: number, to: 'running' | 'scheduled') =>
      setStepState(app.db, { id, from: ['preparing'], to })
    await move(planned.step.id, 'scheduled')
    await move(running.step.id, 'running')
    await launch(app, finished.step.id)
    expect(await app.call(api.listAtWork, {})).toMatchObject([
      { campaignId: running.mailing.id, stepId: running.step.id, state: 'running' },
      { campaignId: planned.mailing.id, state: 'scheduled' },
    ])
  })

  it('can be read but not changed with the right to view', async () => {
    const app = await testApp()
    const { mailing, step } = await aMailing(app)
    app.grant('mailings.view')
    expect((await app.call(api.listCampaigns, {})).rows).toHaveLength(1)
    const { id, version } = mailing
    const refused = { status: 403, details: { right: 'mailings.write' } }
    const calls: [Endpoint, object][] = [
      [api.createCampaign, draft],
      [api.updateCampaign, { id, version, ...draft }],
      [api.deleteCampaign, { id }],
      [api.saveSelection, { id: step.id, version: 1, selection: step.selection }],
      [api.addContent, { id: step.id, channel: 'sms' }],
      [api.closeCampaign, { id }],
    ]
    for (const [endpoint, input] of calls) {
      expect(await app.refusal(endpoint, input)).toMatchObject(refused)
    }
    app.grant('customers.view')
    expect(await app.refusal(api.getCampaign, { id })).toMatchObject({ status: 403 })
  })

  it('are no operations: those are not closed, copied or changed as mailings', async () => {
    const app = await testApp()
    const { id } = await app.call(createOperation, { label: 'Salon' })
    for (const endpoint of [
      api.getCampaign,
      api.closeCampaign,
      api.reopenCampaign,
      api.deleteCampaign,
    ])
      expect(await app.refusal(endpoint as Endpoint, { id })).toMatchObject({ status: 404 })
    expect(await app.refusal(api.duplicateCampaign, { id, label: 'x' })).toMatchObject({
      status: 404,
    })
    const [step] = (await app.call(createStep, { id, label: 'Invitation' })).steps
    const selection = { start: 'everybody', operations: [] }
    const change = { id: step?.id, version: step?.version, selection }
    expect(await app.refusal(api.saveSelection, change)).toMatchObject({ status: 404 })
  })

  it('lose no change when two people write at once', async () => {
    const app = await testApp()
    const { mailing, step } = await aMailing(app)
    const { id, version } = mailing
    await app.call(api.updateCampaign, { id, version, label: 'A' })
    expect(await app.refusal(api.updateCampaign, { id, version, label: 'B' })).toMatchObject({
      status: 409,
      code: 'campaigns/changed-meanwhile',
    })
    const selection = { start: 'everybody' as const }
    const saved = await app.call(api.saveSelection, { id: step.id, version: 1, selection })
    expect(saved).toMatchObject({ label: 'A', steps: [{ version: 2, selection }] })
    expect(
      await app.refusal(api.saveSelection, { id: step.id, version: 1, selection }),
    ).toMatchObject({ status: 409 })
  })

  it('hold several messages, each of its own kind, kept even while they are faulty', async () => {
    const app = await testApp()
    const { step } = await aMailing(app)
    await app.call(api.addContent, { id: step.id, channel: 'email' })
    const { steps } = await app.call(api.addContent, { id: step.id, channel: 'sms' })
    const [email, sms] = steps[0]?.contents ?? []
    if (!email || !sms) throw new Error('two messages')
    expect(email.body).toMatchObject({ channel: 'email', language: 'fr', mode: 'text' })
    const body: ContentBody = { channel: 'sms', text: 'Bonjour {{prenom}}' }
    const save = { id: sms.id, version: sms.version, body, onlyUnreached: true }
    const saved = await app.call(api.saveContent, save)
    expect(saved.steps[0]?.contents[1]).toMatchObject({ body, onlyUnreached: true, version: 2 })
    expect(await app.refusal(api.saveContent, save)).toMatchObject({ status: 409 })
    expect(await app.refusal(api.saveContent, { id: email.id, version: 1, body })).toMatchObject({
      status: 409,
    })
    const left = await app.call(api.removeContent, { id: email.id })
    expect(left.steps[0]?.contents.map(({ id }) => id)).toEqual([sms.id])
  })

  it('are fixed once launched, and duplicated to be used again', async () => {
    const app = await testApp({ now: new Date('2026-11-22T10:00:00Z') })
    const { mailing, step } = await aMailing(app)
    await app.call(api.addContent, { id: step.id, channel: 'file' })
    await launch(app, step.id)
    const launched = await app.call(api.getCampaign, { id: mailing.id })
    expect(launched).toMatchObject({ state: 'in-progress', sendOn: '2026-11-22' })
    const conflict = { status: 409, code: 'campaigns/already-launched' }
    const { selection } = step
    const calls: [Endpoint, object][] = [
      [api.saveSelection, { id: step.id, version: 1, selection }],
      [api.addContent, { id: step.id, channel: 'sms' }],
      [api.removeContent, { id: launched.steps[0]?.contents[0]?.id }],
    ]
    for (const [endpoint, input] of calls) {
      expect(await app.refusal(endpoint, input)).toMatchObject(conflict)
    }
    const copy = await app.call(api.duplicateCampaign, { id: mailing.id, label: 'Encore' })
    expect(copy).toMatchObject({
      label: 'Encore',
      state: 'preparing',
      sendOn: null,
      steps: [{ state: 'preparing', launchedAt: null, contents: [{ body: { channel: 'file' } }] }],
    })
  })

  it('are closed with a date once launched, and reopened', async () => {
    const app = await testApp({ now: new Date('2026-11-22T10:00:00Z') })
    const { mailing, step } = await aMailing(app)
    const { id } = mailing
    expect(await app.refusal(api.closeCampaign, { id })).toMatchObject({
      code: 'campaigns/not-launched',
    })
    await launch(app, step.id)
    const closed = await app.call(api.closeCampaign, { id })
    expect(closed).toMatchObject({ closedAt: '2026-11-22T10:00:00.000Z', state: 'finished' })
    const { version } = closed
    expect(await app.refusal(api.updateCampaign, { id, version, label: 'x' })).toMatchObject({
      code: 'campaigns/closed',
    })
    expect(await app.call(api.reopenCampaign, { id })).toMatchObject({
      closedAt: null,
      state: 'in-progress',
    })
  })

  it('go to the bin and come back, but not while they are being sent', async () => {
    const app = await testApp()
    const { mailing, step } = await aMailing(app)
    const { id } = mailing
    await app.call(api.deleteCampaign, { id })
    expect(await app.refusal(api.getCampaign, { id })).toMatchObject({ status: 404 })
    expect((await app.call(api.listCampaigns, {})).total).toBe(0)
    expect(await app.call(api.restoreCampaign, { id })).toMatchObject({ id })
    await setStepState(app.db, { id: step.id, from: ['preparing'], to: 'running' })
    expect(await app.refusal(api.deleteCampaign, { id })).toMatchObject({
      code: 'campaigns/being-sent',
    })
  })
})

describe('the people of a mailing', () => {
  async function withCustomers(app: Awaited<ReturnType<typeof testApp>>) {
    const { mailing, step } = await aMailing(app)
    await app.db
      .insertInto('parties')
      .values([
        { code: 'A', lastName: 'Arnaud', firstName: 'Zoé', email: 'zoe@example.org' },
        { code: 'B', lastName: 'Blanc', mobile: '06 12 34 56 78', mobileNumber: '+33612345678' },
        { code: 'C', lastName: 'Caron', email: 'c@example.org', doNotContact: true },
      ])
      .execute()
    const selection = { start: 'everybody' as const }
    await app.call(api.saveSelection, { id: step.id, version: 1, selection })
    return { mailing, step }
  }

  it('follow the selection until the launch, with those left out and why', async () => {
    const app = await testApp()
    const { step } = await withCustomers(app)
    const seen = await app.call(api.listAudience, { id: step.id })
    expect(seen).toMatchObject({ total: 2, live: true, leftOut: 1 })
    expect(seen.rows.map(({ lastName, mobile }) => [lastName, mobile])).toEqual([
      ['Arnaud', ''],
      ['Blanc', '06 12 34 56 78'],
    ])
    const left = await app.call(api.listAudience, { id: step.id, show: 'left-out' })
    expect(left.rows).toMatchObject([{ lastName: 'Caron', reason: 'do-not-contact' }])
    expect(await app.call(api.listAudience, { id: step.id, search: 'zoe' })).toMatchObject({
      total: 1,
    })
  })

  it('are the frozen ones afterwards, whatever becomes of the selection', async () => {
    const app = await testApp()
    const { step } = await withCustomers(app)
    const [a, b] = (await app.call(api.listAudience, { id: step.id })).rows
    await app.db
      .insertInto('targets')
      .values([
        { stepId: step.id, partyId: a?.partyId ?? 0 },
        { stepId: step.id, partyId: b?.partyId ?? 0, isControl: true },
      ])
      .execute()
    await launch(app, step.id)
    expect(await app.call(api.listAudience, { id: step.id })).toMatchObject({
      total: 1,
      live: false,
      leftOut: 1,
    })
    const left = await app.call(api.listAudience, { id: step.id, show: 'left-out' })
    expect(left.rows).toMatchObject([{ lastName: 'Blanc', reason: 'control-group' }])
  })

  it('tell what a message lacks for how many, and how long the longest is', async () => {
    const app = await testApp()
    const { step } = await withCustomers(app)
    const contentOf = async (body: ContentBody) => {
      const { channel } = body
      const { steps } = await app.call(api.addContent, { id: step.id, channel })
      const id = steps[0]?.contents.at(-1)?.id ?? 0
      await app.call(api.saveContent, { id, version: 1, body })
      return id
    }
    const text = 'Bonjour {{firstName|cher client}}, {{lastName}}'
    const sms = await contentOf({ channel: 'sms', text: `${text}${'é'.repeat(135)}` })
    expect(await app.call(api.checkContent, { id: sms })).toMatchObject({
      recipients: 1,
      missing: [{ field: 'firstName', fallback: 'cher client', count: 1 }],
      sms: { parts: 2, length: 161, recipientsByParts: { 2: 1 } },
    })
    const faulty = await contentOf({ channel: 'sms', text: '{{nope}}' })
    expect(await app.call(api.checkContent, { id: faulty })).toMatchObject({
      missing: [],
      sms: null,
    })
  })

  it('of an empty selection are nobody', async () => {
    const app = await testApp()
    const { step } = await aMailing(app)
    expect(await app.call(api.listAudience, { id: step.id })).toEqual({
      rows: [],
      total: 0,
      live: true,
      leftOut: 0,
    })
  })
})

describe('the messages of a mailing', () => {
  const text = (words: string): ContentBody => ({ channel: 'sms', text: words })

  it('are put into another order, all of them or none', async () => {
    const app = await testApp()
    const { step } = await aMailing(app)
    for (const channel of ['email', 'sms', 'file'] as const) {
      await app.call(api.addContent, { id: step.id, channel })
    }
    const { steps } = await app.call(api.getCampaign, { id: 1 })
    const ids = steps[0]?.contents.map(({ id }) => id) ?? []
    const contentIds = [...ids].reverse()
    const changed = await app.call(api.orderContents, { id: step.id, contentIds })
    expect(changed.steps[0]?.contents.map(({ id }) => id)).toEqual(contentIds)
    for (const others of [ids.slice(1), [...ids, 99], [ids[0], ids[0], ids[1]]]) {
      const refused = await app.refusal(api.orderContents, { id: step.id, contentIds: others })
      expect(refused).toMatchObject({ code: 'campaigns/changed-meanwhile' })
    }
    await launch(app, step.id)
    expect(await app.refusal(api.orderContents, { id: step.id, contentIds: ids })).toMatchObject({
      code: 'campaigns/already-launched',
    })
  })

  it('are kept as templates and started from them', async () => {
    const app = await testApp()
    const { step } = await aMailing(app)
    const body = text('Bonjour {{firstName}}')
    const kept = await app.call(createTemplate, { name: 'Rentrée', body })
    expect(await app.refusal(createTemplate, { name: 'RENTREE', body })).toMatchObject({
      code: 'content/name-taken',
    })
    const other = await app.call(createTemplate, { name: 'Soldes', body: text('x') })
    expect(await app.refusal(renameTemplate, { id: other.id, name: 'rentrée' })).toMatchObject({
      status: 409,
    })
    await app.call(renameTemplate, { id: other.id, name: 'Noël' })
    expect((await app.call(listTemplates, {})).map(({ name }) => name)).toEqual(['Noël', 'Rentrée'])
    const started = { id: step.id, channel: 'sms', templateId: kept.id } as const
    const { steps } = await app.call(api.addContent, started)
    expect(steps[0]?.contents).toMatchObject([{ body }])
    await app.call(deleteTemplate, { id: kept.id })
    expect(await app.refusal(api.addContent, started)).toMatchObject({
      code: 'content/no-such-template',
    })
    expect((await app.call(api.getCampaign, { id: 1 })).steps[0]?.contents).toHaveLength(1)
    app.grant('mailings.view')
    expect(await app.refusal(deleteTemplate, { id: other.id })).toMatchObject({ status: 403 })
  })
})
