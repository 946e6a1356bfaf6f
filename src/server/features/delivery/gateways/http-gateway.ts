/** SMS by any provider's HTTP API: the request is the administrator's template, the answer decides. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Outcome } from '#core/delivery/outcome.ts'
import type { HttpGateway } from '#core/delivery/relay.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { type Carrier, inLanes, type TextMessage } from '../carrier.ts'
import { pin } from './private-address.ts'

export type HttpGatewayOptions = {
  readonly secret: string
  readonly connections: number
  /** Addresses inside the network are refused unless the installation allows them. */
  readonly allowInside: boolean
  /** Silence that ends a call, in milliseconds. */
  readonly timeout?: number
  /** What a call may take in all, however it trickles. */
  readonly total?: number
}

const longestAnswer = 64 * 1024

export function createHttpGateway(
  config: HttpGateway,
  options: HttpGatewayOptions,
): Carrier<TextMessage> {
  return {
    sendAll: (parcels) =>
      inLanes(parcels, options.connections, (message) => sendOne(config, options, message)),
    close: async () => {},
  }
}

async function sendOne(
  config: HttpGateway,
  options: HttpGatewayOptions,
  message: TextMessage,
): Promise<Outcome> {
  let sent = false
  try {
    const answer = await exchange(config, options, message, () => {
      sent = true
    })
    return readAnswer(config, answer)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    if (error instanceof AppError)
      return { kind: 'untried', answer: words, trouble: 'relay-refuses' }
    return sent
      ? { kind: 'unknown', answer: words }
      : { kind: 'untried', answer: words, trouble: 'relay-unreachable' }
  }
}

/** Fills `{{name}}` in a template; every value is escaped for the place it lands in. */
function fillRequest(config: HttpGateway, secret: string, message: TextMessage) {
  const values: Record<string, string> = {
    to: message.to,
    text: message.text,
    sender: config.sender,
    id: String(message.id),
    secret,
  }
  const fill = (template: string, encode: (value: string) => string) =>
    template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : encode(value)
    })
  const inJson = (value: string) => JSON.stringify(value).slice(1, -1)
  // A header ends where its line ends.
  const inHeader = (value: string) => value.replace(/[^\t\x20-\x7e]/g, '')
  return {
    url: fill(config.url, encodeURIComponent),
    headers: Object.fromEntries(
      config.headers.map(({ name, value }) => [name.toLowerCase(), fill(value, inHeader)]),
    ),
    body: fill(config.body, config.bodyType === 'json' ? inJson : encodeURIComponent),
  }
}

type Answer = { status: number; body: string }

async function exchange(
  config: HttpGateway,
  options: HttpGatewayOptions,
  message: TextMessage,
  onSent: () => void,
): Promise<Answer> {
  const { url: address, headers, body } = fillRequest(config, options.secret, message)
  const url = new URL(address)
  const pinned = await pin(url.hostname, options.allowInside)
  const type = config.bodyType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  const hasBody = config.method !== 'GET'
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: config.method,
      headers: { ...(hasBody ? { 'content-type': type } : {}), ...headers },
      // A connection of its own: on a reused one nobody could tell whether the request had left.
      agent: false,
      timeout: options.timeout ?? 30_000,
      // The address that was checked is the one that is used.
      lookup: (_name, lookupOptions, done) =>
        lookupOptions.all ? done(null, [pinned]) : done(null, pinned.address, pinned.family),
    })
    const clock = setTimeout(
      () => request.destroy(new Error('The gateway took too long to answer.')),
      options.total ?? 90_000,
    )
    request.on('close', () => clearTimeout(clock))
    request.on('timeout', () => request.destroy(new Error('The gateway stopped answering.')))
    request.on('error', reject)
    request.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', onSent)
    })
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > longestAnswer) request.destroy(new Error('The answer is too long.'))
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
      response.on('error', reject)
    })
    request.end(hasBody ? body : undefined)
  })
}

const closedDoors = [401, 403, 407]
/** A proxy lost the provider's answer: the text may have left, and trying again would send it twice. */
const lostBehindProxy = [502, 504]

function readAnswer(config: HttpGateway, { status, body }: Answer): Outcome {
  const answer = `${status} ${body.replace(/\s+/g, ' ').slice(0, 500)}`.trim()
  if (closedDoors.includes(status)) {
    return { kind: 'untried', answer, trouble: 'relay-sign-in' }
  }
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    return { kind: 'untried', answer, trouble: 'relay-refuses' }
  }
  if (lostBehindProxy.includes(status)) return { kind: 'unknown', answer }
  if (status === 429 || status >= 500) return { kind: 'deferred', answer }
  if (status >= 400) return { kind: 'refused', answer, fault: 'message' }
  if (config.successPath === '') return { kind: 'accepted', answer }
  const json = readJson(body)
  // It says that it went well, and not whether the text left.
  if (json === undefined) return { kind: 'unknown', answer }
  const ok = valueAt(json, config.successPath) === config.successValue
  return ok ? { kind: 'accepted', answer } : { kind: 'refused', answer, fault: 'message' }
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The value at `messages.0.status`, as text; undefined when there is none. */
function valueAt(json: unknown, path: string): string | undefined {
  let value = json
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === key)?.[1]
  }
  return value === undefined ? undefined : String(value)
}
