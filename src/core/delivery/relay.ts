import { z } from 'zod'
import { Id } from '../kernel/values.ts'

/** A header value: one line, no control character, so that nothing typed can add a header. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
export const Line = z.string().regex(/^[^\u0000-\u001f\u007f]*$/)

export const Host = z
  .string()
  .trim()
  .regex(/^[a-zA-Z0-9]([a-zA-Z0-9.:-]{0,252}[a-zA-Z0-9])?$/)

export const Port = z.coerce.number().int().min(1).max(65_535)

/** An SMTP server that takes our mail over. */
const SmtpRelay = z.object({
  kind: z.literal('smtp'),
  host: Host,
  port: Port.default(587),
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  /** Off only for a relay with a certificate of its own making. */
  verifyCertificate: z.boolean().default(true),
  user: Line.max(320).default(''),
  fromName: Line.max(120).default(''),
  fromAddress: z.email(),
  replyTo: z.union([z.literal(''), z.email()]).default(''),
  /** Bounces come to `local+…@domain` of this address; the sender's address when empty. */
  bounceAddress: z.union([z.literal(''), z.email()]).default(''),
  /** Own DKIM signature; off when the selector is empty, as it should be behind a relay that signs. */
  dkimDomain: Line.max(253).default(''),
  dkimSelector: Line.max(63).default(''),
})

/** The mailbox inside the program: for trying things out, nothing leaves the machine. */
const Mailbox = z.object({
  kind: z.literal('mailbox'),
  fromName: Line.max(120).default(''),
  fromAddress: z.string().default('boutique@example.org'),
})

const Pair = z.object({ name: z.string().regex(/^[A-Za-z0-9-]{1,80}$/), value: Line.max(500) })

/** Put behind a text that does not say STOP itself, as the law asks of advertising: « STOP 36111 ». */
const stopText = Line.max(40).default('')

/** Any provider with an HTTP API: `{{to}}`, `{{text}}`, `{{sender}}`, `{{secret}}` and `{{id}}` are filled in. */
const HttpGateway = z.object({
  kind: z.literal('http'),
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(['POST', 'GET', 'PUT']).default('POST'),
  headers: z.array(Pair).max(20).default([]),
  bodyType: z.enum(['json', 'form']).default('json'),
  body: z.string().max(5_000).default('{"to": "{{to}}", "text": "{{text}}", "from": "{{sender}}"}'),
  sender: Line.max(16).default(''),
  stopText,
  /** Dotted path into the JSON answer that must hold `successValue`; the status alone decides when empty. */
  successPath: z.string().max(200).default(''),
  successValue: z.string().max(200).default(''),
})

/** An SMSC spoken to by SMPP 3.4. */
const SmppGateway = z.object({
  kind: z.literal('smpp'),
  host: Host,
  port: Port.default(2775),
  tls: z.boolean().default(false),
  user: Line.max(16).default(''),
  systemType: Line.max(13).default(''),
  sender: Line.max(16).default(''),
  stopText,
})

export const RelayConfig = z.discriminatedUnion('kind', [
  SmtpRelay,
  Mailbox,
  HttpGateway,
  SmppGateway,
])
export type RelayConfig = z.infer<typeof RelayConfig>
export type HttpGateway = z.infer<typeof HttpGateway>
export type SmppGateway = z.infer<typeof SmppGateway>

/** What is sealed: passwords and keys, each by its name. */
export const RelaySecrets = z.object({
  password: z.string().max(1_000).optional(),
  dkimKey: z.string().max(10_000).optional(),
})
export type RelaySecrets = z.infer<typeof RelaySecrets>

const rates = {
  perSecond: z.number().positive().max(10_000).nullable(),
  perHour: z.number().int().positive().max(10_000_000).nullable(),
  connections: z.number().int().min(1).max(50),
}

export const RelayDraft = z.object({
  channel: z.enum(['email', 'sms']),
  label: Line.min(1).max(80),
  config: RelayConfig,
  ...rates,
  isDefault: z.boolean(),
  /** Only what is to change; an absent secret stays as it is, an empty one is forgotten. */
  secrets: RelaySecrets.default({}),
})
export type RelayDraft = z.infer<typeof RelayDraft>

export const Relay = z.object({
  id: Id,
  channel: z.enum(['email', 'sms']),
  label: z.string(),
  config: RelayConfig,
  ...rates,
  isDefault: z.boolean(),
  hasPassword: z.boolean(),
  hasDkimKey: z.boolean(),
})
export type Relay = z.infer<typeof Relay>

/** Whether the kind can carry the channel at all. */
export const carries = (kind: RelayConfig['kind'], channel: Relay['channel']): boolean =>
  kind === 'mailbox' || (kind === 'smtp' ? channel === 'email' : channel === 'sms')
