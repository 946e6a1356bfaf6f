import { describe, expect, it, onTestFinished } from 'vitest'
import { deliverySummary, listMessages, preflight } from '#core/delivery/api.ts'
import {
  type BounceMailboxConfig,
  deleteBounceMailbox,
  getBounceMailbox,
  readBounceMailbox,
  saveBounceMailbox,
  testBounceMailbox,
} from '#core/delivery/bounce-mailbox.ts'
import type { RelayConfig } from '#core/delivery/relay.ts'
import { createRelay } from '#core/delivery/relays-api.ts'
import { account, imapServer } from '#tests/support/imap-server.ts'
import { launch, mailing, people, relay, smtpRelay } from '#tests/support/mailing.ts'
import { samples } from '#tests/support/returned-mails.ts'
import { type Sink, startSink } from '#tests/support/smtp-sink.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const config = (port: number, over: Partial<BounceMailboxConfig> = {}) => ({
  config: {
    host: '127.0.0.1',
    port,
    security: 'none' as const,
    user: account.user,
    softLimit: 2,
    ...over,
  },
  password: account.password,
})

/** A mailing sent to three people by a real SMTP server, and a bounce mailbox on a real IMAP server. */
async function sent(over: Partial<BounceMailboxConfig> = {}) {
  const app = await testApp({ env: { PRIVATE_GATEWAYS: 'yes' } })
  const sink = await startSink()
  onTestFinished(() => sink.stop())
  const imap = await imapServer()
  const bounceAddress = 'retours@maison.example'
  await app.call(createRelay, relay({ ...smtpRelay(sink.port), bounceAddress } as RelayConfig))
  const ids = await people(app, [
    { email: 'lea@example.org' },
    { email: 'max@example.org' },
    { email: 'zoe@example.org' },
  ])
  const stepId = await send(app)
  await app.call(saveBounceMailbox, config(imap.port, over))
  await app.runJobs()
  return { app, sink, imap, ids, stepId }
}

async function send(app: TestApp) {
  const stepId = await mailing(app)
  await launch(app, stepId)
  await app.runJobs()
  return stepId
}

/** The return address the last message to a recipient bore, as the SMTP server saw it. */
function returnAddress(sink: Sink, recipient: string): string {
  const got = sink.accepted.filter(({ to }) => to === recipient).at(-1)
  if (!got) throw new Error(`nothing went to ${recipient}`)
  return got.from
}

async function readNow(app: TestApp) {
  await app.call(readBounceMailbox, {})
  await app.runJobs()
  const { mailbox } = await app.call(getBounceMailbox, {})
  return mailbox
}

const emailStates = async (app: TestApp) => {
  const rows = await app.db
    .selectFrom('parties')
    .select(['emailState', 'emailOptOut'])
    .orderBy('id')
    .execute()
  return rows.map(({ emailState, emailOptOut }) => (emailOptOut ? 'withdrew' : emailState))
}

describe('bounces that come back by mail', () => {
  it('mark the address, stop further sends and show on the line and in the counters', async () => {
    const { app, sink, imap, stepId } = await sent()
    imap.deliver(samples.orangeUnknown(returnAddress(sink, 'lea@example.org')))
    // A server that folds the case of addresses.
    imap.deliver(samples.exchangeUnknown(returnAddress(sink, 'max@example.org').toUpperCase()))
    expect(await readNow(app)).toMatchObject({ lastError: '', found: { hard: 2, soft: 0 } })
    expect(await emailStates(app)).toEqual(['bounced', 'bounced', 'ok'])

    const { contents, counts } = await app.call(deliverySummary, { stepId })
    expect(counts.submitted).toBe(3)
    expect(contents[0]?.feedback).toEqual({ bounced: 2 })
    const { rows } = await app.call(listMessages, { stepId, feedback: 'bounced' })
    expect(rows.map(({ address }) => address)).toEqual(['lea@example.org', 'max@example.org'])
    expect(rows[0]?.feedbackText).toContain('OFR204_416')

    const next = await mailing(app)
    expect(await app.call(preflight, { stepId: next })).toMatchObject({
      toSend: 1,
      contents: [{ excluded: { 'bounced-before': 2 } }],
    })
  })

  it('count once, however often the same mail is read', async () => {
    const { app, sink, imap, stepId } = await sent({ softLimit: 2 })
    imap.deliver(samples.postfixFull(returnAddress(sink, 'zoe@example.org')))
    await readNow(app)
    // The folder was rebuilt: every mail has another UID, and there is a copy.
    const inbox = imap.folder('INBOX')
    inbox.uidvalidity += 7
    imap.deliver(samples.postfixFull(returnAddress(sink, 'zoe@example.org')))
    expect(await readNow(app)).toMatchObject({ found: { soft: 1 } })
    expect(await emailStates(app)).toEqual(['ok', 'ok', 'ok'])
    const { contents } = await app.call(deliverySummary, { stepId })
    expect(contents[0]?.feedback).toEqual({ 'soft-bounced': 1 })

    await send(app)
    imap.deliver(samples.postfixFull(returnAddress(sink, 'zoe@example.org')))
    expect(await readNow(app)).toMatchObject({ found: { soft: 2 } })
    expect(await emailStates(app)).toEqual(['ok', 'ok', 'bounced'])
  })

  it('withdraw the consent of who complains, by the link in the message when the address is gone', async () => {
    const { app, sink, imap, ids } = await sent()
    const text = sink.accepted.find(({ to }) => to === 'max@example.org')?.text ?? ''
    const header = /^List-Unsubscribe: .*$/m.exec(text)?.[0] ?? ''
    imap.deliver(samples.complaint('plaintes@maison.example', { returned: header.trim() }))
    expect(await readNow(app)).toMatchObject({ found: { complaint: 1 } })
    expect(await emailStates(app)).toEqual(['ok', 'withdrew', 'ok'])
    const proof = await app.db
      .selectFrom('consents')
      .selectAll()
      .orderBy('id', 'desc')
      .executeTakeFirst()
    expect(proof).toMatchObject({
      partyId: ids[1],
      state: 'withdrawn',
      source: 'complaint',
      proof: { method: 'complaint', campaign: 'Vente privée' },
    })
  })

  it('leave alone what answers by itself, what is forged and what is not ours', async () => {
    const { app, sink, imap } = await sent({ handledFolder: 'Traités', unknownFolder: 'À lire' })
    const to = returnAddress(sink, 'lea@example.org')
    const forged = to.replace(/-(.)/, (_, first) => (first === 'a' ? '-b' : '-a'))
    imap.deliver(samples.outOfOffice(to))
    imap.deliver(samples.letter(to))
    imap.deliver(samples.postfixUnknown(forged))
    imap.deliver(samples.gmailUnknown('retours@maison.example'))
    expect(await readNow(app)).toMatchObject({
      lastError: '',
      found: { hard: 0, soft: 0, blocked: 0, complaint: 0 },
    })
    expect(await emailStates(app)).toEqual(['ok', 'ok', 'ok'])
    expect(imap.folder('INBOX').messages).toHaveLength(0)
    // As folders are named on the wire: modified UTF-7.
    expect(imap.folder('Trait&AOk-s').messages).toHaveLength(1)
    expect(imap.folder('&AMA- lire').messages).toHaveLength(3)
  })
})

describe('the bounce mailbox', () => {
  it('is tried step by step, and never gives its password away', async () => {
    const { app, imap } = await sent()
    const good = await app.call(testBounceMailbox, config(imap.port))
    expect(good).toMatchObject({ ok: true, steps: [{ name: 'auth' }, { name: 'folder' }] })
    const bad = { ...config(imap.port), password: 'autre' }
    expect(await app.call(testBounceMailbox, bad)).toMatchObject({
      ok: false,
      steps: [{ name: 'auth', ok: false }],
    })
    const folder = config(imap.port, { folder: 'Nulle part' })
    const lost = await app.call(testBounceMailbox, folder)
    expect(lost).toMatchObject({ ok: false, steps: [{ ok: true }, { name: 'folder', ok: false }] })

    const stored = await app.db.selectFrom('bounceMailbox').selectAll().executeTakeFirst()
    const seen = JSON.stringify([stored, await app.call(getBounceMailbox, {}), good, lost])
    expect(seen).not.toContain('secret')
    const { password: _, ...moved } = config(imap.port + 1)
    expect((await app.refusal(saveBounceMailbox, moved)).code).toBe('delivery/secret-again')
    expect((await app.refusal(testBounceMailbox, moved)).code).toBe('delivery/secret-again')
  })

  it('says why it could not be read, and is read no more once it is removed', async () => {
    const { app, imap } = await sent()
    await app.call(saveBounceMailbox, { ...config(imap.port), password: 'autre' })
    await app.runJobs()
    const { mailbox } = await app.call(getBounceMailbox, {})
    expect(mailbox?.lastError).not.toBe('')
    await app.call(deleteBounceMailbox, {})
    expect((await app.refusal(readBounceMailbox, {})).code).toBe('delivery/no-bounce-mailbox')
    expect(await app.call(getBounceMailbox, {})).toEqual({ mailbox: null })
  })

  it('is not looked for inside the network unless that is allowed, nor without encryption', async () => {
    const app = await testApp()
    const inside = await app.call(testBounceMailbox, config(1))
    expect(inside).toMatchObject({ ok: false, steps: [{ name: 'settings' }] })
    const clear = config(143, { host: '203.0.113.7' })
    const result = await app.call(testBounceMailbox, clear)
    expect(result.steps[0]?.detail).toMatch(/encrypted/)
  })
})
