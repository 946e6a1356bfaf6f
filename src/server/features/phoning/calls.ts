/** A call: it begins, answers come in, it ends with a result that can be taken back for some seconds. */
import type { Actor } from '#core/kernel/actor.ts'
import type { Appointment, PersonOnCall, TargetStatus } from '#core/phoning/call.ts'
import { type CallFacts, numberProblem, obstacleTo } from '#core/phoning/law.ts'
import type { AnswerValue } from '#core/questionnaires/answer.ts'
import type { AnswerProblems } from '#core/questionnaires/questionnaire.ts'
import type { Database } from '#platform/db/database.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import {
  type NotedAppointment,
  noteAppointment,
  takeAppointmentBack,
} from '../activities/service.ts'
import { recordConsent } from '../parties/service.ts'
import { saveAnswers } from '../questionnaires/service.ts'
import { setStatus } from '../targets/service.ts'
import * as calls from './call-queries.ts'
import { settleJob, undoSeconds } from './jobs.ts'
import { factsOf } from './law-queries.ts'
import { agentId, type Caller, getStep, judgementOf, ownRow, viewPerson, viewRow } from './queue.ts'
import * as queue from './queue-queries.ts'
import * as refusal from './refusals.ts'
import * as steps from './step-queries.ts'

type OnLine = { id: number; partyId: number }

/** The agent's own target, locked; a lease that ran out is still his while nobody else took it. */
async function lockOwn(db: Database, actor: Actor, { id, partyId }: OnLine): Promise<calls.Target> {
  const target = await calls.lockTarget(db, id, partyId)
  if (!target) throw refusal.noSuchPerson()
  if (target.leasedBy === null) throw refusal.notHeld()
  if (target.leasedBy !== agentId(actor)) throw refusal.leaseLost()
  return target
}

/** The law is asked once more: between the queue and the call, a wish or the hour may have changed. */
export async function openCall(
  caller: Caller,
  { number, ...on }: OnLine & { number: string },
): Promise<PersonOnCall> {
  const { db, actor, now } = caller
  const step = await getStep(db, on.id)
  if (step.questionnaireId === null) throw refusal.noQuestionnaire()
  await queue.lockParties(db, [on.partyId])
  const { organisationId } = await lockOwn(db, actor, on)
  const line = { stepId: on.id, partyId: on.partyId, agentId: agentId(actor) }
  if (await queue.isElsewhere(db, { ...line, now })) throw refusal.leaseLost()
  const row = await ownRow(caller, on.id, on.partyId)
  const judgement = judgementOf(step, now)
  const facts = await factsOf(db, { partyId: on.partyId, organisationId }, judgement)
  checkNumber(facts, number)
  if (row.callId !== null) {
    if (number !== '' && number !== row.callNumber) await calls.noteNumber(db, row.callId, number)
    return viewPerson(caller, step, on.partyId)
  }
  const obstacle = obstacleTo(facts, judgement)
  if (obstacle) throw refusal.mayNotBeCalled(obstacle)
  const begun = await calls.start(db, line, number, { now, leasedUntil: queue.leaseEnd(now) })
  return viewRow(caller, step, { ...row, ...begun, callNumber: number })
}

/** The agent may leave the number open: he dials one of those that are shown. */
function checkNumber(facts: CallFacts, number: string): void {
  const problem = number === '' ? null : numberProblem(facts, number)
  if (problem === 'listed') throw refusal.numberListed()
  if (problem === 'not-theirs') throw refusal.numberNotTheirs()
}

type Answering = OnLine & {
  answers: readonly { questionId: number; value: AnswerValue | null }[]
  key: string
}

export async function saveCallAnswers(
  { db, actor, now }: Caller,
  { answers, key, ...on }: Answering,
): Promise<{ problems: AnswerProblems }> {
  const step = await getStep(db, on.id)
  if (!(await calls.isNew(db, key))) return { problems: [] }
  const { organisationId } = await lockOwn(db, actor, on)
  const { problems } = await saveAnswers(db, actor, {
    partyId: on.partyId,
    organisationId,
    stepId: on.id,
    questionnaireId: step.questionnaireId,
    answers,
    now,
  })
  if (problems.length > 0) await calls.forget(db, key)
  return { problems }
}

type Finishing = Answering & {
  status: string
  callbackAt: string | null
  appointment: Appointment | null
  note: string
  refused: boolean
}
export type Finished = { problems: AnswerProblems; undoUntil: string | null }

/** With an answer that is wrong or missing, nothing at all is saved. */
export async function finishCall(caller: Caller, finishing: Finishing): Promise<Finished> {
  const { db, actor, now } = caller
  const { key, id: stepId, partyId, refused } = finishing
  const step = await getStep(db, stepId)
  const status = await statusOf(db, finishing, now)
  if (!(await calls.isNew(db, key))) return { problems: [], undoUntil: null }
  const target = await lockOwn(db, actor, finishing)
  const problems = await lastAnswers(caller, step, { finishing, status, target })
  if (problems.length > 0) {
    await calls.forget(db, key)
    return { problems, undoUntil: null }
  }
  const line = { stepId, partyId, agentId: agentId(actor) }
  const attempt = await calls.end(db, line, finishing, now)
  if (status.code !== target.status) {
    await setStatus(db, {
      stepId,
      partyIds: [partyId],
      status: status.code,
      by: actor.name,
      now,
    })
  }
  // A new status has taken the lease already, and mostly there is no more to put right.
  const isSame = status.code === target.status
  const callbacks = [finishing.callbackAt, target.callbackAt, target.callbackBy]
  const isCounted = attempt !== undefined && status.meaning !== 'to-do'
  if (isSame || isCounted || callbacks.some((one) => one !== null)) {
    const { callbackAt } = finishing
    await calls.letGo(db, line, { callbackAt, calls: target.calls - Number(isCounted) })
  }
  const appointment = await keepAppointment(caller, step, { finishing, target })
  if (refused) await recordRefusal(caller, step, { finishing, attempt })
  const { organisationId: _, leasedBy: _by, leasedUntil: _until, ...before } = target
  const attemptId = attempt?.id ?? null
  await calls.keepResult(db, {
    ...line,
    attemptId,
    status: status.code,
    before,
    refused,
    appointment,
    now,
  })
  await planSettling(db, stepId, now)
  const undoUntil = new Date(now.getTime() + undoSeconds * 1_000).toISOString()
  return { problems: [], undoUntil: refused ? null : undoUntil }
}

async function statusOf(
  db: Database,
  { status: code, callbackAt, appointment, refused }: Finishing,
  now: Date,
): Promise<TargetStatus> {
  const status = (await steps.targetStatuses(db)).find((one) => one.code === code)
  if (!status) throw refusal.unknownStatus(code)
  if (refused && !status.meaning.endsWith('-stop')) throw refusal.refusalStops()
  if (callbackAt !== null && status.meaning !== 'to-do') throw refusal.callbackOfSettled()
  if (appointment !== null && !status.meaning.startsWith('ok-'))
    throw refusal.appointmentOfUnreached()
  // An hour of grace: an agent without network sends it later than it was typed.
  const isPast = (at: string) => Date.parse(at) < now.getTime() - 3_600_000
  if (callbackAt !== null && isPast(callbackAt)) throw refusal.callbackPast()
  if (appointment !== null && isPast(appointment.startsAt)) throw refusal.appointmentPast()
  return status
}

type Ending = { finishing: Finishing; status: TargetStatus; target: calls.Target }

/** Who goes on has answered what is required; who was not reached, or refused, need not. */
async function lastAnswers(
  { db, actor, now }: Caller,
  step: steps.PhoningStep,
  { finishing, status, target }: Ending,
): Promise<AnswerProblems> {
  const isComplete = status.meaning === 'ok-continue' && step.questionnaireId !== null
  if (finishing.answers.length === 0 && !isComplete) return []
  const { problems } = await saveAnswers(db, actor, {
    partyId: finishing.partyId,
    organisationId: target.organisationId,
    stepId: step.id,
    questionnaireId: step.questionnaireId,
    answers: finishing.answers,
    isComplete,
    now,
  })
  return problems
}

async function keepAppointment(
  caller: Caller,
  step: steps.PhoningStep,
  { finishing, target }: Omit<Ending, 'status'>,
): Promise<NotedAppointment | null> {
  if (finishing.appointment === null) return null
  const { partyId, appointment } = finishing
  const { organisationId } = target
  const noted = await noteAppointment(caller, { step, partyId, organisationId, ...appointment })
  if (!noted) throw refusal.noAppointments()
  return noted
}

/** The proof says who heard it, when, on which number, in which step: the house must be able to show it. */
async function recordRefusal(
  { db, actor, now }: Caller,
  step: steps.PhoningStep,
  { finishing, attempt }: { finishing: Finishing; attempt: { number: string } | undefined },
): Promise<void> {
  await recordConsent(db, finishing.partyId, {
    channel: 'phone',
    state: 'withdrawn',
    source: 'call',
    proof: {
      at: now.toISOString(),
      agent: actor.name,
      operation: step.campaign,
      step: step.label,
      ...(attempt?.number ? { number: attempt.number } : {}),
      ...(finishing.note === '' ? {} : { note: finishing.note }),
    },
    actorName: actor.name,
  })
}

/** One job for all results of a step within some seconds, after the last of them can be taken back. */
async function planSettling(db: Database, stepId: number, now: Date): Promise<void> {
  const span = 5_000
  const end = (Math.floor(now.getTime() / span) + 1) * span
  const runAt = new Date(end + (undoSeconds + 2) * 1_000)
  await enqueue(db, settleJob, { stepId }, { runAt, uniqueKey: `${stepId} ${end}` })
}

export async function undoCall(caller: Caller, on: OnLine): Promise<PersonOnCall> {
  const { db, actor, now } = caller
  const step = await getStep(db, on.id)
  await queue.lockParties(db, [on.partyId])
  const target = await calls.lockTarget(db, on.id, on.partyId)
  if (!target) throw refusal.noSuchPerson()
  const line = { stepId: on.id, partyId: on.partyId, agentId: agentId(actor) }
  const since = new Date(now.getTime() - (undoSeconds + 1) * 1_000)
  const result = await calls.takeResult(db, line, since)
  if (!result) throw refusal.tooLate()
  if (target.status !== result.before.status) {
    await setStatus(db, {
      stepId: on.id,
      partyIds: [on.partyId],
      status: result.before.status,
      by: actor.name,
      now,
    })
  }
  await calls.restore(db, line, result.before)
  if (result.appointment !== null) await takeAppointmentBack(db, result.appointment, now)
  if (result.attemptId !== null) await calls.reopen(db, result.attemptId)
  if (!(await queue.lease(db, { ...line, now }))) throw refusal.leaseLost()
  return viewPerson(caller, step, on.partyId)
}
