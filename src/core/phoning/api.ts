import { z } from 'zod'
import { StatusCode } from '../campaigns/status.ts'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Day, Id, Instant } from '../kernel/values.ts'
import { AnswerValue, answerProblems } from '../questionnaires/answer.ts'
import {
  AgentFigures,
  Appointment,
  CallbackLine,
  CallHistory,
  CallStep,
  CallStepLine,
  HandledPerson,
  LeaseLine,
  ObstacleCounts,
  PersonOnCall,
  QueueFigures,
} from './call.ts'
import { CallGround, CallLaw } from './law.ts'

const call = 'calls.make'
const supervise = 'calls.supervise'
const One = z.object({ id: Id })
const Person = z.object({ id: Id, partyId: Id })
/** Made by the agent's program: sent again, the call is answered again and changes nothing. */
const Key = z.uuid()
const UserId = z.string().min(1).max(100)

export const listCallSteps = endpoint('GET', '/api/calls', {
  may: call,
  summary: 'The phoning steps that the caller may see, with who is left to be called',
  input: z.object({}),
  output: z.array(CallStepLine),
})
export const getCallStep = endpoint('GET', '/api/steps/:id/calls', {
  may: call,
  summary: 'A phoning step: its questionnaire, the statuses, whether calls are allowed now',
  input: One,
  output: CallStep,
})
export const getQueue = endpoint('GET', '/api/steps/:id/queue', {
  may: call,
  summary: 'How many are left, done and due to be called back, and what the caller did today',
  input: One,
  output: QueueFigures,
})
export const listHandled = endpoint('GET', '/api/steps/:id/handled', {
  may: call,
  summary: 'Whom the caller has handled in this step today, latest first',
  input: One,
  output: z.array(HandledPerson),
})

const NextPerson = z.object({
  person: PersonOnCall.nullable(),
  /** Why those who are left cannot be called now; only told when there is nobody. */
  obstacles: ObstacleCounts,
  /** Nobody yet, but not everybody was looked at in the time that one request takes: ask again. */
  hasMore: z.boolean(),
})

export const nextPerson = endpoint('POST', '/api/steps/:id/next-person', {
  may: call,
  summary:
    'The person to call next, leased to the caller: callbacks due first, his own before those of others. Whom he has already comes first',
  input: One.extend({
    /** On the screen now: asks for the one after, ahead of time. */
    holding: Id.nullable().default(null),
    /** Only these people; everybody when empty. */
    among: z.array(Id).max(1_000).default([]),
  }),
  output: NextPerson,
})
export const takePerson = endpoint('POST', '/api/steps/:id/take-person', {
  may: call,
  summary: 'Lease a person that the caller has handled, or who is to be called back by him',
  input: Person,
  output: PersonOnCall,
})
export const getCallHistory = endpoint('GET', '/api/steps/:id/people/:partyId/history', {
  may: call,
  summary: 'What is known of a person that the caller has on the line',
  input: Person,
  output: CallHistory,
})
export const keepLease = endpoint('POST', '/api/steps/:id/keep-lease', {
  may: call,
  summary:
    'Still there: renews the leases of the caller; those that somebody else has now are absent',
  input: One.extend({ partyIds: z.array(Id).min(1).max(20) }),
  output: z.object({ kept: z.array(Id), until: Instant }),
})
export const stopCalls = endpoint('POST', '/api/steps/:id/stop-calls', {
  may: call,
  summary: 'Give back whom the caller has on lease in this step',
  input: One,
  output: Done,
})

export const openCall = endpoint('POST', '/api/steps/:id/open-call', {
  may: call,
  summary:
    'The call begins and its questionnaire opens: counted, and refused when the law forbids the call',
  input: Person.extend({ number: z.string().max(40).default('') }),
  output: PersonOnCall,
})

const Answers = z.array(z.object({ questionId: Id, value: AnswerValue.nullable() })).max(200)
const Problems = z.array(z.object({ questionId: Id, reason: z.enum(answerProblems) }))

export const saveCallAnswers = endpoint('POST', '/api/steps/:id/call-answers', {
  may: call,
  summary: 'Answers of the person on the line, saved as they are given',
  input: Person.extend({ answers: Answers, key: Key }),
  output: z.object({ problems: Problems }),
})

export const finishCall = endpoint('POST', '/api/steps/:id/finish-call', {
  may: call,
  summary:
    'The result of a call, or of a person who is skipped: status, callback, appointment, note. With problems nothing is saved',
  input: Person.extend({
    status: StatusCode,
    callbackAt: Instant.nullable().default(null),
    /** Written down as an activity, or moved when the person has one from this operation. */
    appointment: Appointment.nullable().default(null),
    note: z.string().trim().max(2_000).default(''),
    /** The person objects to such calls: they end, and the consent with them. */
    refused: z.boolean().default(false),
    answers: Answers.default([]),
    key: Key,
  }),
  output: z.object({
    problems: Problems,
    /** Until when the result can be taken back; null when it cannot. */
    undoUntil: Instant.nullable(),
  }),
})
export const undoCall = endpoint('POST', '/api/steps/:id/undo-call', {
  may: call,
  summary: 'Take back a result of the last seconds; the person is on the caller’s lease again',
  input: Person,
  output: PersonOnCall,
})

export const listMyCallbacks = endpoint('GET', '/api/my-callbacks', {
  may: call,
  summary: 'Whom the caller has promised to call back, the earliest first',
  input: z.object({}),
  output: z.array(CallbackLine),
})

/** A day on which somebody may have called: one whose midnight every clock can tell. */
const WorkingDay = Day.refine((day) => day >= '2000-01-01' && day < '2200-01-01')

export const getSupervision = endpoint('GET', '/api/call-supervision', {
  may: supervise,
  summary: 'Figures by agent and step, who is on the line, callbacks to come',
  input: z.object({ from: WorkingDay, to: WorkingDay, stepId: Id.optional() }),
  output: z.object({
    figures: z.array(AgentFigures),
    leases: z.array(LeaseLine),
    callbacks: z.array(CallbackLine),
    agents: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
})
export const countObstacles = endpoint('GET', '/api/steps/:id/call-obstacles', {
  may: supervise,
  summary: 'How many of those left cannot be called now, by reason',
  input: One,
  output: ObstacleCounts,
})
export const releaseLease = endpoint('POST', '/api/steps/:id/release-lease', {
  may: supervise,
  summary: 'Free a person that an agent holds',
  input: Person,
  output: Done,
})
export const reassignCallbacks = endpoint('POST', '/api/steps/:id/reassign-callbacks', {
  may: supervise,
  summary: 'Give callbacks to another agent, or to whoever comes first',
  input: One.extend({
    partyIds: z.array(Id).min(1).max(1_000),
    agentId: UserId.nullable(),
  }),
  output: z.object({ changed: z.number().int() }),
})

export const getCallLaw = endpoint('GET', '/api/call-law', {
  may: 'signed-in',
  summary: 'The rules of calling',
  input: z.object({}),
  output: CallLaw,
})
export const saveCallLaw = endpoint('PUT', '/api/call-law', {
  may: 'settings.manage',
  summary: 'Change the rules of calling; everybody who was kept back is looked at again',
  input: CallLaw,
  output: CallLaw,
})
export const getCallGround = endpoint('GET', '/api/steps/:id/call-ground', {
  may: 'mailings.view',
  summary: 'On what the calls of a step rest',
  input: One,
  output: z.object({ ground: CallGround }),
})
export const setCallGround = endpoint('PUT', '/api/steps/:id/call-ground', {
  may: 'mailings.write',
  summary: 'On what the calls of a step rest: consent, or a contract in force',
  input: One.extend({ ground: CallGround }),
  output: Done,
})
