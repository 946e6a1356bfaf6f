import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import smpp, { type Pdu } from 'smpp'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkContent } from '#core/campaigns/api.ts'
import { previewContent } from '#core/content/api.ts'
import type { HttpGateway } from '#core/delivery/relay.ts'
import { createRelay, listRelays, testRelay, updateRelay } from '#core/delivery/relays-api.ts'
import { launch, mailing, people, relay, smtpRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { testApp } from '#tests/support/test-app.ts'
import { createHttpGateway } from './gateways/http-gateway.ts'
import { isInside } from './gateways/private-address.ts'
import { createSmppGateway } from './gateways/smpp-gateway.ts'

const gateway = (port: number, over: Partial<HttpGateway> = {}): HttpGateway => ({
  kind: 'http',
  url: `http://127.0.0.1:${port}/send`,
  method: 'POST',
  headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
  bodyType: 'json',
  body: '{"to": "{{to}}", "text": "{{text}}"}',
  sender: 'Boutique',
  stopText: '',
  successPath: 'messages.0.status',
  successValue: 'ok',
  ...over,
})

async function provider(answer: () => [number, string]) {
  const requests: { body: string; authorization: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk
    })
    request.on('end', () => {
      requests.push({ body, authorization: request.headers.authorization ?? '' })
      const [status, text] = answer()
      response.writeHead(status).end(text)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { requests, port: (server.address() as AddressInfo).port }
}

const sms = { id: 7, to: '+33612345678', text: 'Vente « privée »\n"demain"' }
const options = { secret: 's3cret', connections: 2, allowInside: true }

describe('the HTTP gateway', () => {
  it('fills the request so that no text can break out of it, and reads success from the answer', async () => {
    const { requests, port } = await provider(() => [200, '{"messages":[{"status":"ok"}]}'])
    const [outcome] = await createHttpGateway(gateway(port), options).sendAll([sms])
    expect(outcome?.kind).toBe('accepted')
    expect(requests[0]?.authorization).toBe('Bearer s3cret')
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ to: sms.to, text: sms.text })
  })

  it.each([
    [200, '{"messages":[{"status":"no credit"}]}', 'refused'],
    [200, '{}', 'refused'],
    [200, '<html>Welcome to the portal</html>', 'unknown'],
    [200, '', 'unknown'],
    [429, 'slow down', 'deferred'],
    [503, '', 'deferred'],
    [504, 'gateway timeout', 'unknown'],
    [400, 'bad number', 'refused'],
    [401, '', 'untried'],
  ])('takes %i %s for %s', async (status, body, kind) => {
    const { port } = await provider(() => [status, body])
    const [outcome] = await createHttpGateway(gateway(port), options).sendAll([sms])
    expect(outcome?.kind).toBe(kind)
  })

  it('ends a call that trickles for ever, without knowing what became of it', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const slow = createHttpGateway(gateway(port), { ...options, total: 300 })
    const [outcome] = await slow.sendAll([sms])
    expect(outcome).toMatchObject({ kind: 'unknown' })
    expect(outcome?.answer).toContain('too long')
  })

  it('does not reach into the own network', async () => {
    const { requests, port } = await provider(() => [200, '{}'])
    const closed = { ...options, allowInside: false }
    const [outcome] = await createHttpGateway(gateway(port), closed).sendAll([sms])
    expect(outcome).toMatchObject({ kind: 'untried', trouble: 'relay-refuses' })
    expect(requests).toEqual([])
    const inside = [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.1.1',
      '::1',
      '::ffff:10.0.0.1',
      'fe80::1',
      'fd00::1',
      '0.0.0.0',
    ]
    expect(inside.filter((address) => !isInside(address))).toEqual([])
    expect(['8.8.8.8', '2001:4860:4860::8888'].filter(isInside)).toEqual([])
  })
})

describe('the STOP text of a gateway', () => {
  it('is counted in the preview and in the dearest message as it is sent', async () => {
    const app = await testApp({ env: { PRIVATE_GATEWAYS: 'yes' } })
    const { requests, port } = await provider(() => [200, '{"messages":[{"status":"ok"}]}'])
    await app.call(createRelay, relay(gateway(port, { stopText: 'STOP 36111' })))
    await people(app, [{ mobile: '+33612345678' }])
    const text = 'x'.repeat(155)
    const body = { channel: 'sms', text } as const
    const shown = await app.call(previewContent, { body })
    expect(shown).toMatchObject({ stopText: 'STOP 36111', sms: { length: 166, parts: 2 } })
    const said = await app.call(previewContent, { body: { ...body, text: 'STOP au 36111' } })
    expect(said.sms?.text).toBe('STOP au 36111')
    const stepId = await mailing(app, { contents: [{ body }] })
    const content = await app.db.selectFrom('contents').select('id').executeTakeFirst()
    const check = await app.call(checkContent, { id: content?.id ?? 0 })
    expect(check.sms).toMatchObject({ parts: 2 })
    await launch(app, stepId)
    await app.runJobs()
    expect(JSON.parse(requests[0]?.body ?? '').text).toBe(`${text} STOP 36111`)
  })
})

describe('SMPP', () => {
  async function smsc(status: (pdu: Pdu) => number = () => 0) {
    const heard: { to: string; text: string; coding: unknown }[] = []
    const server = smpp.createServer((session) => {
      session.on('error', () => {})
      session.on('bind_transceiver', (pdu: Pdu) =>
        session.send(pdu.response({ command_status: pdu.password === 'good' ? 0 : 14 })),
      )
      session.on('submit_sm', (pdu: Pdu & { data_coding?: number }) => {
        const text = String(pdu.short_message?.message ?? '')
        heard.push({ to: pdu.destination_addr ?? '', text, coding: pdu.data_coding })
        session.send(pdu.response({ command_status: status(pdu), message_id: 'm1' }))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const config = {
      kind: 'smpp',
      host: '127.0.0.1',
      port,
      tls: false,
      user: 'me',
      systemType: '',
      sender: 'Boutique',
      stopText: '',
    } as const
    return { heard, config }
  }

  it('hands over short, accented and long texts to a real SMSC', async () => {
    const { heard, config } = await smsc()
    const carrier = createSmppGateway(config, { password: 'good', window: 1 })
    onTestFinished(() => carrier.close())
    const long = 'Soldes : '.repeat(30).trim()
    const outcomes = await carrier.sendAll([
      { ...sms, text: 'Bonjour' },
      { ...sms, text: 'Fête de Noël à Łódź' },
      { ...sms, text: long },
    ])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(heard[0]).toMatchObject({ to: '33612345678', text: 'Bonjour' })
    expect(heard[1]?.text).toBe('Fête de Noël à Łódź')
    expect(
      heard
        .slice(2)
        .map(({ text }) => text)
        .join(''),
    ).toBe(long)
    expect(heard.length).toBe(4)
  })

  it('says when the password is wrong, the number is, or nobody is there', async () => {
    const { config } = await smsc(() => smpp.errors.ESME_RINVDSTADR ?? 11)
    const wrong = createSmppGateway(config, { password: 'bad', window: 1 })
    expect((await wrong.sendAll([sms]))[0]).toMatchObject({
      kind: 'untried',
      trouble: 'relay-sign-in',
    })
    const right = createSmppGateway(config, { password: 'good', window: 1 })
    onTestFinished(() => right.close())
    expect((await right.sendAll([sms]))[0]).toMatchObject({ kind: 'refused', fault: 'address' })
    const nobody = createSmppGateway(
      { ...config, port: await closedPort() },
      { password: '', window: 1 },
    )
    expect((await nobody.sendAll([sms]))[0]).toMatchObject({
      kind: 'untried',
      trouble: 'relay-unreachable',
    })
  })
})

async function closedPort(): Promise<number> {
  const server = createTcp().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('relays', () => {
  it('never give a password back, and keep it when it is not typed again', async () => {
    const app = await testApp()
    const draft = relay({ ...smtpRelay(25), user: 'me' } as ReturnType<typeof smtpRelay>, {
      secrets: { password: 'hush' },
    })
    const made = await app.call(createRelay, draft)
    expect(made.hasPassword).toBe(true)
    await app.call(updateRelay, { ...draft, id: made.id, label: 'Autre', secrets: {} })
    const listed = await app.call(listRelays, {})
    expect(listed[0]).toMatchObject({ label: 'Autre', hasPassword: true })
    expect(JSON.stringify(listed)).not.toContain('hush')
    const row = await app.db.selectFrom('relays').select(['config', 'sealed']).executeTakeFirst()
    expect(JSON.stringify(row)).not.toContain('hush')
  })

  it('do not send a kept password to another server', async () => {
    const app = await testApp()
    const draft = relay(smtpRelay(25), { secrets: { password: 'hush' } })
    const { id } = await app.call(createRelay, draft)
    const moved = { ...draft, id, config: smtpRelay(2525), secrets: {} }
    const refused = { status: 400, code: 'delivery/secret-again' }
    expect(await app.refusal(updateRelay, moved)).toMatchObject(refused)
    expect(await app.refusal(testRelay, moved)).toMatchObject(refused)
    await app.call(updateRelay, { ...moved, secrets: { password: 'hush' } })
  })

  it('are tried step by step, with what the server said', async () => {
    const app = await testApp()
    const sink = await startSink()
    onTestFinished(() => sink.stop())
    const good = await app.call(testRelay, { ...relay(smtpRelay(sink.port)), to: 'me@example.org' })
    expect(good.ok).toBe(true)
    expect(good.steps.map(({ name }) => name)).toEqual(['connect', 'greeting', 'ehlo', 'message'])
    expect(sink.accepted).toHaveLength(1)
    const bad = await app.call(testRelay, relay(smtpRelay(await closedPort())))
    expect(bad).toMatchObject({
      ok: false,
      steps: [{ ok: false, detail: expect.stringContaining('ECONNREFUSED') }],
    })
  })
})
