import { z } from 'zod'
import { Weight } from '../campaigns/attachment.ts'
import { Id, Instant } from '../kernel/values.ts'
import { Channel, Counts, ExclusionReason, MessageFeedback } from './message.ts'

export const RunState = z.enum([
  'preparing',
  'scheduled',
  'running',
  'paused',
  'done',
  'partly-failed',
  'cancelled',
])
export type RunState = z.infer<typeof RunState>

const runCommands = ['launch', 'unschedule', 'pause', 'resume', 'cancel', 'retry'] as const
export type RunCommand = (typeof runCommands)[number]

/** Which states a command is allowed in. What it leads to is decided by what is left to send. */
const allowed = {
  launch: ['preparing'],
  unschedule: ['scheduled'],
  pause: ['running'],
  resume: ['paused'],
  cancel: ['scheduled', 'running', 'paused'],
  retry: ['partly-failed', 'running', 'paused'],
} as const satisfies Record<RunCommand, readonly RunState[]>

/** A mailing freezes its people when it is launched; an operation's step takes whom is still to do, each time. */
export const RunForm = z.enum(['mailing', 'operation'])
export type RunForm = z.infer<typeof RunForm>

const launchedAgain: readonly RunState[] = ['preparing', 'done', 'partly-failed', 'cancelled']

export const mayRun = (command: RunCommand, state: RunState, form: RunForm = 'mailing'): boolean =>
  command === 'launch' && form === 'operation'
    ? launchedAgain.includes(state)
    : (allowed[command] as readonly RunState[]).includes(state)

/** The state of a run in which nothing is pending or in flight any more. */
export function endingOf(counts: Counts): 'done' | 'partly-failed' {
  return (counts.refused ?? 0) + (counts.unknown ?? 0) > 0 ? 'partly-failed' : 'done'
}

/** Why a run waits although nobody paused it. */
export const HoldReason = z.enum([
  'relay-unreachable',
  'relay-refuses',
  'relay-sign-in',
  'relay-missing',
  'deferred',
  'throttled',
  'disk-full',
  'content-broken',
  'attachment-missing',
])
export type HoldReason = z.infer<typeof HoldReason>

export const Hold = z.object({
  reason: HoldReason,
  /** The relay's or the system's own words. */
  detail: z.string(),
  /** When the run goes on by itself; null when somebody must act. */
  until: Instant.nullable(),
})
export type Hold = z.infer<typeof Hold>

/** One content of a run: how many of its candidates are where, and why some are left out. */
export const ContentCounts = z.object({
  contentId: Id,
  channel: Channel,
  /** Its place among the step's messages, from 1. */
  position: z.number().int(),
  candidates: z.number().int().nonnegative(),
  counts: Counts,
  excluded: z.partialRecord(ExclusionReason, z.number().int()),
  /** Refusals by outcome code. */
  refused: z.record(z.string(), z.number().int()),
  /** Of the submitted, what came back later; they stay submitted. */
  feedback: z.partialRecord(MessageFeedback, z.number().int()),
  /** Of the submitted, those of whose links a person followed one. */
  clicked: z.number().int().nonnegative(),
  /** Of the submitted, those to people who agreed that openings are measured. */
  measured: z.number().int().nonnegative(),
  /** Of the measured ones only: of all others nothing is known. */
  opened: z.number().int().nonnegative(),
})
export type ContentCounts = z.infer<typeof ContentCounts>

/** What would leave if the step were launched now. */
export const Preflight = z.object({
  form: RunForm,
  people: z.number().int().nonnegative(),
  /** Messages and file rows that would go out: the number to be typed. */
  toSend: z.number().int().nonnegative(),
  /** The status that those reached are given; null for a mailing. */
  finalStatus: z.object({ code: z.string(), labelFr: z.string(), labelEn: z.string() }).nullable(),
  contents: z.array(
    z.object({
      contentId: Id,
      /** The name of the sending profile; empty without one, and for a file. */
      profile: z.string(),
      channel: Channel,
      position: z.number().int(),
      subject: z.string(),
      candidates: z.number().int().nonnegative(),
      toSend: z.number().int().nonnegative(),
      excluded: z.partialRecord(ExclusionReason, z.number().int()),
    }),
  ),
  /** What the attachments make of the e-mails; null without any. */
  weight: Weight.nullable(),
  /** What forbids launching, as codes of the catalogue `delivery` (`problems.<code>`). */
  problems: z.array(z.string()),
  /** What deserves a look and forbids nothing. */
  warnings: z.array(z.string()),
})
export type Preflight = z.infer<typeof Preflight>

export const DeliverySummary = z.object({
  stepId: Id,
  form: RunForm,
  state: RunState,
  /** Its results are frozen: nothing leaves any more. */
  isClosed: z.boolean(),
  /** People of an operation's step who are still to do; null for a mailing. */
  toDo: z.number().int().nonnegative().nullable(),
  launchAt: Instant.nullable(),
  launchedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** False while the audience is still being frozen. */
  frozen: z.boolean(),
  hold: Hold.nullable(),
  /** What the person who launched confirmed. */
  announced: z.number().int().nullable(),
  candidates: z.number().int().nonnegative(),
  counts: Counts,
  contents: z.array(ContentCounts),
  perSecond: z.number().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  /** The files that file messages produced, the newest first. */
  files: z.array(
    z.object({ contentId: Id, fileId: z.string(), name: z.string(), madeAt: Instant }),
  ),
})
export type DeliverySummary = z.infer<typeof DeliverySummary>
