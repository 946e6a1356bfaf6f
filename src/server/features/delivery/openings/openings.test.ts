import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, it, onTestFinished } from 'vitest'
import * as api from '#core/delivery/api.ts'
import { listMailbox, readMailbox } from '#core/delivery/mailbox-api.ts'
import { createRelay } from '#core/delivery/relays-api.ts'
import { saveTracking } from '#core/delivery/tracking-api.ts'
import { getTimeline } from '#core/history/api.ts'
import { changeConsent, listConsents } from '#core/parties/api.ts'
import { launch, mailing, people, relay, withRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
}
const later = (app: TestApp, seconds: number) =>
  app.setNow(new Date(app.now().getTime() + seconds * 1_000))

const say = (app: TestApp, id: number, state: 'granted' | 'withdrawn') =>
  app.call(changeConsent, { id, channel: 'email', purpose: 'measurement', state })

type Said = 'granted' | 'withdrawn' | null

/** A mailing to people who said this or that of measuring; the HTML that each received, by address. */
async function sentTo(given: readonly Said[], { opens = true } = {}) {
  const app = await testApp()
  const sink = await startSink()
  onTestFinished(() => sink.stop())
  await withRelay(app, sink.port)
  await app.call(saveTracking, { clicks: false, opens })
  const ids = await people(
    app,
    given.map((_, at) => ({ email: `p${at}@example.org` })),
  )
  for (const [at, said] of given.entries()) if (said) await say(app, ids[at] ?? 0, said)
  const stepId = await mailing(app)
  await launch(app, stepId)
  await app.runJobs()
  const mails = await Promise.all(sink.accepted.map(({ text }) => PostalMime.parse(text)))
  const htmlOf = (at: number) =>
    mails.find(({ to }) => to?.[0]?.address === `p${at}@example.org`)?.html ?? ''
  const imageOf = (at: number) =>
    /src="([^"]*\/o\/[^"]*)"/.exec(htmlOf(at))?.[1]?.replace(app.config.publicUrl, '') ?? ''
  return { app, ids, stepId, sink, htmlOf, imageOf }
}

const open = (app: TestApp, path: string, init: RequestInit = {}) =>
  Promise.resolve(app.http.request(path, { headers: browser, ...init }))

const noted = (app: TestApp) =>
  app.db.selectFrom('messages').select(['isMeasured', 'opens', 'openedAt']).orderBy('id').execute()

describe('the image that tells openings', () => {
  it('is in an e-mail if and only if the setting is on and the person agrees', async () => {
    const said = fc.array(fc.constantFrom<Said>('granted', 'withdrawn', null), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(said, fc.boolean(), async (given, opens) => {
        const { app, htmlOf, stepId } = await sentTo(['granted', ...given], { opens })
        for (const [at, one] of ['granted', ...given].entries()) {
          const measured = opens && one === 'granted'
          expect(htmlOf(at)).not.toBe('')
          expect(/\/o\/|#measuring/.test(htmlOf(at))).toBe(measured)
        }
        const { contents } = await app.call(api.deliverySummary, { stepId })
        const agreeing = ['granted', ...given].filter((one) => one === 'granted').length
        expect(contents[0]).toMatchObject({ measured: opens ? agreeing : 0, opened: 0 })
      }),
      { numRuns: 4 },
    )
  })

  it('is answered and counted: the first opening and how many, and no cookie', async () => {
    const { app, ids, imageOf, stepId } = await sentTo(['granted', 'granted', null])
    expect(imageOf(0)).toMatch(/^\/o\/[0-9a-z]+\.[\w-]{22}$/)
    later(app, 60)
    const first = app.now().toISOString()
    const answer = await open(app, imageOf(0))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^GIF89a/)
    later(app, 3_600)
    await open(app, imageOf(0))
    const { contents } = await app.call(api.deliverySummary, { stepId })
    expect(contents[0]).toMatchObject({ measured: 2, opened: 1, clicked: 0 })
    const { rows } = await app.call(api.listMessages, { stepId, opened: 'yes' })
    expect(rows).toMatchObject([{ isMeasured: true, openedAt: first, opens: 2 }])
    const { entries } = await app.call(getTimeline, { id: ids[0] ?? 0 })
    expect(entries.find(({ kind }) => kind === 'message')).toMatchObject({ openedAt: first })
  })

  it('notes nothing for machines, for what is not ours, and once the setting is off', async () => {
    const { app, imageOf } = await sentTo(['granted', null])
    const path = imageOf(0)
    await open(app, path) // Sooner than anybody reads.
    later(app, 60)
    await open(app, path, { method: 'HEAD' })
    await open(app, path, { headers: { 'user-agent': 'ProofpointScanner' } })
    const forged = [
      path.replace(/^\/o\/\w+/, '/o/2'),
      path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      '/o/nothing',
    ]
    for (const wrong of forged) {
      const answer = await open(app, wrong)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif'])
    }
    await app.call(saveTracking, { clicks: false, opens: false })
    await open(app, path)
    expect((await noted(app)).map(({ opens }) => opens)).toEqual([0, 0])
  })

  it('stops at a withdrawal, which takes along what was noted', async () => {
    const { app, ids, imageOf } = await sentTo(['granted'])
    later(app, 60)
    await open(app, imageOf(0))
    await say(app, ids[0] ?? 0, 'withdrawn')
    await open(app, imageOf(0))
    const nothing = [{ isMeasured: false, opens: 0, openedAt: null }]
    expect(await noted(app)).toEqual(nothing)
    // A new agreement is for what is sent from then on.
    await say(app, ids[0] ?? 0, 'granted')
    await open(app, imageOf(0))
    expect(await noted(app)).toEqual(nothing)
  })

  it('is not asked without end', async () => {
    const app = await testApp()
    const statuses: number[] = []
    for (let at = 0; at < 3_001; at++) statuses.push((await open(app, '/o/x')).status)
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429])
  })

  it('is neither in a test nor in what staff see of the built-in mailbox', async () => {
    const app = await testApp()
    await app.call(createRelay, relay({ kind: 'mailbox', fromName: '', fromAddress: 'b@b.fr' }))
    await app.call(saveTracking, { opens: true })
    const [id = 0] = await people(app, [{ email: 'lea@example.org' }])
    await say(app, id, 'granted')
    const stepId = await mailing(app)
    const [content] = await app.db.selectFrom('contents').select('id').execute()
    const test = { stepId, contentId: content?.id ?? 0, to: 'moi@example.org', partyId: id }
    await app.call(api.sendTest, test)
    await launch(app, stepId)
    await app.runJobs()
    const sources = await app.db
      .selectFrom('mailboxMessages')
      .select('source')
      .orderBy('id')
      .execute()
    const [tried, left] = sources.map(({ source }) => source.toString().replaceAll('=\r\n', ''))
    expect([tried, left].map((text = '') => text.includes('/o/'))).toEqual([false, true])
    const { rows } = await app.call(listMailbox, {})
    const mail = await app.call(readMailbox, { id: rows[0]?.id ?? 0 })
    expect(mail.html).toContain('#measuring')
    expect(mail.html).not.toContain('/o/')
  })
})

describe('the page to unsubscribe', () => {
  it('ends measuring by a button of its own, by POST, and leaves the subscription alone', async () => {
    const { app, ids, htmlOf, imageOf } = await sentTo(['granted', null])
    const [id = 0, other = 0] = ids
    const pathOf = (at: number) =>
      new URL(/href="([^"#]*\/u\/[^"#]*)/.exec(htmlOf(at))?.[1] ?? '').pathname
    const page = async (path: string, init?: RequestInit) =>
      (await app.http.request(path, init)).text()
    expect(await page(pathOf(0))).toContain(`${pathOf(0)}/unmeasure`)
    expect(await page(pathOf(1))).not.toContain('unmeasure')
    later(app, 60)
    await open(app, imageOf(0))
    await app.http.request(`${pathOf(0)}/unmeasure`)
    expect((await noted(app))[0]).toMatchObject({ isMeasured: true, opens: 1 })
    const twin = await people(app, [{ email: 'P0@example.org' }])
    await say(app, twin[0] ?? 0, 'granted')
    const answer = await page(`${pathOf(0)}/unmeasure`, { method: 'POST' })
    expect(answer).toContain('effacé')
    expect(answer).not.toContain('unmeasure')
    for (const one of [id, twin[0] ?? 0]) {
      expect((await app.call(listConsents, { id: one }))[0]).toMatchObject({
        purpose: 'measurement',
        state: 'withdrawn',
        source: 'unsubscribe-link',
        proof: { method: 'page', campaign: 'Vente privée' },
      })
    }
    const cards = await app.db.selectFrom('parties').select(['emailOptOut']).execute()
    expect(cards.every(({ emailOptOut }) => !emailOptOut)).toBe(true)
    expect((await noted(app))[0]).toMatchObject({ isMeasured: false, opens: 0 })
    // Of who never agreed there is nothing to write down, whoever presses.
    await page(`${pathOf(1)}/unmeasure`, { method: 'POST' })
    expect(await app.call(listConsents, { id: other })).toEqual([])
    // Unsubscribing and measuring are two things.
    await say(app, id, 'granted')
    await page(pathOf(0), { method: 'POST' })
    const card = await app.db.selectFrom('parties').selectAll().where('id', '=', id).execute()
    expect(card).toMatchObject([{ emailOptOut: true, opensConsent: true }])
  })
})
