import { z } from 'zod'
import { Id, Instant } from '../kernel/values.ts'

/** How a message leaves. A file counts as a channel: its people are accounted for like all others. */
export const Channel = z.enum(['email', 'sms', 'file'])
export type Channel = z.infer<typeof Channel>

/**
 * Where one message of one person stands. `submitted` means that the relay took it over, which is not
 * yet delivered; `unknown` that it was in flight when a process or a line died.
 */
export const messageStates = [
  'excluded',
  'pending',
  'in-flight',
  'submitted',
  'refused',
  'unknown',
  'cancelled',
] as const
export const MessageState = z.enum(messageStates)
export type MessageState = z.infer<typeof MessageState>

/** What came back by mail after the relay had taken a message over; the gravest stands. */
export const messageFeedbacks = ['bounced', 'soft-bounced', 'blocked', 'complained'] as const
export const MessageFeedback = z.enum(messageFeedbacks)
export type MessageFeedback = z.infer<typeof MessageFeedback>

/** Why a person was left out of a message on purpose. */
const exclusionReasons = [
  'control-group',
  'do-not-contact',
  'withdrew',
  'no-address',
  'invalid-address',
  'bounced-before',
  'complained-before',
  'reached-otherwise',
  'duplicate-address',
  'customer-deleted',
  'excluded-by-selection',
] as const
export const ExclusionReason = z.enum(exclusionReasons)
export type ExclusionReason = z.infer<typeof ExclusionReason>

/** How many candidates are in each state; `candidates` is their sum by construction and by test. */
export const Counts = z.record(MessageState, z.number().int().nonnegative())
export type Counts = z.infer<typeof Counts>

export const noCounts = (): Counts => ({
  excluded: 0,
  pending: 0,
  'in-flight': 0,
  submitted: 0,
  refused: 0,
  unknown: 0,
  cancelled: 0,
})

export const candidatesOf = (counts: Counts): number =>
  messageStates.reduce((sum, state) => sum + (counts[state] ?? 0), 0)

/** One line of the ledger as it is shown and searched. */
export const MessageView = z.object({
  id: Id,
  contentId: Id,
  partyId: Id,
  name: z.string(),
  channel: Channel,
  address: z.string(),
  state: MessageState,
  /** An exclusion reason, or the outcome code of a refusal. */
  reason: z.string().nullable(),
  attempts: z.number().int(),
  /** When it is tried next, for what waits. */
  dueAt: Instant.nullable(),
  submittedAt: Instant.nullable(),
  /** The relay's last words, as it gave them. */
  answer: z.string().nullable(),
  feedback: MessageFeedback.nullable(),
  feedbackAt: Instant.nullable(),
  /** What the other server, or the report, said. */
  feedbackText: z.string().nullable(),
  /** When a person first followed a link of it. */
  clickedAt: Instant.nullable(),
  /** Its openings count: the person agreed when it left, and has not withdrawn since. */
  isMeasured: z.boolean(),
  openedAt: Instant.nullable(),
  opens: z.number().int().nonnegative(),
})
export type MessageView = z.infer<typeof MessageView>
