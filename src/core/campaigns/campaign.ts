/** A campaign, its steps and what they say. A shop's mailing is a campaign with one step. */
import { z } from 'zod'
import { ContentBody } from '../content/content.ts'
import { Day, Id, Instant } from '../kernel/values.ts'
import { Selection } from '../segments/selection.ts'

const CampaignState = z.enum(['preparing', 'in-progress', 'finished'])

export const StepState = z.enum([
  'preparing',
  'scheduled',
  'running',
  'paused',
  'done',
  'partly-failed',
  'cancelled',
])
export type StepState = z.infer<typeof StepState>

/** Where a step may go from each state; a change that is not here does not happen. */
const stepTransitions = {
  preparing: ['scheduled', 'running'],
  scheduled: ['running', 'preparing', 'cancelled', 'done', 'partly-failed'],
  running: ['paused', 'done', 'partly-failed', 'cancelled'],
  paused: ['running', 'done', 'partly-failed', 'cancelled'],
  // The step of an operation is launched as often as there are new people.
  'partly-failed': ['running', 'done', 'cancelled', 'scheduled'],
  done: ['running', 'partly-failed', 'scheduled'],
  cancelled: ['partly-failed', 'running', 'scheduled'],
} as const satisfies Record<StepState, readonly StepState[]>

export const mayBecome = (from: StepState, to: StepState): boolean =>
  from === to || (stepTransitions[from] as readonly StepState[]).includes(to)

/** Selection and messages are fixed once a launch is planned: unschedule first, or duplicate. */
export const isEditable = (state: StepState): boolean => state === 'preparing'

/** People or a process are at work on it: it cannot be deleted or closed. */
export const isSending = (state: StepState): boolean =>
  state === 'scheduled' || state === 'running' || state === 'paused'

export const ContentView = z.object({
  id: Id,
  position: z.number().int(),
  body: ContentBody,
  onlyUnreached: z.boolean(),
  version: z.number().int(),
})
export type ContentView = z.infer<typeof ContentView>

export const StepView = z.object({
  id: Id,
  state: StepState,
  /** Null when the filter is not available: a mailing of an older program (P-4). */
  selection: Selection.nullable(),
  launchAt: Instant.nullable(),
  launchedAt: Instant.nullable(),
  frozenAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  version: z.number().int(),
  contents: z.array(ContentView),
})
export type StepView = z.infer<typeof StepView>

/** The line of the list (P-11): date, label, closing date. */
export const CampaignLine = z.object({
  id: Id,
  label: z.string(),
  sendOn: Day.nullable(),
  closedAt: Instant.nullable(),
  state: CampaignState,
  stepState: StepState,
  isLegacy: z.boolean(),
})
export type CampaignLine = z.infer<typeof CampaignLine>

/** A step that needs an eye on it: planned, under way, paused, or with some refused. */
export const StepAtWork = z.object({
  campaignId: Id,
  stepId: Id,
  label: z.string(),
  state: StepState,
  launchAt: Instant.nullable(),
})
export type StepAtWork = z.infer<typeof StepAtWork>

export const CampaignView = CampaignLine.omit({ stepState: true }).extend({
  /** Percent of the selection kept out to compare with. */
  controlPercent: z.number().int(),
  notes: z.string(),
  /** The confidentiality key that hides it from who does not hold it. */
  keyId: Id.nullable(),
  version: z.number().int(),
  steps: z.array(StepView).min(1),
})
export type CampaignView = z.infer<typeof CampaignView>

export const Label = z.string().trim().min(1).max(200)

export const CampaignDraft = z.object({
  label: Label,
  /** Sales are analysed from this day on; the day of the launch when left empty. */
  sendOn: Day.nullable().default(null),
  controlPercent: z.number().int().min(0).max(50).default(0),
  notes: z.string().max(10_000).default(''),
  /** A key that the caller holds; as it was when not given. */
  keyId: Id.nullable().optional(),
})
export type CampaignDraft = z.infer<typeof CampaignDraft>

/** A person of the selection or of the frozen targets (P-32). */
export const AudienceMember = z.object({
  partyId: Id,
  lastName: z.string(),
  firstName: z.string(),
  email: z.string(),
  mobile: z.string(),
  postalCode: z.string(),
  /** Why the person is left out, null when not. */
  reason: z.enum(['do-not-contact', 'control-group', 'customer-deleted', 'other']).nullable(),
})
export type AudienceMember = z.infer<typeof AudienceMember>
