/** The commands on a run: launch, plan, pause, resume, cancel, retry, settle; each under the lock of its step, each audited. */
import { type Counts, candidatesOf, noCounts } from '#core/delivery/message.ts'
import {
  type DeliverySummary,
  endingOf,
  type Preflight,
  type RunCommand,
} from '#core/delivery/run.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import type { Context } from '#platform/http/app.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import { getStep, type Step, setStepState } from '../campaigns/service.ts'
import { sentenceOf } from '../segments/service.ts'
import { statusCounts, toDoStatuses } from '../targets/service.ts'
import { followSettled } from './aftermath.ts'
import { sparesDoNotContact } from './audience.ts'
import { enqueueSend, launchJob } from './jobs.ts'
import * as ledger from './ledger-queries.ts'
import { inspect, type LaunchScope } from './preflight.ts'
import { refuseUnless, refuseWhenClosed } from './refusals.ts'
import * as runs from './run-queries.ts'

type Scope = Pick<Context, 'db' | 'actor' | 'now'>

/** Launches now or plans it. Refuses when the number is no longer the one the caller has seen. */
export async function launch(
  { db, actor, now }: Scope,
  { confirm, ...scope }: LaunchScope & { confirm: number },
): Promise<void> {
  const { stepId, at } = scope
  const step = await getStep(db, stepId, true)
  refuseUnless('launch', step)
  const { toSend } = confirmed(await inspect(db, step, { ...scope, now }), confirm)
  const planned = at ? plannedFor(new Date(at), now) : null
  await begin(db, step, { toSend, planned, partyIds: scope.partyIds, by: actor.id, now })
  await enqueue(
    db,
    launchJob,
    { stepId },
    {
      subject: step.label,
      createdBy: actor.id,
      uniqueKey: `step:${stepId}`,
      ...(planned ? { runAt: planned } : {}),
    },
  )
  const { selection } = step.form === 'mailing' ? step : { selection: null }
  await record(db, actor, planned ? 'schedule' : 'launch', step, {
    messages: toSend,
    ...(selection
      ? { selection: await sentenceOf(db, selection, { actor: withoutKeys, locale: actor.locale }) }
      : {}),
    ...(planned ? { at: planned.toISOString() } : {}),
  })
}

/** Somebody may have taken a minute to confirm; a wrong day or year must not send at once. */
const graceMs = 60_000

/** Null is now. */
function plannedFor(at: Date, now: Date): Date | null {
  if (at > now) return at
  if (now.getTime() - at.getTime() <= graceMs) return null
  throw new AppError('invalid', 'delivery/past', 'This moment has passed.')
}

/** The trail has other readers than its writer. */
const withoutKeys = { keys: [] }

function confirmed(found: Preflight, confirm: number): Preflight {
  const { problems, toSend } = found
  const [problem] = problems
  if (problem) {
    throw new AppError('invalid', `delivery/${problem}`, `It cannot be launched: ${problem}.`)
  }
  if (toSend === confirm) return found
  throw new AppError(
    'conflict',
    'delivery/count-changed',
    `${toSend} messages would leave now, not ${confirm}: look again.`,
    { details: { expected: confirm, actual: toSend } },
  )
}

type Beginning = {
  toSend: number
  planned: Date | null
  partyIds: readonly number[] | undefined
  by: string | null
  now: Date
}

/** The number is known; the people of the launch are those of the moment it happens. */
async function begin(db: Database, step: Step, { toSend, planned, partyIds, by, now }: Beginning) {
  const isMailing = step.form === 'mailing'
  if (isMailing) await runs.dropTargets(db, step.id)
  await runs.announce(db, {
    stepId: step.id,
    announced: toSend,
    sparesDoNotContact: sparesDoNotContact(step),
    partyIds: isMailing || !partyIds ? null : [...partyIds],
  })
  await setStepState(db, {
    id: step.id,
    from: isMailing ? ['preparing'] : ['preparing', 'done', 'partly-failed', 'cancelled'],
    to: planned ? 'scheduled' : 'running',
    launchAt: planned,
    launchedBy: by,
    ...(planned ? {} : { launchedAt: now }),
    ...(isMailing || planned ? {} : { frozenAt: null, finishedAt: null }),
  })
}

export async function unschedule({ db, actor }: Scope, stepId: number): Promise<void> {
  const step = await admit(db, 'unschedule', stepId)
  const to = await beforeLaunch(db, step)
  await setStepState(db, { id: stepId, from: ['scheduled'], to, launchAt: null })
  await runs.dropQueuedJob(db, launchJob.kind, `step:${stepId}`)
  await record(db, actor, 'unschedule', step)
}

/** A step that was launched before goes back to where that launch left it. */
async function beforeLaunch(db: Database, { id, launchedAt }: Step) {
  if (launchedAt === null) return 'preparing'
  return endingOfAll(await ledger.count(db, id))
}

const endingOfAll = (contents: readonly { counts: Counts }[]) =>
  contents.some(({ counts }) => endingOf(counts) === 'partly-failed') ? 'partly-failed' : 'done'

export async function pause({ db, actor }: Scope, stepId: number): Promise<void> {
  const step = await admit(db, 'pause', stepId)
  await setStepState(db, { id: stepId, from: ['running'], to: 'paused' })
  await record(db, actor, 'pause', step)
}

export async function resume({ db, actor, now }: Scope, stepId: number): Promise<void> {
  const step = await admit(db, 'resume', stepId)
  await goOn(db, step, now)
  await record(db, actor, 'resume', step)
}

/** A job that waits for its time is told that it has come. */
async function goOn(db: Database, step: Step, now: Date): Promise<void> {
  const from = ['paused', 'partly-failed', 'running', 'done'] as const
  await setStepState(db, { id: step.id, from, to: 'running', finishedAt: null })
  await runs.letGo(db, step.id, now)
  const options = { subject: step.label, uniqueKey: `step:${step.id}` }
  if (step.frozenAt) await enqueueSend(db, step.id, step.label)
  else await enqueue(db, launchJob, { stepId: step.id }, options)
  await runs.hurry(db, `step:${step.id}`, now)
}

export async function cancel({ db, actor }: Scope, stepId: number): Promise<void> {
  const step = await admit(db, 'cancel', stepId)
  await setStepState(db, {
    id: stepId,
    from: ['scheduled', 'running', 'paused'],
    to: 'cancelled',
  })
  const cancelled = await runs.cancelPending(db, stepId)
  await runs.dropQueuedJob(db, launchJob.kind, `step:${stepId}`)
  await record(db, actor, 'cancel', step, { cancelled })
}

export async function retry({ db, actor, now }: Scope, stepId: number): Promise<void> {
  const step = await admit(db, 'retry', stepId)
  refuseWhenClosed(step)
  const revived = await runs.reviveRefused(db, stepId, now)
  if (revived > 0 && step.state !== 'paused') await goOn(db, step, now)
  await record(db, actor, 'retry', step, { messages: revived })
}

type Settling = {
  stepId: number
  as: 'submitted' | 'again' | 'refused'
  messageIds?: number[] | undefined
}

export async function settle(
  { db, actor, now }: Scope,
  { stepId, as, messageIds }: Settling,
): Promise<void> {
  const step = await getStep(db, stepId, true)
  if (as === 'again') refuseWhenClosed(step)
  const again = as === 'again' && step.state !== 'cancelled'
  const to = as === 'again' ? (again ? 'pending' : 'cancelled') : as
  const settled = await runs.settle(db, stepId, { as: to, messageIds, now })
  if (as === 'submitted' && step.form === 'operation') await followSettled(db, step, now)
  if (again && settled > 0 && step.state !== 'paused') await goOn(db, step, now)
  else await concludeAgain(db, step)
  await record(db, actor, 'settle', step, { as, messages: settled })
}

/** A run that was partly failed only for what is settled now is done. */
async function concludeAgain(db: Database, step: Step): Promise<void> {
  if (step.state !== 'partly-failed' && step.state !== 'done') return
  const to = endingOfAll(await ledger.count(db, step.id))
  await setStepState(db, { id: step.id, from: ['partly-failed', 'done'], to })
}

async function admit(db: Database, command: RunCommand, stepId: number): Promise<Step> {
  const step = await getStep(db, stepId, true)
  refuseUnless(command, step)
  return step
}

const record = (
  db: Database,
  actor: Actor,
  verb: string,
  step: Step,
  details: Record<string, unknown> = {},
) => audit(db, actor, `mailings/${verb}`, step.label, { stepId: step.id, ...details })

export async function summary(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  stepId: number,
): Promise<DeliverySummary> {
  const step = await getStep(db, stepId)
  const delivery = await runs.find(db, stepId)
  const contents = await ledger.count(db, stepId)
  const counts = contents.reduce<Counts>((sum, content) => add(sum, content.counts), noCounts())
  const left = (counts.pending ?? 0) + (counts['in-flight'] ?? 0)
  const isMoving = step.state === 'running' && !delivery?.hold
  return {
    stepId,
    form: step.form,
    state: step.state,
    isClosed: step.closedAt !== null,
    toDo: step.form === 'operation' ? await countToDo(db, stepId) : null,
    launchAt: step.launchAt,
    launchedAt: step.launchedAt,
    finishedAt: step.finishedAt,
    frozen: step.frozenAt !== null,
    hold: step.state === 'running' || step.state === 'paused' ? (delivery?.hold ?? null) : null,
    announced: delivery?.announced ?? null,
    candidates: candidatesOf(counts),
    counts,
    contents,
    ...(isMoving ? paceOf(delivery, left, now) : { perSecond: null, secondsLeft: null }),
    files: await runs.findFiles(db, stepId),
  }
}

async function countToDo(db: Database, stepId: number): Promise<number> {
  const counts = (await statusCounts(db, [stepId])).get(stepId) ?? {}
  const toDo = await toDoStatuses(db)
  return toDo.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
}

function add(sum: Counts, more: Counts): Counts {
  const entries = Object.entries(sum).map(([state, count]) => [
    state,
    count + (more[state as keyof Counts] ?? 0),
  ])
  return Object.fromEntries(entries) as Counts
}

function paceOf(delivery: runs.Delivery | undefined, left: number, now: Date) {
  const since = delivery?.pacedFrom ? now.getTime() - new Date(delivery.pacedFrom).getTime() : 0
  if (!delivery || since <= 0 || delivery.pacedCount === 0) {
    return { perSecond: null, secondsLeft: null }
  }
  const perSecond = delivery.pacedCount / (since / 1_000)
  return { perSecond, secondsLeft: left / perSecond }
}
