import { z } from 'zod'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant, Slice } from '../kernel/values.ts'

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

export const readMailboxAttachment = endpoint('GET', '/api/mailbox/:id/attachments/:at', {
  may: 'mailings.view',
  summary: 'One attachment of a message, by its place from 0',
  input: z.object({ id: Id, at: z.coerce.number().int().min(0).max(1_000) }),
  output: Bytes,
})

export const emptyMailbox = endpoint('POST', '/api/mailbox/delete', {
  may: 'mailings.write',
  summary: 'Delete messages of the mailbox, all when no id is given',
  input: z.object({ ids: z.array(Id).max(1_000).optional() }),
  output: Done,
})
