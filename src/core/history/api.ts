/** What happened to a customer, across features: the timeline and the purchases of a card. */
import { z } from 'zod'
import { ActivityState } from '../activities/activity.ts'
import { ActivityType } from '../activities/type.ts'
import { endpoint } from '../kernel/endpoint.ts'
import { Currency, Day, Id, Instant, Slice } from '../kernel/values.ts'
import { consentChannels, consentPurposes } from '../parties/consent.ts'
import { FieldValue } from '../parties/custom-field.ts'
import { AnswerValue } from '../questionnaires/answer.ts'
import { Question } from '../questionnaires/question.ts'

const entry = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), id: Id, at: Instant, ...shape })

export const TimelineEntry = z.discriminatedUnion('kind', [
  entry('change', {
    reason: z.enum(['create', 'edit', 'undo', 'bulk', 'import', 'merge', 'delete', 'restore']),
    actorName: z.string(),
    jobId: Id.nullable(),
    changes: z.record(z.string(), z.tuple([FieldValue, FieldValue])),
  }),
  entry('note', { actorName: z.string(), text: z.string() }),
  entry('file', { actorName: z.string(), name: z.string(), fileId: z.uuid() }),
  entry('consent', {
    actorName: z.string(),
    channel: z.enum(consentChannels),
    purpose: z.enum(consentPurposes),
    state: z.enum(['granted', 'withdrawn']),
    source: z.string(),
  }),
  entry('purchase', {
    store: z.string(),
    receipt: z.string(),
    currency: Currency,
    amount: z.number().int(),
  }),
  entry('answer', {
    actorName: z.string(),
    question: Question.pick({ kind: true, label: true, choices: true }),
    /** Null took the answer back. */
    value: AnswerValue.nullable(),
    /** Who answered, when the card is the organisation it was answered for. */
    person: z.string().nullable(),
  }),
  /** Of those that the caller may see; it stands where it starts. */
  entry('activity', {
    subject: z.string(),
    state: ActivityState,
    type: ActivityType.pick({
      labelFr: true,
      labelEn: true,
      kind: true,
      icon: true,
      color: true,
    }),
    owner: z.string().nullable(),
    result: z.string(),
  }),
  entry('message', {
    channel: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    campaignId: Id,
    campaign: z.string(),
    openedAt: Instant.nullable(),
    clickedAt: Instant.nullable(),
  }),
])
export type TimelineEntry = z.infer<typeof TimelineEntry>

const Direction = z.enum(['asc', 'desc'])

export const getTimeline = endpoint('GET', '/api/parties/:id/timeline', {
  may: 'customers.view',
  summary: 'What happened to a customer, latest first unless asked otherwise',
  input: Slice.extend({ id: Id, direction: Direction.default('desc') }),
  output: z.object({ entries: z.array(TimelineEntry) }),
})

const Sums = z.object({
  revenue: z.number().int(),
  /** Null when no line says. */
  margin: z.number().int().nullable(),
  /** Thousandths. */
  quantity: z.number().int(),
})

export const Purchase = Sums.extend({
  id: Id,
  soldAt: Instant,
  /** The day that the receipt bears. */
  soldOn: Day,
  store: z.string(),
  receipt: z.string(),
  currency: Currency,
  lines: z.array(Sums.extend({ article: z.string(), department: z.string().nullable() })),
})
export type Purchase = z.infer<typeof Purchase>

export const purchaseSorts = ['soldAt', 'store', 'receipt', 'revenue'] as const

export const listPurchases = endpoint('GET', '/api/parties/:id/purchases', {
  may: 'customers.view',
  summary:
    'The receipts of a customer, latest first unless asked otherwise, and the totals of each currency',
  input: Slice.extend({
    id: Id,
    /** `revenue` sorts within each currency: amounts of different ones are not compared. */
    sort: z.enum(purchaseSorts).default('soldAt'),
    direction: Direction.default('desc'),
  }),
  output: z.object({
    total: z.number().int(),
    totals: z.array(
      Sums.extend({
        currency: Currency,
        visits: z.number().int(),
        firstVisitOn: Day,
        lastVisitOn: Day,
      }),
    ),
    purchases: z.array(Purchase),
  }),
})
