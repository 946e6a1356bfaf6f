import { z } from 'zod'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant, Slice } from '../kernel/values.ts'
import { MessageFeedback, MessageState, MessageView } from './message.ts'
import { DeliverySummary, Preflight } from './run.ts'

const Step = z.object({ stepId: Id })

/** Some people of an operation's step, parties with all their contacts; everybody still to do when absent. */
const Scope = z.object({ partyIds: z.array(Id).min(1).max(1_000).optional() })

export const preflight = endpoint('POST', '/api/steps/:stepId/preflight', {
  may: 'mailings.view',
  summary: 'What would go to whom if the step were launched now, and who is left out why',
  input: Step.extend({ ...Scope.shape, at: Instant.nullish() }),
  output: Preflight,
  asks: true,
})

export const launchStep = endpoint('POST', '/api/steps/:stepId/launch', {
  may: 'mailings.write',
  summary:
    'Launch now, or on a date; `confirm` is the number of messages the caller expects. A step of an operation is launched for whom is still to do, or for `partyIds` of them',
  input: Step.extend({
    ...Scope.shape,
    confirm: z.number().int().nonnegative(),
    at: Instant.nullish(),
  }),
  output: DeliverySummary,
})

export const unscheduleStep = endpoint('POST', '/api/steps/:stepId/unschedule', {
  may: 'mailings.write',
  summary: 'Take back a launch that is planned',
  input: Step,
  output: DeliverySummary,
})

export const pauseStep = endpoint('POST', '/api/steps/:stepId/pause', {
  may: 'mailings.write',
  summary: 'Stop sending; what is in flight is finished first',
  input: Step,
  output: DeliverySummary,
})

export const resumeStep = endpoint('POST', '/api/steps/:stepId/resume', {
  may: 'mailings.write',
  summary: 'Go on sending what is left',
  input: Step,
  output: DeliverySummary,
})

export const cancelStep = endpoint('POST', '/api/steps/:stepId/cancel', {
  may: 'mailings.write',
  summary: 'Stop for good: what is pending becomes cancelled',
  input: Step,
  output: DeliverySummary,
})

export const retryFailed = endpoint('POST', '/api/steps/:stepId/retry', {
  may: 'mailings.write',
  summary: 'Send again to those whom the relay refused, and to nobody else',
  input: Step,
  output: DeliverySummary,
})

export const settleUnknown = endpoint('POST', '/api/steps/:stepId/settle', {
  may: 'mailings.write',
  summary:
    'Decide what becomes of messages in flight when a process died: count as sent, or send again',
  input: Step.extend({
    as: z.enum(['submitted', 'again', 'refused']),
    /** All unknown ones of the step when absent. */
    messageIds: z.array(Id).max(10_000).optional(),
  }),
  output: DeliverySummary,
})

export const deliverySummary = endpoint('GET', '/api/steps/:stepId/delivery', {
  may: 'mailings.view',
  summary: 'State, progress and accounting of a run',
  input: Step,
  output: DeliverySummary,
})

const Filter = z.object({
  contentId: Id.optional(),
  state: MessageState.optional(),
  reason: z.string().optional(),
  feedback: MessageFeedback.optional(),
  /** Only whose message a person has followed a link of. */
  clicked: z.literal('yes').optional(),
  /** Only measured messages that were opened. */
  opened: z.literal('yes').optional(),
  /** In name or address. */
  search: z.string().max(200).optional(),
})

export const listMessages = endpoint('GET', '/api/steps/:stepId/messages', {
  may: 'mailings.view',
  summary: 'The ledger, line by line: who, where it stands, why, and what the relay answered',
  input: Step.extend(Filter.shape).extend(Slice.shape),
  output: z.object({ rows: z.array(MessageView), total: z.number().int() }),
})

export const downloadLedger = endpoint('GET', '/api/steps/:stepId/messages.csv', {
  may: 'mailings.view',
  summary: 'The whole ledger as CSV',
  input: Step.extend(Filter.shape),
  output: Bytes,
})

export const sendTest = endpoint('POST', '/api/steps/:stepId/contents/:contentId/test', {
  may: 'mailings.write',
  summary: 'Send one message to an address or number of one’s own, filled with a customer’s values',
  input: Step.extend({
    contentId: Id,
    to: z.string().min(3).max(320),
    partyId: Id.nullish(),
  }),
  output: Done.extend({ answer: z.string() }),
  asks: true,
})

export const downloadDeliveryFile = endpoint('GET', '/api/steps/:stepId/exports/:fileId', {
  may: 'mailings.view',
  summary: 'A file that a file message produced',
  input: Step.extend({ fileId: z.uuid() }),
  output: Bytes,
})
