import { describe, expect, it, onTestFinished } from 'vitest'
import { listAudit, whoAmI } from '#core/access/api.ts'
import { createActivity, createActivityType, listActivities } from '#core/activities/api.ts'
import { closeCampaign, getCampaign } from '#core/campaigns/api.ts'
import { getTimeZone, saveTimeZone } from '#core/company/api.ts'
import { previewContent } from '#core/content/api.ts'
import { saveMergeSettings } from '#core/duplicates/api.ts'
import { getJob } from '#core/jobs/api.ts'
import { createParty } from '#core/parties/api.ts'
import { exportParties } from '#core/parties/list-api.ts'
import { getCallLaw, saveCallLaw } from '#core/phoning/api.ts'
import { getResults } from '#core/results/api.ts'
import { countCriteria } from '#core/segments/api.ts'
import type { Criterion } from '#core/segments/criteria.ts'
import { email, launch, mailing, people, withRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

/** Half past midnight on the 23rd in Paris, half past seven in the evening of the 22nd in Guadeloupe. */
const midnight = new Date('2026-11-22T23:30:00Z')
const guadeloupe = 'America/Guadeloupe'

async function shop(zone?: string, now = midnight) {
  const app = await testApp({ now })
  if (zone) await app.call(saveTimeZone, { timeZone: zone })
  return app
}

async function selected(app: TestApp, criterion: Criterion): Promise<number> {
  const root = { kind: 'group' as const, join: 'all' as const, not: false, of: [criterion] }
  const counted = await app.call(countCriteria, { criteria: { version: 1, root }, locale: 'fr' })
  return counted.selected + counted.leftOut
}

/** Launched with somebody in it, who bought on both days; returns the number of the mailing. */
async function launched(app: TestApp): Promise<number> {
  const [party = 0] = await people(app, [{ email: 'lea@example.org' }])
  await app.db.insertInto('stores').values({ code: 'S', name: 'S' }).execute()
  const lines = ['2026-11-21', '2026-11-22', '2026-11-23'].map((soldOn, at) => ({
    saleId: at + 1,
    lineNo: 1,
    storeId: 1,
    partyId: party,
    soldOn,
    currency: 'EUR',
    quantity: 1_000,
    amount: 10 ** (at + 2),
  }))
  await app.db.insertInto('saleLines').values(lines).execute()
  const sink = await startSink()
  onTestFinished(() => sink.stop())
  await withRelay(app, sink.port)
  const stepId = await mailing(app)
  await launch(app, stepId)
  await app.runJobs()
  const step = await app.db
    .selectFrom('steps')
    .select('campaignId')
    .where('id', '=', stepId)
    .executeTakeFirstOrThrow()
  return step.campaignId
}

describe('the time zone of the company', () => {
  it('is that of Paris until another is chosen, which everybody is shown and the trail keeps', async () => {
    const app = await testApp()
    const { timeZone, choices } = await app.call(getTimeZone, {})
    expect(timeZone).toBe('Europe/Paris')
    expect(choices).toContain(guadeloupe)
    await app.call(saveTimeZone, { timeZone: guadeloupe })
    expect(await app.call(whoAmI, {})).toMatchObject({ timeZone: guadeloupe })
    const { events } = await app.call(listAudit, { action: 'settings/time-zone' })
    expect(events).toMatchObject([{ subject: guadeloupe, details: { before: 'Europe/Paris' } }])
  })

  it('refuses what is no time zone, and who may not change settings', async () => {
    const app = await testApp()
    expect(await app.refusal(saveTimeZone, { timeZone: 'Europe/Lyon' })).toMatchObject({
      status: 400,
      code: 'http/invalid-input',
    })
    app.grant('customers.view')
    expect(await app.refusal(saveTimeZone, { timeZone: guadeloupe })).toMatchObject({ status: 403 })
  })

  it('moves the hours of calls along, unless calls go to another zone', async () => {
    const app = await testApp()
    await app.call(saveTimeZone, { timeZone: guadeloupe })
    const law = await app.call(getCallLaw, {})
    expect(law.timeZone).toBe(guadeloupe)
    await app.call(saveCallLaw, { ...law, timeZone: 'Indian/Reunion' })
    await app.call(saveTimeZone, { timeZone: 'Europe/Paris' })
    expect((await app.call(getCallLaw, {})).timeZone).toBe('Indian/Reunion')
  })
})

describe.each([
  { zone: undefined, place: 'Paris', today: '2026-11-23', yesterday: '2026-11-22' },
  { zone: guadeloupe, place: 'Guadeloupe', today: '2026-11-22', yesterday: '2026-11-21' },
])('at half past eleven in the evening of UTC, in $place', ({ zone, today, yesterday }) => {
  it('it is a birthday', async () => {
    const app = await shop(zone)
    await app.call(createParty, { lastName: 'Née', birthday: `1980-${today.slice(5)}` })
    await app.call(createParty, { lastName: 'Hier', birthday: `1980-${yesterday.slice(5)}` })
    expect(await selected(app, { kind: 'birthday', test: { op: 'today' } })).toBe(1)
  })

  it('a card is made on the day it is there', async () => {
    const app = await shop(zone)
    const { id } = await app.call(createParty, { lastName: 'Nouvelle' })
    await app.db.updateTable('parties').set({ createdAt: midnight }).where('id', '=', id).execute()
    const made = (day: string) =>
      selected(app, { kind: 'date', field: 'createdAt', test: { op: 'on', day } })
    expect([await made(today), await made(yesterday)]).toEqual([1, 0])
  })

  it('a mailing is sent today, and its sales count from today', async () => {
    const app = await shop(zone)
    const id = await launched(app)
    expect(await app.call(getCampaign, { id })).toMatchObject({ sendOn: today })
    const live = await app.call(getResults, { id })
    expect(live).toMatchObject({ from: today, to: today, counters: { returning: 1 } })
    const amount = { '2026-11-22': 1_000, '2026-11-23': 10_000 }[today]
    expect(live.currencies[0]?.days).toMatchObject([{ day: today, revenue: amount }])
    await app.call(closeCampaign, { id })
    expect(await app.call(getResults, { id })).toMatchObject({ state: 'frozen', to: today })
  })

  it('messages are dated today', async () => {
    const app = await shop(zone)
    const [partyId = 0] = await people(app, [{ email: 'lea@example.org' }])
    const body = email('Le {{today}}.')
    const preview = await app.call(previewContent, { body, partyId })
    expect(preview.email?.text).toContain(`Le ${Number(today.slice(8))} novembre 2026.`)
  })

  it('a list of what is to do until today ends at midnight there', async () => {
    const app = await shop(zone)
    const { types } = await app.call(createActivityType, {
      code: 'visite',
      labelFr: 'Visite',
      labelEn: 'Visit',
      kind: 'task',
    })
    const typeId = types.find(({ code }) => code === 'visite')?.id ?? 0
    const at = async (startsAt: string, subject: string) =>
      app.call(createActivity, { typeId, subject, startsAt, ownerId: 'tester' })
    await at('2026-11-22T22:59:00Z', 'le 22 partout')
    await at('2026-11-23T03:59:00Z', 'le 23 à Paris, le 22 en Guadeloupe')
    await at('2026-11-23T22:59:00Z', 'le 23 partout')
    await at('2026-11-24T04:00:00Z', 'le 24 partout')
    const due = async (filter: object) =>
      (await app.call(listActivities, { filter: { ownerId: 'me', ...filter } })).total
    expect(await due({ to: today })).toBe(today === '2026-11-23' ? 3 : 2)
    expect(await due({ from: today, to: today })).toBe(2)
  })

  it('files are named after today, and the trail is filtered by it', async () => {
    const app = await shop(zone)
    await people(app, [{}])
    const { jobId } = await app.call(exportParties, {
      selection: { filter: { search: '' }, except: [] },
      columns: [{ field: 'lastName', heading: 'Nom' }],
      format: 'csv',
      locale: 'fr',
    })
    await app.runJobs()
    const { result } = await app.call(getJob, { id: jobId })
    const answer = await app.http.request(`/api/parties/exports/${result?.fileId}`)
    expect(answer.headers.get('content-disposition')).toContain(`clients-${today}.csv`)
    await app.db.updateTable('auditEvents').set({ at: midnight }).execute()
    const on = async (day: string) =>
      (await app.call(listAudit, { action: 'customers/export', from: day, to: day })).total
    expect([await on(today), await on(yesterday)]).toEqual([1, 0])
  })

  it('the night of merges comes at the hour of the house', async () => {
    const app = await shop(zone)
    await app.call(saveMergeSettings, { enabled: true, hour: 3 })
    const planned = await app.db
      .selectFrom('jobs')
      .select('runAt')
      .where('kind', '=', 'duplicates/merge')
      .execute()
    const three = zone ? '2026-11-23T07:00:00.000Z' : '2026-11-23T02:00:00.000Z'
    expect(planned).toEqual([{ runAt: three }])
  })
})
