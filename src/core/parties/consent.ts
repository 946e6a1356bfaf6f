import { z } from 'zod'
import { Id, Instant } from '../kernel/values.ts'

/** `all` is the wish of the card: no mailing whatever the channel. */
export const consentChannels = ['email', 'sms', 'phone', 'post', 'fax', 'all'] as const

export const ConsentChange = z.object({
  channel: z.enum(consentChannels),
  state: z.enum(['granted', 'withdrawn']),
})

/** A line of the ledger; the last one of a channel is its state. */
export const ConsentEvent = ConsentChange.extend({
  id: Id,
  purpose: z.string(),
  /** Where it came from: staff, import, unsubscribe link, till… */
  source: z.string(),
  proof: z.record(z.string(), z.unknown()),
  actorName: z.string(),
  at: Instant,
})
export type ConsentEvent = z.infer<typeof ConsentEvent>
