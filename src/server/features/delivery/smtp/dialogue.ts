/** Opening a session: connect, greeting, EHLO, STARTTLS, AUTH, one readable step each. */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectTls } from 'node:tls'
import type { RelayTrouble, SmtpReply } from '#core/delivery/outcome.ts'
import { createReplyReader } from './reply-reader.ts'

export type SmtpServer = {
  readonly host: string
  readonly port: number
  readonly security: 'starttls' | 'tls' | 'none'
  readonly verifyCertificate: boolean
  readonly user: string
  readonly password: string
  /** Milliseconds. */
  readonly timeouts?: { readonly connect: number; readonly reply: number }
}

export const usualTimeouts = { connect: 15_000, reply: 60_000 }

/** Why a session could not be opened or went on no longer, in the server's or the system's words. */
export class SmtpTrouble extends Error {
  readonly trouble: RelayTrouble
  constructor(trouble: RelayTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.trouble = trouble
  }
}

export type Session = {
  readonly socket: Socket
  readonly pipelining: boolean
  readonly smtputf8: boolean
}

type Trace = (step: string, detail: string) => void

/** Opens a session that is ready for MAIL FROM. Throws SmtpTrouble and leaves no socket behind. */
export async function openSession(server: SmtpServer, trace: Trace = () => {}): Promise<Session> {
  let socket = await connect(server)
  trace('connect', `${socket.remoteAddress ?? server.host}:${server.port}`)
  try {
    let dialogue = createDialogue(socket, server)
    trace('greeting', words(expectOk(await dialogue.next(), 'relay-unreachable')))
    let offers = await hello(dialogue)
    trace('ehlo', offers.join(', '))
    if (server.security === 'starttls') {
      if (!offers.includes('STARTTLS')) {
        throw new SmtpTrouble('relay-refuses', 'The server does not offer STARTTLS.')
      }
      expectOk(await dialogue.ask('STARTTLS'), 'relay-refuses')
      dialogue.release()
      socket = await secure(socket, server)
      trace('tls', tlsWords(socket))
      dialogue = createDialogue(socket, server)
      offers = await hello(dialogue)
    }
    if (server.user !== '') {
      await signIn(dialogue, server, offers)
      trace('auth', server.user)
    }
    dialogue.release()
    return {
      socket,
      pipelining: offers.includes('PIPELINING'),
      smtputf8: offers.includes('SMTPUTF8'),
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

const words = ({ code, text }: SmtpReply) => `${code} ${text}`

function expectOk(reply: SmtpReply, trouble: RelayTrouble): SmtpReply {
  if (reply.code >= 200 && reply.code < 300) return reply
  // 421 and the like: it is there but has no time for us.
  throw new SmtpTrouble(reply.code === 421 ? 'relay-unreachable' : trouble, words(reply))
}

function connect(server: SmtpServer): Promise<Socket> {
  const { host, port, security } = server
  const wait = (server.timeouts ?? usualTimeouts).connect
  return new Promise((resolve, reject) => {
    const socket =
      security === 'tls'
        ? connectTls({ host, port, ...tlsOptions(server) })
        : connectTcp({ host, port })
    const fail = (error: Error) => {
      socket.destroy()
      reject(new SmtpTrouble('relay-unreachable', error.message, { cause: error }))
    }
    socket.setTimeout(wait, () => fail(new Error(`No answer from ${host}:${port} in time.`)))
    socket.once('error', fail)
    socket.once(security === 'tls' ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0)
      socket.off('error', fail)
      socket.setNoDelay(true)
      resolve(socket)
    })
  })
}

const tlsOptions = ({ host, verifyCertificate }: SmtpServer) => ({
  rejectUnauthorized: verifyCertificate,
  ...(isIP(host) ? {} : { servername: host }),
})

function secure(plain: Socket, server: SmtpServer): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ socket: plain, host: server.host, ...tlsOptions(server) })
    const timer = setTimeout(
      () => fail(new Error('TLS took too long.')),
      (server.timeouts ?? usualTimeouts).connect,
    )
    const fail = (error: Error) => {
      clearTimeout(timer)
      plain.destroy()
      reject(new SmtpTrouble('relay-unreachable', `TLS: ${error.message}`, { cause: error }))
    }
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      socket.off('error', fail)
      resolve(socket)
    })
  })
}

const tlsWords = (socket: Socket) =>
  'getProtocol' in socket && typeof socket.getProtocol === 'function'
    ? String(socket.getProtocol())
    : 'TLS'

/** One question, one answer, until `release` hands the socket on. */
function createDialogue(socket: Socket, server: SmtpServer) {
  const waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = []
  const early: Reply[] = []
  let failure: Error | undefined
  const fail = (error: Error) => {
    failure ??= new SmtpTrouble('relay-unreachable', error.message, { cause: error })
    for (const one of waiting.splice(0)) one.reject(failure)
  }
  const read = createReplyReader((reply, lines) => {
    const one = waiting.shift()
    if (one) one.resolve({ ...reply, lines })
    else early.push({ ...reply, lines })
  })
  const onData = (chunk: Buffer) => {
    try {
      read(chunk.toString('utf8'))
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  }
  const onEnd = () => fail(new Error('The server closed the connection.'))
  socket.on('data', onData).on('close', onEnd).on('error', fail)
  const timer = (server.timeouts ?? usualTimeouts).reply
  const next = () =>
    new Promise<Reply>((resolve, reject) => {
      const one = early.shift()
      if (one) return resolve(one)
      if (failure) return reject(failure)
      const late = setTimeout(() => fail(new Error('The server does not answer.')), timer)
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(late)
          then(value)
        }
      waiting.push({ resolve: settle(resolve), reject: settle(reject) })
    })
  return {
    next,
    ask: (line: string) => {
      socket.write(`${line}\r\n`)
      return next()
    },
    release: () => {
      socket.off('data', onData).off('close', onEnd).off('error', fail)
    },
  }
}

type Reply = SmtpReply & { lines: string[] }
type Dialogue = ReturnType<typeof createDialogue>

async function hello(dialogue: Dialogue): Promise<string[]> {
  const name = /^[\w-]+(\.[\w-]+)+$/.test(hostname()) ? hostname() : '[127.0.0.1]'
  const reply = await dialogue.ask(`EHLO ${name}`)
  if (reply.code === 502 || reply.code === 500) {
    expectOk(await dialogue.ask(`HELO ${name}`), 'relay-refuses')
    return []
  }
  expectOk(reply, 'relay-refuses')
  return reply.lines.slice(1).map((line) => line.trim().toUpperCase())
}

async function signIn(dialogue: Dialogue, server: SmtpServer, offers: string[]): Promise<void> {
  if (server.security === 'none' && !isLoopback(server.host)) {
    throw new SmtpTrouble('relay-sign-in', 'A password is not sent over a line without TLS.')
  }
  const methods = offers.find((offer) => offer.startsWith('AUTH'))?.split(/[ =]/) ?? []
  const { user, password } = server
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  if (methods.includes('PLAIN')) {
    const reply = await dialogue.ask(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`)
    expectOk(reply, 'relay-sign-in')
  } else if (methods.includes('LOGIN')) {
    await dialogue.ask('AUTH LOGIN')
    await dialogue.ask(base64(user))
    expectOk(await dialogue.ask(base64(password)), 'relay-sign-in')
  } else {
    throw new SmtpTrouble('relay-sign-in', 'The server offers neither AUTH PLAIN nor AUTH LOGIN.')
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\./.test(host)
