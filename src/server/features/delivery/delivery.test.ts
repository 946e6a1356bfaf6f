import PostalMime from 'postal-mime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { closeCampaign, deleteCampaign, reopenCampaign } from '#core/campaigns/api.ts'
import { emptyContent } from '#core/content/content.ts'
import * as api from '#core/delivery/api.ts'
import { listJobs } from '#core/jobs/api.ts'
import { email, launch, mailing, manyPeople, people, withRelay } from '#tests/support/mailing.ts'
import { type SinkOptions, startSink } from '#tests/support/smtp-sink.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { getStep } from '../campaigns/service.ts'

async function shop(options: SinkOptions = {}) {
  const app = await testApp()
  const sink = await startSink(options)
  onTestFinished(() => sink.stop())
  await withRelay(app, sink.port)
  return { app, sink }
}

const summaryOf = (app: TestApp, stepId: number) => app.call(api.deliverySummary, { stepId })
const later = (app: TestApp, seconds: number) =>
  app.setNow(new Date(app.now().getTime() + seconds * 1_000))
/** Lets jobs that wait for their time run, as if it had come. */
const hasten = (app: TestApp) =>
  app.db
    .updateTable('jobs')
    .set({ runAt: new Date(0) })
    .where('state', '=', 'queued')
    .execute()

describe('launching', () => {
  it('sends to each person once what the preview shows, and counts what it announced', async () => {
    const { app, sink } = await shop()
    await people(app, [
      { email: 'lea@example.org', firstName: 'Léa' },
      { email: 'zoe@example.org', firstName: 'Zoë <3' },
    ])
    const stepId = await mailing(app)
    expect(await launch(app, stepId)).toMatchObject({ state: 'running', announced: 2 })
    await app.runJobs()
    expect(sink.accepted.map(({ to }) => to).sort()).toEqual(['lea@example.org', 'zoe@example.org'])
    const zoe = sink.accepted.find(({ to }) => to.startsWith('zoe'))
    const read = await PostalMime.parse(zoe?.text ?? '')
    expect(read.subject).toBe('Vente privée, Zoë <3')
    expect(read.html).toContain('Bonjour Zoë &lt;3 !')
    expect(read.text).toContain('Bonjour Zoë <3 !')
    expect(await summaryOf(app, stepId)).toMatchObject({
      state: 'done',
      candidates: 2,
      counts: { submitted: 2 },
    })
  })

  it('leaves people out with their reason, each candidate in exactly one place', async () => {
    const { app, sink } = await shop()
    const ids = await people(app, [
      { email: 'a@example.org' },
      { email: 'A@example.org' },
      { email: '' },
      { email: 'not an address' },
      { email: 'wish@example.org', doNotContact: true },
      { email: 'gone@example.org' },
      { email: 'bounced@example.org' },
    ])
    await app.db
      .updateTable('parties')
      .set({ emailOptOut: true })
      .where('id', '=', ids[5] ?? 0)
      .execute()
    await app.db
      .updateTable('parties')
      .set({ emailState: 'bounced' })
      .where('id', '=', ids[6] ?? 0)
      .execute()
    const stepId = await mailing(app)
    const expected = {
      'duplicate-address': 1,
      'no-address': 1,
      'invalid-address': 1,
      'do-not-contact': 1,
      withdrew: 1,
      'bounced-before': 1,
    }
    const forecast = await app.call(api.preflight, { stepId })
    expect(forecast).toMatchObject({ people: 7, toSend: 1, problems: [] })
    expect(forecast.contents[0]?.excluded).toEqual(expected)
    await launch(app, stepId)
    await app.runJobs()
    expect((await summaryOf(app, stepId)).contents[0]).toMatchObject({
      candidates: 7,
      counts: { excluded: 6, submitted: 1 },
      excluded: expected,
    })
    expect(sink.accepted).toHaveLength(1)
  })

  it('keeps a control group out and writes it down', async () => {
    const { app } = await shop()
    await manyPeople(app, 40)
    const stepId = await mailing(app, { controlPercent: 25 })
    await launch(app, stepId)
    await app.runJobs()
    const { contents } = await summaryOf(app, stepId)
    expect(contents[0]?.excluded).toEqual({ 'control-group': 10 })
    expect(contents[0]?.counts.submitted).toBe(30)
  })

  it('reaches with the second message only whom the first cannot reach', async () => {
    const { app } = await shop()
    await people(app, [{ email: 'a@example.org' }, { email: '' }, { email: 'b@example.org' }])
    const file = { body: emptyContent('file', 'fr'), onlyUnreached: true }
    const stepId = await mailing(app, { contents: [{ body: email() }, file] })
    expect(
      (await app.call(api.preflight, { stepId })).contents.map(({ toSend }) => toSend),
    ).toEqual([2, 1])
    await launch(app, stepId)
    await app.runJobs()
    const { contents, files } = await summaryOf(app, stepId)
    expect(contents[1]).toMatchObject({
      counts: { submitted: 1 },
      excluded: { 'reached-otherwise': 2 },
    })
    expect(files).toHaveLength(1)
  })

  it('is refused when the number is not the one that was seen, when nobody is selected, and without a relay', async () => {
    const { app } = await shop()
    const stepId = await mailing(app)
    expect(await app.refusal(api.launchStep, { stepId, confirm: 0 })).toMatchObject({
      code: 'delivery/nobody',
    })
    await manyPeople(app, 3)
    expect(await app.refusal(api.launchStep, { stepId, confirm: 2 })).toMatchObject({
      status: 409,
      code: 'delivery/count-changed',
      details: { expected: 2, actual: 3 },
    })
    const bare = await testApp()
    await manyPeople(bare, 1)
    const other = await mailing(bare)
    expect((await bare.call(api.preflight, { stepId: other })).problems).toEqual(['no-relay-email'])
    expect(await bare.refusal(api.launchStep, { stepId: other, confirm: 1 })).toMatchObject({
      code: 'delivery/no-relay-email',
    })
    app.grant('mailings.view')
    expect(await app.refusal(api.launchStep, { stepId, confirm: 3 })).toMatchObject({ status: 403 })
  })

  it('waits for its date, can be taken back, and then can be launched anew', async () => {
    const { app, sink } = await shop()
    await manyPeople(app, 2)
    const stepId = await mailing(app)
    const at = new Date(app.now().getTime() + 3_600_000).toISOString()
    expect(await launch(app, stepId, at)).toMatchObject({ state: 'scheduled', launchAt: at })
    await app.runJobs()
    expect(sink.accepted).toHaveLength(0)
    await app.call(api.unscheduleStep, { stepId })
    await hasten(app)
    await app.runJobs()
    expect(await summaryOf(app, stepId)).toMatchObject({ state: 'preparing', candidates: 0 })
    await launch(app, stepId, at)
    await hasten(app)
    await app.runJobs()
    expect(await summaryOf(app, stepId)).toMatchObject({ state: 'done', counts: { submitted: 2 } })
  })
})

describe('a run', () => {
  it('writes to nobody who withdraws after the launch', async () => {
    const { app, sink } = await shop()
    const ids = await manyPeople(app, 3)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.call(api.pauseStep, { stepId })
    await app.runJobs()
    await app.db
      .updateTable('parties')
      .set({ emailOptOut: true })
      .where('id', '=', ids[1] ?? 0)
      .execute()
    await app.call(api.resumeStep, { stepId })
    await app.runJobs()
    expect(sink.accepted).toHaveLength(2)
    expect((await summaryOf(app, stepId)).contents[0]).toMatchObject({
      counts: { submitted: 2, excluded: 1 },
      excluded: { withdrew: 1 },
    })
  })

  it('notes refusals, marks bad addresses, is partly failed, and retries only the failed', async () => {
    const refused = new Map([
      ['client1@example.org', '550 5.1.1 no such user'],
      ['client2@example.org', '554 5.7.1 looks like spam'],
    ])
    const { app, sink } = await shop({ onRcpt: (to) => refused.get(to) })
    const ids = await manyPeople(app, 4)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.runJobs()
    expect(await summaryOf(app, stepId)).toMatchObject({
      state: 'partly-failed',
      counts: { submitted: 2, refused: 2 },
      contents: [{ refused: { address: 1, message: 1 } }],
    })
    const { rows } = await app.call(api.listMessages, { stepId, state: 'refused' })
    expect(rows.map(({ answer }) => answer)).toEqual([...refused.values()])
    const states = await app.db
      .selectFrom('parties')
      .select(['id', 'emailState'])
      .where('id', 'in', ids)
      .orderBy('id')
      .execute()
    expect(states.map(({ emailState }) => emailState)).toEqual(['ok', 'bounced', 'ok', 'ok'])
    refused.clear()
    const { campaignId: id } = await getStep(app.db, stepId)
    await app.call(closeCampaign, { id })
    const closed = { status: 409, code: 'delivery/closed' }
    expect(await app.refusal(api.retryFailed, { stepId })).toMatchObject(closed)
    const again = { stepId, as: 'again' } as const
    expect(await app.refusal(api.settleUnknown, again)).toMatchObject(closed)
    await app.call(reopenCampaign, { id })
    await app.call(api.retryFailed, { stepId })
    await app.runJobs()
    expect(await summaryOf(app, stepId)).toMatchObject({ state: 'done', counts: { submitted: 4 } })
    expect(sink.accepted).toHaveLength(4)
  })

  it('tries again what is deferred, later', async () => {
    let greylisting = true
    const { app, sink } = await shop({
      onRcpt: () => (greylisting ? '450 4.2.0 greylisted' : undefined),
    })
    await manyPeople(app, 3)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.runJobs()
    const waiting = await summaryOf(app, stepId)
    expect(waiting).toMatchObject({
      state: 'running',
      counts: { pending: 3 },
      hold: { reason: 'deferred' },
    })
    greylisting = false
    later(app, 120)
    await hasten(app)
    await app.runJobs()
    expect(await summaryOf(app, stepId)).toMatchObject({ state: 'done', counts: { submitted: 3 } })
    expect(sink.accepted).toHaveLength(3)
  })

  it.each([
    ['is not there', { greeting: 'drop' } as SinkOptions, 'relay-unreachable'],
    ['has no time', { greeting: '421 too busy' } as SinkOptions, 'relay-unreachable'],
    ['does not want us', { greeting: '554 no service' } as SinkOptions, 'relay-unreachable'],
    [
      'refuses the sender',
      { onMail: () => '550 5.7.1 sender refused' } as SinkOptions,
      'relay-refuses',
    ],
  ])('whose relay %s loses nobody, says why and goes on afterwards', async (_, options, reason) => {
    const { app, sink } = await shop(options)
    await manyPeople(app, 5)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.runJobs()
    expect(await summaryOf(app, stepId)).toMatchObject({
      counts: { pending: 5, refused: 0, unknown: 0 },
      hold: { reason },
    })
    delete sink.options.greeting
    delete sink.options.onMail
    const { state } = await summaryOf(app, stepId)
    if (state === 'paused') await app.call(api.resumeStep, { stepId })
    await hasten(app)
    await app.runJobs()
    expect(await summaryOf(app, stepId)).toMatchObject({ state: 'done', counts: { submitted: 5 } })
    expect(sink.accepted).toHaveLength(5)
  })

  it('pauses for somebody to act when the relay stays away', async () => {
    const { app } = await shop({ greeting: 'drop' })
    await manyPeople(app, 1)
    const stepId = await mailing(app)
    await launch(app, stepId)
    for (let turn = 0; turn < 6; turn++) {
      await app.runJobs()
      await hasten(app)
    }
    expect(await summaryOf(app, stepId)).toMatchObject({
      state: 'paused',
      hold: { reason: 'relay-unreachable', until: null },
      counts: { pending: 1 },
    })
  })

  it('shows as unknown what the line died under, never sends it again by itself, and settles it as told', async () => {
    const { app, sink } = await shop({ dropAfter: (to) => to === 'client0@example.org' })
    await manyPeople(app, 3)
    const stepId = await mailing(app)
    await launch(app, stepId)
    for (let turn = 0; turn < 3; turn++) {
      await app.runJobs()
      await hasten(app)
    }
    const partly = await summaryOf(app, stepId)
    expect(partly).toMatchObject({ state: 'partly-failed', counts: { submitted: 2, unknown: 1 } })
    expect(sink.accepted).toHaveLength(3)
    await app.call(api.settleUnknown, { stepId, as: 'submitted' })
    expect(await summaryOf(app, stepId)).toMatchObject({
      state: 'done',
      candidates: 3,
      counts: { submitted: 3 },
    })
    expect(new Set(sink.accepted.map(({ to }) => to)).size).toBe(3)
  })

  it('stops early when the relay refuses everybody, and does not blame the addresses', async () => {
    const { app } = await shop({ onRcpt: () => '550 5.7.1 your network is blocked' })
    await manyPeople(app, 700)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.runJobs()
    const { state, counts, hold } = await summaryOf(app, stepId)
    expect(state).toBe('paused')
    expect(hold).toMatchObject({
      reason: 'relay-refuses',
      detail: expect.stringContaining('blocked'),
    })
    expect(counts.pending).toBeGreaterThan(100)
  })

  it('can be cancelled: what is pending stays unsent, and that is final', async () => {
    const { app, sink } = await shop()
    await manyPeople(app, 3)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.call(api.pauseStep, { stepId })
    await app.call(api.resumeStep, { stepId })
    await app.call(api.pauseStep, { stepId })
    await app.runJobs()
    await app.call(api.cancelStep, { stepId })
    await app.runJobs()
    expect(sink.accepted).toHaveLength(0)
    expect((await summaryOf(app, stepId)).state).toBe('cancelled')
    expect(await app.refusal(api.resumeStep, { stepId })).toMatchObject({
      code: 'delivery/not-now',
    })
  })

  it('keeps the pace of its relay', async () => {
    const app = await testApp()
    const sink = await startSink()
    onTestFinished(() => sink.stop())
    await withRelay(app, sink.port, { perHour: 60 })
    await manyPeople(app, 5)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.runJobs()
    expect(sink.accepted).toHaveLength(1)
    expect((await summaryOf(app, stepId)).hold?.reason).toBe('throttled')
    later(app, 61)
    await hasten(app)
    await app.runJobs()
    expect(sink.accepted).toHaveLength(2)
  })

  it('shows nothing of a mailing that was deleted', async () => {
    const { app } = await shop()
    await manyPeople(app, 1)
    const stepId = await mailing(app)
    const [campaign] = await app.db.selectFrom('campaigns').select('id').execute()
    await app.call(deleteCampaign, { id: campaign?.id ?? 0 })
    expect((await app.refusal(api.listMessages, { stepId })).status).toBe(404)
    expect((await app.refusal(api.downloadLedger, { stepId })).status).toBe(404)
  })

  it('is audited and shows among the jobs', async () => {
    const { app } = await shop()
    await manyPeople(app, 1)
    const stepId = await mailing(app)
    await launch(app, stepId)
    await app.runJobs()
    expect((await app.call(listJobs, {})).map(({ kind, state }) => [kind, state])).toContainEqual([
      'delivery/send',
      'done',
    ])
    const lines = await app.db.selectFrom('auditEvents').select('action').execute()
    expect(lines.map(({ action }) => action)).toContain('mailings/launch')
  })
})
