/** The SMTP client against servers that hang, want TLS and ask who is there. */
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, it, onTestFinished } from 'vitest'
import { type SinkOptions, startSink } from '#tests/support/smtp-sink.ts'
import type { SmtpServer } from './dialogue.ts'
import { createPool } from './pool.ts'

const envelope = (to: string) => ({
  from: 'boutique@example.org',
  to,
  data: () => [Buffer.from('Subject: Essai\r\n\r\n'), Buffer.from('Bonjour\r\n')],
})

function poolTo(port: number, over: Partial<SmtpServer> = {}) {
  const server = { host: '127.0.0.1', port, security: 'none', verifyCertificate: false } as const
  const timeouts = { connect: 400, reply: 400 }
  const pool = createPool({ ...server, user: '', password: '', timeouts, ...over }, 1)
  onTestFinished(() => pool.close())
  return pool
}

it.each<[string, SinkOptions, string]>([
  ['greets nobody', { greeting: 'hang' }, 'untried'],
  ['hangs before the text', { onRcpt: () => 'hang' }, 'untried'],
  // It has the whole text: only the relay knows what became of it.
  ['hangs after the text', { onText: () => 'hang' }, 'unknown'],
])('does not wait for ever for a relay that %s', async (_, options, kind) => {
  const sink = await startSink(options)
  onTestFinished(() => sink.stop())
  const [outcome] = await poolTo(sink.port).sendAll([envelope('lea@example.org')])
  expect(outcome?.kind).toBe(kind)
  if (outcome?.kind === 'untried') expect(outcome.trouble).toBe('relay-unreachable')
})

async function relayWithTls(method: 'PLAIN' | 'LOGIN') {
  const received: { to: string; secure: boolean; user: string | undefined; text: string }[] = []
  const server = new SMTPServer({
    authMethods: [method],
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _, done) => {
      if (username === 'léa' && password === 's3cret') done(null, { user: username })
      else done(new Error('Invalid username or password'))
    },
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk
      })
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? ''
        received.push({ to, secure: session.secure, user: session.user, text })
        done()
      })
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1') as Server
  await once(listening, 'listening')
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  return { received, port: (listening.address() as AddressInfo).port }
}

it.each(['PLAIN', 'LOGIN'] as const)('signs in by AUTH %s, after STARTTLS', async (method) => {
  const { received, port } = await relayWithTls(method)
  const tls = {
    security: 'starttls',
    user: 'léa',
    timeouts: { connect: 5_000, reply: 5_000 },
  } as const
  const send = (over: Partial<SmtpServer>) =>
    poolTo(port, { ...tls, ...over }).sendAll([
      envelope('a@example.org'),
      envelope('b@example.org'),
    ])

  const outcomes = await send({ password: 's3cret' })
  expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted'])
  expect(received.map(({ to }) => to).sort()).toEqual(['a@example.org', 'b@example.org'])
  for (const { secure, user, text } of received) {
    expect({ secure, user, text }).toEqual({
      secure: true,
      user: 'léa',
      text: 'Subject: Essai\r\n\r\nBonjour\r\n',
    })
  }
  expect((await send({ password: 'wrong' }))[0]).toMatchObject({
    kind: 'untried',
    trouble: 'relay-sign-in',
    answer: expect.stringContaining('535'),
  })
  // Its certificate is of its own making.
  expect((await send({ password: 's3cret', verifyCertificate: true }))[0]).toMatchObject({
    kind: 'untried',
    answer: expect.stringContaining('TLS'),
  })
  expect(received).toHaveLength(2)
})
