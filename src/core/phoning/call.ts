/** What an agent sees of a person, of the queue and of the day's work. */
import { z } from 'zod'
import { StatusMeaning } from '../campaigns/status.ts'
import { Id, Instant } from '../kernel/values.ts'
import { AnswerValue } from '../questionnaires/answer.ts'
import { Question } from '../questionnaires/question.ts'
import { Questionnaire } from '../questionnaires/questionnaire.ts'
import { CallGround, ObstacleReason } from './law.ts'

const Count = z.number().int().nonnegative()

export const ObstacleView = z.object({ reason: ObstacleReason, until: Instant.nullable() })
export type ObstacleView = z.infer<typeof ObstacleView>

export const PhoneNumber = z.object({
  number: z.string(),
  /** Whose line it is, and which. */
  of: z.enum(['phone', 'mobile', 'organisation-phone', 'organisation-mobile']),
  isListed: z.boolean(),
})
export type PhoneNumber = z.infer<typeof PhoneNumber>

/** Agreed upon on the phone: when and where the person is expected. */
export const Appointment = z.object({
  startsAt: Instant,
  place: z.string().trim().max(500).default(''),
})
export type Appointment = z.infer<typeof Appointment>

/** The person on the line: what the call takes, and nothing else of the card. */
export const PersonOnCall = z.object({
  partyId: Id,
  code: z.string(),
  name: z.string(),
  nature: z.string(),
  city: z.string(),
  /** For which organisation the contact is called, and what he does there. */
  organisation: z.object({ id: Id, name: z.string(), function: z.string() }).nullable(),
  numbers: z.array(PhoneNumber),
  obstacle: ObstacleView.nullable(),
  status: z.string(),
  calls: Count,
  callbackAt: Instant.nullable(),
  /** The one that the person has from this operation; noting another moves it. */
  appointment: Appointment.nullable(),
  /** Where one would be: the place of the operation, or else the person's shop. */
  usualPlace: z.string(),
  /** The person is this agent's until then. */
  leasedUntil: Instant,
  /** The call that is open, if the questionnaire was opened. */
  call: z.object({ id: Id, startedAt: Instant, number: z.string() }).nullable(),
  /** Filled with the values of the person. */
  script: z.string(),
  answers: z.array(z.object({ questionId: Id, value: AnswerValue.nullable() })),
})
export type PersonOnCall = z.infer<typeof PersonOnCall>

/** What is known of the person from before. */
export const CallHistory = z.object({
  purchases: z
    .object({ count: Count, total: z.number().int(), currency: z.string(), lastOn: z.string() })
    .array(),
  activities: z.array(
    z.object({ id: Id, at: Instant, subject: z.string(), type: z.string(), state: z.string() }),
  ),
  notes: z.array(z.object({ id: Id, at: Instant, text: z.string(), authorName: z.string() })),
  calls: z.array(
    z.object({
      id: Id,
      at: Instant,
      agent: z.string(),
      step: z.string(),
      status: z.string(),
      refused: z.boolean(),
      note: z.string(),
    }),
  ),
  answers: z.array(
    Question.pick({ label: true, kind: true, choices: true }).extend({
      questionId: Id,
      value: AnswerValue,
      answeredAt: Instant,
    }),
  ),
})
export type CallHistory = z.infer<typeof CallHistory>

export const QueueFigures = z.object({
  toDo: Count,
  done: Count,
  callbacksDue: Count,
  callbacksLater: Count,
  /** Of this agent in this step today. */
  mine: z.object({ calls: Count, reached: Count, refused: Count, ok: Count, perHour: z.number() }),
})
export type QueueFigures = z.infer<typeof QueueFigures>

export const TargetStatus = z.object({
  code: z.string(),
  labelFr: z.string(),
  labelEn: z.string(),
  meaning: StatusMeaning,
})
export type TargetStatus = z.infer<typeof TargetStatus>

/** Looking for more would cost, and nobody calls more in a day. */
export const mostCallable = 1_000

export const CallStepLine = z.object({
  stepId: Id,
  campaignId: Id,
  campaign: z.string(),
  label: z.string(),
  channel: z.enum(['phoning', 'phoning-contact']),
  hasQuestionnaire: z.boolean(),
  toDo: Count,
  done: Count,
  /** Who may be called now, as far as the queue has looked; counted up to `mostCallable`. */
  callable: Count,
  callbacksDue: Count,
  myCallbacks: Count,
})
export type CallStepLine = z.infer<typeof CallStepLine>

export const CallStep = CallStepLine.pick({
  stepId: true,
  campaignId: true,
  campaign: true,
  label: true,
  channel: true,
}).extend({
  ground: CallGround,
  questionnaire: Questionnaire.nullable(),
  statuses: z.array(TargetStatus),
  /** Whether an appointment can be noted: there is a type of activity for it. */
  takesAppointments: z.boolean(),
  /** When consumers may be called again; null while they may. */
  closedUntil: Instant.nullable(),
})
export type CallStep = z.infer<typeof CallStep>

/** Somebody this agent has handled today: “previous”. */
export const HandledPerson = z.object({
  partyId: Id,
  name: z.string(),
  at: Instant,
  status: z.string(),
  callbackAt: Instant.nullable(),
})
export type HandledPerson = z.infer<typeof HandledPerson>

export const ObstacleCounts = z.partialRecord(ObstacleReason, Count)
export type ObstacleCounts = z.infer<typeof ObstacleCounts>

export const CallbackLine = z.object({
  stepId: Id,
  step: z.string(),
  campaign: z.string(),
  partyId: Id,
  name: z.string(),
  callbackAt: Instant,
  agentId: z.string().nullable(),
  agent: z.string(),
})
export type CallbackLine = z.infer<typeof CallbackLine>

export const AgentFigures = z.object({
  agentId: z.string().nullable(),
  agent: z.string(),
  stepId: Id.nullable(),
  step: z.string(),
  campaign: z.string(),
  calls: Count,
  reached: Count,
  ok: Count,
  refused: Count,
  /** Mean length of the calls, in seconds. */
  averageSeconds: Count,
})
export type AgentFigures = z.infer<typeof AgentFigures>

export const LeaseLine = z.object({
  stepId: Id,
  step: z.string(),
  partyId: Id,
  name: z.string(),
  agentId: z.string(),
  agent: z.string(),
  until: Instant,
})
export type LeaseLine = z.infer<typeof LeaseLine>
