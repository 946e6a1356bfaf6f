import { z } from 'zod'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant, Slice } from '../kernel/values.ts'
import { Relay, RelayDraft } from './relay.ts'

export const listRelays = endpoint('GET', '/api/relays', {
  may: 'settings.manage',
  summary: 'Where messages leave; never a password',
  input: z.object({}),
  output: z.array(Relay),
})

export const createRelay = endpoint('POST', '/api/relays', {
  may: 'settings.manage',
  summary: 'Add an SMTP relay or an SMS gateway',
  input: RelayDraft,
  output: Relay,
})

export const updateRelay = endpoint('PUT', '/api/relays/:id', {
  may: 'settings.manage',
  summary: 'Change a relay; secrets that are not given stay',
  input: RelayDraft.extend({ id: Id }),
  output: Relay,
})

export const deleteRelay = endpoint('DELETE', '/api/relays/:id', {
  may: 'settings.manage',
  summary: 'Remove a relay',
  input: z.object({ id: Id }),
  output: Done,
})

export const testRelay = endpoint('POST', '/api/relays/test', {
  may: 'settings.manage',
  summary: 'Try a relay as it is filled in, step by step, and send one message when `to` is given',
  input: RelayDraft.extend({
    /** An existing relay whose stored secrets are used where none is given. */
    id: Id.nullish(),
    to: z.string().max(320).default(''),
  }),
  output: z.object({
    ok: z.boolean(),
    steps: z.array(
      z.object({
        /** `steps.<name>` of the catalogue `delivery`. */
        name: z.string(),
        ok: z.boolean(),
        /** What the other side said, word for word. */
        detail: z.string(),
      }),
    ),
  }),
  asks: true,
})

export const MailboxLine = z.object({
  id: Id,
  channel: z.enum(['email', 'sms']),
  receivedAt: Instant,
  sender: z.string(),
  recipient: z.string(),
  subject: z.string(),
})
export type MailboxLine = z.infer<typeof MailboxLine>

export const listMailbox = endpoint('GET', '/api/mailbox', {
  may: 'mailings.view',
  summary: 'What the built-in mailbox received, latest first',
  input: z.object({ search: z.string().max(200).optional() }).extend(Slice.shape),
  /** `on`: a relay delivers here now, so the page is worth an entry in the navigation. */
  output: z.object({ rows: z.array(MailboxLine), total: z.number().int(), on: z.boolean() }),
})

export const readMailbox = endpoint('GET', '/api/mailbox/:id', {
  may: 'mailings.view',
  summary: 'One message of the mailbox: headers, text, HTML',
  input: z.object({ id: Id }),
  output: MailboxLine.extend({
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    html: z.string().nullable(),
    text: z.string().nullable(),
    attachments: z.array(z.object({ name: z.string(), size: z.number().int() })),
    size: z.number().int(),
  }),
})

export const readMailboxSource = endpoint('GET', '/api/mailbox/:id/source', {
  may: 'mailings.view',
  summary: 'The source of one message, byte for byte',
  input: z.object({ id: Id }),
  output: Bytes,
})

export const emptyMailbox = endpoint('POST', '/api/mailbox/delete', {
  may: 'mailings.write',
  summary: 'Delete messages of the mailbox, all when no id is given',
  input: z.object({ ids: z.array(Id).max(1_000).optional() }),
  output: Done,
})
