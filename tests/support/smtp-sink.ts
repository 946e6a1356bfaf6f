/** An SMTP server for tests that keeps what it accepts and misbehaves as it is told. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A reply line, or silence, or the end of the line. */
type SinkReply = string | 'hang' | 'drop'

export type SinkOptions = {
  greeting?: SinkReply
  pipelining?: boolean
  onMail?: (address: string) => SinkReply | undefined
  onRcpt?: (address: string) => SinkReply | undefined
  /** Before the text is kept; `drop` then loses the line after it is kept, which no client can tell. */
  onText?: (address: string) => SinkReply | undefined
  /** `keep, then drop`: accepted, but the client never hears of it. */
  dropAfter?: (address: string) => boolean
}

export type Sink = {
  port: number
  /** One entry per recipient and accepted message. */
  accepted: { from: string; to: string; text: string }[]
  connections: () => number
  options: SinkOptions
  stop: () => Promise<void>
}

export async function startSink(options: SinkOptions = {}, port = 0): Promise<Sink> {
  const accepted: Sink['accepted'] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const sink = { accepted, options } as unknown as Sink
  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    converse(socket, sink)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  sink.port = typeof address === 'object' && address ? address.port : 0
  sink.connections = () => connections
  sink.stop = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return sink
}

function converse(socket: Socket, { accepted, options }: Sink): void {
  let text: string | undefined
  let [from, to] = ['', '']
  let silent = false
  socket.setNoDelay(true)
  const say = (reply: SinkReply) => {
    if (reply === 'drop') socket.destroy()
    else if (reply === 'hang') silent = true
    else if (!silent) socket.write(`${reply}\r\n`)
  }
  const isOk = (reply: SinkReply) => reply.startsWith('2')
  const endText = (whole: string) => {
    const reply = options.onText?.(to) ?? '250 2.0.0 queued'
    if (isOk(reply)) accepted.push({ from, to, text: whole })
    say(options.dropAfter?.(to) ? 'drop' : reply)
    to = ''
    from = ''
  }
  const verbs: Record<string, (address: string) => void> = {
    ehlo: () =>
      say(options.pipelining === false ? '250-sink\r\n250 8BITMIME' : '250-sink\r\n250 PIPELINING'),
    mail: (address) => {
      const reply = options.onMail?.(address) ?? '250 2.1.0 ok'
      from = isOk(reply) ? address : ''
      say(reply)
    },
    rcpt: (address) => {
      if (from === '') return say('503 5.5.1 need MAIL')
      const reply = options.onRcpt?.(address) ?? '250 2.1.5 ok'
      if (isOk(reply)) to = address
      say(reply)
    },
    data: () => {
      if (to === '') return say('554 5.5.1 no valid recipients')
      text = ''
      say('354 go on')
    },
    quit: () => socket.end('221 bye\r\n'),
  }
  const onLine = (line: string) => {
    if (text === undefined) {
      const verb = verbs[line.slice(0, 4).toLowerCase()] ?? (() => say('250 ok'))
      verb(/<([^>]*)>/.exec(line)?.[1] ?? '')
    } else if (line === '.') {
      const whole = text
      text = undefined
      endText(whole)
    } else text += `${line.startsWith('..') ? line.slice(1) : line}\r\n`
  }
  say(options.greeting ?? '220 sink ESMTP')
  readLines(socket, onLine)
}

function readLines(socket: Socket, onLine: (line: string) => void): void {
  let rest = ''
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
}
