import { z } from 'zod'
import { Id, Instant } from '../kernel/values.ts'

/** `all` is the wish of the card: no mailing whatever the channel. */
export const consentChannels = ['email', 'sms', 'phone', 'post', 'fax', 'all'] as const

/** What somebody agrees to: being written to, or having it measured whether they open what was written. */
export const consentPurposes = ['marketing', 'measurement'] as const

export const ConsentChange = z.object({
  channel: z.enum(consentChannels),
  purpose: z.enum(consentPurposes).default('marketing'),
  state: z.enum(['granted', 'withdrawn']),
})

/** Openings are of e-mails: no other channel can measure them. */
export const isKnownPurpose = ({
  channel,
  purpose,
}: Pick<z.infer<typeof ConsentChange>, 'channel' | 'purpose'>): boolean =>
  purpose === 'marketing' || channel === 'email'

/** A line of the ledger; the last one of a channel and purpose is its state. */
export const ConsentEvent = ConsentChange.extend({
  id: Id,
  /** Where it came from: staff, import, unsubscribe link, till… */
  source: z.string(),
  proof: z.record(z.string(), z.unknown()),
  actorName: z.string(),
  at: Instant,
})
export type ConsentEvent = z.infer<typeof ConsentEvent>
