/** The commands on a run: launch, plan, pause, resume, cancel, retry, settle; each under the lock of its step, each audited. */
import type { ContentView } from '#core/campaigns/campaign.ts'
import { inspectContent } from '#core/content/compile.ts'
import { type Counts, candidatesOf, noCounts } from '#core/delivery/message.ts'
import {
  type DeliverySummary,
  endingOf,
  mayRun,
  type Preflight,
  type RunCommand,
} from '#core/delivery/run.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import type { Context } from '#platform/http/app.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import { getStep, listContents, type Step, setStepState } from '../campaigns/service.ts'
import { contentFrame } from '../content/service.ts'
import { sentenceOf } from '../segments/service.ts'
import { forecastAll, freeze, sparesDoNotContact } from './audience.ts'
import { enqueueSend, launchJob } from './jobs.ts'
import * as ledger from './ledger-queries.ts'
import * as relays from './relay-queries.ts'
import * as runs from './run-queries.ts'

type Scope = Pick<Context, 'db' | 'actor' | 'now'>

/** What would leave now. Targets are written and taken back, so that the numbers are those of a launch. */
export async function preflight(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  stepId: number,
): Promise<Preflight> {
  const undone = new Error('undone')
  let found: Preflight | undefined
  await db
    .transaction()
    .execute(async (trx) => {
      const step = await getStep(trx, stepId, true)
      refuseUnless('launch', step)
      found = await inspect(trx, step, now)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  if (!found) throw undone
  return found
}

/** Freezes the targets of the step and judges them; the caller keeps them or rolls back. */
async function inspect(db: Database, step: Step, now: Date): Promise<Preflight> {
  const contents = await listContents(db, step.id)
  const problems = [
    ...(step.selection ? [] : ['no-selection']),
    ...(step.closedAt || step.isLegacy ? ['closed'] : []),
    ...(await contentProblems(db, contents)),
  ]
  if (!step.selection) return { ...nothing, problems, warnings: [] }
  await freeze(db, step, now)
  const forecast = await forecastAll(db, step, contents)
  return {
    ...forecast,
    problems: forecast.toSend === 0 ? [...problems, 'nobody'] : problems,
    warnings: sparesDoNotContact(step) ? [] : ['writes-to-unwilling'],
  }
}

const nothing = { people: 0, toSend: 0, contents: [] }

async function contentProblems(db: Database, contents: readonly ContentView[]): Promise<string[]> {
  if (contents.length === 0) return ['no-message']
  const frame = await contentFrame(db)
  const broken = contents.some(({ body }) => inspectContent(body, frame).problems.length > 0)
  const lacking: string[] = []
  for (const channel of ['email', 'sms'] as const) {
    const isUsed = contents.some(({ body }) => body.channel === channel)
    if (isUsed && !(await relays.findDefault(db, channel))) lacking.push(`no-relay-${channel}`)
  }
  return [...(broken ? ['content-broken'] : []), ...lacking]
}

/** Launches now or plans it. Refuses when the number is no longer the one the caller has seen. */
export async function launch(
  { db, actor, now }: Scope,
  { stepId, confirm, at }: { stepId: number; confirm: number; at?: string | null | undefined },
): Promise<void> {
  const step = await getStep(db, stepId, true)
  refuseUnless('launch', step)
  const { problems, toSend } = await inspect(db, step, now)
  const [problem] = problems
  if (problem) {
    throw new AppError('invalid', `delivery/${problem}`, `It cannot be launched: ${problem}.`)
  }
  if (toSend !== confirm) {
    throw new AppError(
      'conflict',
      'delivery/count-changed',
      `${toSend} messages would leave now, not ${confirm}: look again.`,
      { details: { expected: confirm, actual: toSend } },
    )
  }
  // The number is known; the people of the launch are those of the moment it happens.
  await runs.dropTargets(db, stepId)
  await runs.announce(db, stepId, toSend, sparesDoNotContact(step))
  const planned = at && new Date(at) > now ? new Date(at) : null
  await setStepState(db, {
    id: stepId,
    from: ['preparing'],
    to: planned ? 'scheduled' : 'running',
    launchAt: planned,
    launchedBy: actor.id,
    ...(planned ? {} : { launchedAt: now }),
  })
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
  await record(db, actor, planned ? 'schedule' : 'launch', step, {
    messages: toSend,
    ...(step.selection ? { selection: await sentenceOf(db, step.selection, actor.locale) } : {}),
    ...(planned ? { at: planned.toISOString() } : {}),
  })
}

export async function unschedule({ db, actor }: Scope, stepId: number): Promise<void> {
  const step = await admit(db, 'unschedule', stepId)
  await setStepState(db, { id: stepId, from: ['scheduled'], to: 'preparing', launchAt: null })
  await runs.dropQueuedJob(db, launchJob.kind, `step:${stepId}`)
  await record(db, actor, 'unschedule', step)
}

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
  if (again && settled > 0 && step.state !== 'paused') await goOn(db, step, now)
  else await concludeAgain(db, step)
  await record(db, actor, 'settle', step, { as, messages: settled })
}

/** A run that was partly failed only for what is settled now is done. */
async function concludeAgain(db: Database, step: Step): Promise<void> {
  if (step.state !== 'partly-failed' && step.state !== 'done') return
  const contents = await ledger.count(db, step.id)
  const failed = contents.some(({ counts }) => endingOf(counts) === 'partly-failed')
  const to = failed ? 'partly-failed' : 'done'
  await setStepState(db, { id: step.id, from: ['partly-failed', 'done'], to })
}

async function admit(db: Database, command: RunCommand, stepId: number): Promise<Step> {
  const step = await getStep(db, stepId, true)
  refuseUnless(command, step)
  return step
}

function refuseUnless(command: RunCommand, { state }: Step): void {
  if (mayRun(command, state)) return
  throw new AppError('conflict', 'delivery/not-now', `A mailing that is ${state} cannot do that.`, {
    details: { command, state },
  })
}

/** Its results are frozen: what would be sent now would count nowhere. */
function refuseWhenClosed({ closedAt }: Step): void {
  if (closedAt === null) return
  throw new AppError('conflict', 'delivery/closed', 'This mailing is closed: open it again first.')
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
    state: step.state,
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
