import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Instant } from '../kernel/values.ts'
import { Host, Line, Port } from './relay.ts'

const Folder = Line.max(200).default('')

/** The mailbox that bounces and complaints come to, read by IMAP. */
export const BounceMailboxConfig = z.object({
  host: Host,
  port: Port.default(993),
  security: z.enum(['tls', 'starttls', 'none']).default('tls'),
  /** Off only for a server with a certificate of its own making. */
  verifyCertificate: z.boolean().default(true),
  user: Line.min(1).max(320),
  folder: Line.min(1).max(200).default('INBOX'),
  /** Where mails go that were understood; they stay when empty. */
  handledFolder: Folder,
  /** Where mails go that say nothing of our messages; they stay, untouched, when empty. */
  unknownFolder: Folder,
  everyMinutes: z.coerce.number().int().min(1).max(1_440).default(10),
  /** An address that came back softly this often within `softWindowDays` is marked. */
  softLimit: z.coerce.number().int().min(1).max(50).default(5),
})
export type BounceMailboxConfig = z.infer<typeof BounceMailboxConfig>

export const softWindowDays = 90

export const BounceMailboxDraft = z.object({
  config: BounceMailboxConfig,
  /** Absent: the stored one stays. */
  password: z.string().max(1_000).optional(),
})
export type BounceMailboxDraft = z.infer<typeof BounceMailboxDraft>

export const BounceMailbox = z.object({
  config: BounceMailboxConfig,
  hasPassword: z.boolean(),
  lastReadAt: Instant.nullable(),
  /** The server's words when the last reading failed; empty when it did not. */
  lastError: z.string(),
  /** Of the last 30 days. */
  found: z.object({
    hard: z.number().int(),
    soft: z.number().int(),
    blocked: z.number().int(),
    complaint: z.number().int(),
  }),
})
export type BounceMailbox = z.infer<typeof BounceMailbox>

const Answer = z.object({ mailbox: BounceMailbox.nullable() })

export const getBounceMailbox = endpoint('GET', '/api/bounce-mailbox', {
  may: 'settings.manage',
  summary: 'The mailbox that bounces come to, and how its last reading went; never its password',
  input: z.object({}),
  output: Answer,
})

export const saveBounceMailbox = endpoint('PUT', '/api/bounce-mailbox', {
  may: 'settings.manage',
  summary: 'Set or change the mailbox that bounces come to; it is read at once',
  input: BounceMailboxDraft,
  output: Answer,
})

export const deleteBounceMailbox = endpoint('DELETE', '/api/bounce-mailbox', {
  may: 'settings.manage',
  summary: 'Read bounces no more; what was found stays',
  input: z.object({}),
  output: Done,
})

export const readBounceMailbox = endpoint('POST', '/api/bounce-mailbox/read', {
  may: 'settings.manage',
  summary: 'Read the mailbox now',
  input: z.object({}),
  output: Done,
})

export const testBounceMailbox = endpoint('POST', '/api/bounce-mailbox/test', {
  may: 'settings.manage',
  summary:
    'Sign in to the mailbox as it is filled in and look at its folders, step by step; changes nothing',
  input: BounceMailboxDraft,
  output: z.object({
    ok: z.boolean(),
    steps: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  }),
  asks: true,
})
