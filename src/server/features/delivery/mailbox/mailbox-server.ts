/** The mailbox inside the program: a real SMTP server and a real SMSC on loopback, which keep what they get. */
import { once } from 'node:events'
import type { Server } from 'node:net'
import PostalMime from 'postal-mime'
import smpp, { type Pdu, type Session } from 'smpp'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Services } from '#platform/http/app.ts'
import * as mailbox from './mailbox-queries.ts'
import { noticeHeader } from './notice-header.ts'

export type MailboxServer = { readonly port: number; readonly stop: () => Promise<void> }

const largest = 30 * 2 ** 20

export async function startSmtpMailbox(services: Services): Promise<MailboxServer> {
  const server = new SMTPServer({
    name: 'malleposte.mailbox',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largest,
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        keepMail(services, session, Buffer.concat(chunks)).then(
          () => done(null, 'kept in the mailbox'),
          (error: Error) => done(error),
        )
      })
    },
  })
  server.on('error', (error) => services.log.warn({ err: error }, 'mailbox'))
  const port = await listen(server.listen(0, '127.0.0.1') as Server)
  return {
    port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function keepMail(
  { db, now }: Services,
  { envelope }: SMTPServerSession,
  source: Buffer,
): Promise<void> {
  const { subject = '', headers } = await PostalMime.parse(source)
  const [name, text] = noticeHeader
  const isNotice = headers.some(({ key, value }) => key === name.toLowerCase() && value === text)
  const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
  for (const { address } of envelope.rcptTo) {
    await mailbox.insert(
      db,
      { channel: 'email', sender, recipient: address, subject, source, isNotice },
      now(),
    )
  }
}

export async function startSmsMailbox(services: Services): Promise<MailboxServer> {
  const sessions = new Set<Session>()
  const server = smpp.createServer((session) => {
    sessions.add(session)
    const answer = (pdu: Pdu) => session.send(pdu.response())
    session.on('bind_transceiver', answer)
    session.on('enquire_link', answer)
    session.on('unbind', (pdu: Pdu) => {
      answer(pdu)
      session.close()
    })
    session.on('error', () => session.destroy())
    session.on('close', () => sessions.delete(session))
    session.on('submit_sm', (pdu: Pdu) => {
      keepSms(services, pdu).then(
        () => session.send(pdu.response({ message_id: String(pdu.sequence_number) })),
        () => session.send(pdu.response({ command_status: smpp.errors.ESME_RSYSERR })),
      )
    })
  })
  server.listen(0, '127.0.0.1')
  const port = await listen(server)
  return {
    port,
    stop: async () => {
      for (const session of sessions) session.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function keepSms({ db, now }: Services, pdu: Pdu): Promise<void> {
  const text = String(pdu.short_message?.message ?? '')
  await mailbox.insert(
    db,
    {
      channel: 'sms',
      sender: pdu.source_addr ?? '',
      recipient: `+${pdu.destination_addr ?? ''}`,
      subject: text.slice(0, 80),
      source: Buffer.from(text),
      isNotice: false,
    },
    now(),
  )
}

async function listen(server: Server): Promise<number> {
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port for the mailbox')
  return address.port
}
