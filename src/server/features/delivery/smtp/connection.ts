/**
 * One SMTP session that sends message after message, the commands of the next behind the text of the one
 * before (RFC 2920). It always knows how far each message came: text not begun means nothing left.
 */
import { domainToASCII } from 'node:url'
import { type Outcome, readReply, type SmtpReply } from '#core/delivery/outcome.ts'
import { openSession, type Session, type SmtpServer, usualTimeouts } from './dialogue.ts'
import { createReplyReader } from './reply-reader.ts'

export type Envelope = {
  readonly from: string
  readonly to: string
  /**
   * Makes the text when it is about to leave, so that a block of messages never stands in memory whole:
   * lines end in CRLF, the last too, and none begins with a bare dot. In parts, so that what all messages
   * have in common leaves from the same bytes.
   */
  readonly data: () => readonly Buffer[]
}

export type Connection = {
  /** Never rejects: whatever happens is an outcome. */
  readonly send: (envelope: Envelope) => Promise<Outcome>
  readonly isOpen: () => boolean
  readonly quit: () => void
}

type Sending = {
  envelope: Envelope
  stage: 'queued' | 'commands' | 'text'
  /** Replies to MAIL, RCPT and DATA as far as they came. */
  replies: SmtpReply[]
  resolve: (outcome: Outcome) => void
}
type Expected = { sending: Sending; what: 'mail' | 'rcpt' | 'data' | 'end' } | { what: 'reset' }
type Command = { line: string; reply: Expected }

const endOfText = Buffer.from('.\r\n')

/** Long parts leave in slices of this size, each when the line has taken the one before: TLS would copy them whole. */
const slice = 256 * 1_024

export async function openConnection(server: SmtpServer): Promise<Connection> {
  return new Transmission(await openSession(server), (server.timeouts ?? usualTimeouts).reply)
}

class Transmission implements Connection {
  readonly #session: Session
  readonly #patience: number
  readonly #queue: Sending[] = []
  readonly #expected: Expected[] = []
  /** Commands that a server without pipelining gets one at a time. */
  readonly #unsaid: Command[] = []
  /** What is left to write of the text that is leaving. */
  readonly #unwritten: Buffer[] = []
  #needsReset = false
  #open = true

  constructor(session: Session, patience: number) {
    this.#session = session
    this.#patience = patience
    const { socket } = session
    const read = createReplyReader((reply) => this.#take(reply))
    socket.on('data', (chunk: Buffer) => {
      // Text, its end and the next commands leave in one packet.
      socket.cork()
      try {
        read(chunk.toString('utf8'))
      } catch (error) {
        this.#drop(error instanceof Error ? error.message : String(error))
      }
      socket.uncork()
      this.#watch()
    })
    socket.on('timeout', () => this.#drop('The relay stopped answering.'))
    socket.on('error', (error) => this.#drop(error.message))
    socket.on('close', () => this.#drop('The relay closed the connection.'))
  }

  isOpen(): boolean {
    return this.#open
  }

  quit(): void {
    const { socket } = this.#session
    if (this.#open) socket.end('QUIT\r\n')
    this.#open = false
    socket.setTimeout(2_000, () => socket.destroy())
  }

  send(given: Envelope): Promise<Outcome> {
    const envelope = { ...given, to: asciiDomain(given.to) }
    const problem = envelopeProblem(envelope, this.#session.smtputf8)
    if (problem) return Promise.resolve(problem)
    if (!this.#open) {
      const answer = 'The connection is closed.'
      return Promise.resolve({ kind: 'untried', answer, trouble: 'relay-unreachable' })
    }
    return new Promise((resolve) => {
      this.#queue.push({ envelope, stage: 'queued', replies: [], resolve })
      this.#start()
      this.#watch()
    })
  }

  #watch(): void {
    this.#session.socket.setTimeout(this.#queue.length > 0 ? this.#patience : 0)
  }

  /** Starts the next message unless one is still giving its commands, or the server takes one thing at a time. */
  #start(): void {
    const { pipelining } = this.#session
    const busy =
      this.#unwritten.length > 0 ||
      this.#unsaid.length > 0 ||
      this.#expected.some(({ what }) => !pipelining || what !== 'end')
    const sending = busy ? undefined : this.#queue.find(({ stage }) => stage === 'queued')
    if (!this.#open || !sending) return
    sending.stage = 'commands'
    const reset: Command[] = this.#needsReset ? [{ line: 'RSET', reply: { what: 'reset' } }] : []
    this.#needsReset = false
    this.#say([...reset, ...commandsOf(sending)])
  }

  #say(commands: Command[]): void {
    if (!this.#session.pipelining) {
      this.#unsaid.push(...commands)
      this.#sayNext()
      return
    }
    for (const { reply } of commands) this.#expected.push(reply)
    this.#session.socket.write(commands.map(({ line }) => `${line}\r\n`).join(''), 'utf8')
  }

  #sayNext(): void {
    const next = this.#expected.length > 0 ? undefined : this.#unsaid.shift()
    if (!next) return
    this.#expected.push(next.reply)
    this.#session.socket.write(`${next.line}\r\n`, 'utf8')
  }

  #take(reply: SmtpReply): void {
    const awaited = this.#expected.shift()
    const closing = reply.code === 421 && !(awaited && awaited.what === 'end')
    if (!awaited || closing) {
      this.#drop(`${reply.code} ${reply.text}`)
      return
    }
    if (awaited.what !== 'reset') this.#heard(awaited, reply)
    if (!this.#session.pipelining) this.#sayNext()
    this.#start()
  }

  #heard({ sending, what }: Exclude<Expected, { what: 'reset' }>, reply: SmtpReply): void {
    if (what === 'end') {
      this.#finish(sending, commandFailure(sending.replies) ?? readReply(reply, 'other'))
      return
    }
    sending.replies.push(reply)
    if (what === 'data') this.#afterCommands(sending, reply)
  }

  /** All three commands are answered: the text goes out, or the message has failed already. */
  #afterCommands(sending: Sending, data: SmtpReply): void {
    const failed = commandFailure(sending.replies)
    if (data.code !== 354) {
      this.#needsReset = true
      this.#finish(sending, failed ?? readReply({ ...data, code: 451 }, 'other'))
      return
    }
    if ((sending.replies[0]?.code ?? 0) >= 400) {
      // It refused the sender and yet asks for a text: nothing it says can be relied on.
      this.#drop(`${data.code} ${data.text}`)
      return
    }
    // With the recipient refused there is nobody to send to: an empty text ends what DATA began.
    sending.stage = failed ? 'commands' : 'text'
    this.#expected.push({ sending, what: 'end' })
    this.#unwritten.push(...(failed ? [] : sending.envelope.data()), endOfText)
    this.#write()
  }

  #write(): void {
    const { socket } = this.#session
    for (let part = this.#unwritten.shift(); part && this.#open; part = this.#unwritten.shift()) {
      const isLong = part.length > slice
      if (isLong) this.#unwritten.unshift(part.subarray(slice))
      const flows = socket.write(isLong ? part.subarray(0, slice) : part)
      if (!isLong || flows) continue
      socket.once('drain', () => {
        this.#write()
        this.#start()
      })
      return
    }
  }

  #finish(sending: Sending, outcome: Outcome): void {
    this.#queue.splice(this.#queue.indexOf(sending), 1)
    sending.resolve(outcome)
  }

  #drop(answer: string): void {
    if (!this.#open) return
    this.#open = false
    this.#session.socket.destroy()
    for (const { stage, resolve } of this.#queue.splice(0)) {
      resolve(
        stage === 'text'
          ? { kind: 'unknown', answer }
          : { kind: 'untried', answer, trouble: 'relay-unreachable' },
      )
    }
  }
}

function commandsOf(sending: Sending): Command[] {
  const { from, to } = sending.envelope
  const utf8 = isAscii(to) ? '' : ' SMTPUTF8'
  return [
    { line: `MAIL FROM:<${from}>${utf8}`, reply: { sending, what: 'mail' } },
    { line: `RCPT TO:<${to}>`, reply: { sending, what: 'rcpt' } },
    { line: 'DATA', reply: { sending, what: 'data' } },
  ]
}

/** A refusal of the sender is the relay's trouble with us, not the recipient's: nobody is to be marked by it. */
function commandFailure(replies: readonly SmtpReply[]): Outcome | undefined {
  const [mail, rcpt, data] = replies
  if (!mail || !rcpt || !data) return undefined
  if (mail.code >= 400) {
    const trouble = mail.code === 530 ? 'relay-sign-in' : 'relay-refuses'
    return { kind: 'untried', answer: `${mail.code} ${mail.text}`, trouble }
  }
  if (rcpt.code >= 400) return readReply(rcpt, 'rcpt')
  return data.code >= 400 ? readReply(data, 'other') : undefined
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
const isAscii = (text: string) => /^[\u0000-\u007f]*$/.test(text)

/** An address in `Bücher.example` goes to the domain's ASCII form; only the part before @ needs SMTPUTF8. */
function asciiDomain(address: string): string {
  if (isAscii(address)) return address
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return domain === '' ? address : `${address.slice(0, at)}@${domain}`
}

/** Nothing in an address may end the command it stands in. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const unsafe = /[\u0000-\u0020\u007f<>]/

function envelopeProblem({ from, to }: Envelope, smtputf8: boolean): Outcome | undefined {
  if (unsafe.test(to) || !to.includes('@')) {
    return { kind: 'refused', answer: '553 5.1.3 not an address', fault: 'address' }
  }
  if (!isAscii(to) && !smtputf8) {
    const answer = '553 5.6.7 the relay does not take addresses with accents (SMTPUTF8)'
    return { kind: 'refused', answer, fault: 'message' }
  }
  if (unsafe.test(from)) throw new Error('a sender that must not be sent')
  return undefined
}
