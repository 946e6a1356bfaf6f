/** The two jobs of a run: freezing its ledger, then sending until nothing is left. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { hasMessages } from '#core/delivery/launch.ts'
import { relayPause } from '#core/delivery/retry.ts'
import { endingOf, type Hold, type HoldReason } from '#core/delivery/run.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { Id } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import { isDiskFull } from '#platform/files.ts'
import type { Services } from '#platform/http/app.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { getStep, listContents, type Step, setStepState } from '../campaigns/service.ts'
import { followOf, reachOpen } from './aftermath.ts'
import { audienceOf, freeze, sparesDoNotContact, toFill } from './audience.ts'
import * as claims from './claim-queries.ts'
import type { Stop } from './engine.ts'
import { produceFiles } from './files.ts'
import * as ledger from './ledger-queries.ts'
import { runLines } from './lines.ts'
import type { OpenScope } from './open-queries.ts'
import { findRules } from './rules-queries.ts'
import * as runs from './run-queries.ts'

const Payload = z.object({ stepId: Id })

/**
 * An outage of the database or a process that stops is waited out, however long it takes. The run is paused or stopped
 * on the page of its step: a step whose job alone has ended would stay on the way for ever.
 */
const patient = { maxAttempts: 1_000, canCancel: false }

/** Freezes the audience of a step and writes its ledger, in one transaction; then the sending begins. */
export const launchJob = defineJob(
  'delivery/launch',
  Payload,
  async ({ stepId }, job) => {
    await interruptible(() => prepareRun(job, stepId))
    return {}
  },
  patient,
)

async function prepareRun(job: JobRun, stepId: number): Promise<void> {
  await job.db.transaction().execute(async (db) => {
    const now = job.now()
    const step = await getStep(db, stepId, true)
    const begins = step.state === 'scheduled' || (step.state === 'running' && !step.frozenAt)
    // Cancelled, paused or unscheduled meanwhile; or a second run of this job after a crash.
    if (!begins) return
    await setStepState(db, {
      id: stepId,
      from: ['scheduled', 'running'],
      to: 'running',
      launchedAt: now,
      frozenAt: now,
      finishedAt: null,
    })
    if (step.form === 'operation') await prepareOpen(db, step, now)
    else await prepareMailing(db, step, now)
  })
}

async function prepareMailing(db: Database, step: Step, now: Date): Promise<void> {
  await freeze(db, step, now)
  await fillLedger(db, step, { now, open: null })
}

/** Whoever is to do at this moment; people who had the messages before keep what they have. */
async function prepareOpen(db: Database, step: Step, now: Date): Promise<void> {
  const { id: stepId } = step
  const { partyIds = null } = (await runs.find(db, stepId)) ?? {}
  const open = { stepId, partyIds, now }
  if (hasMessages((await findRules(db, stepId)).channel)) return fillLedger(db, step, { now, open })
  await reachOpen(db, step, open)
  await setStepState(db, { id: stepId, from: ['running'], to: 'done', finishedAt: now })
}

async function fillLedger(
  db: Database,
  step: Step,
  { now, open }: { now: Date; open: OpenScope | null },
): Promise<void> {
  const spares = sparesDoNotContact(step)
  const audience = audienceOf(step.id, open)
  const contents = toFill(step.id, await listContents(db, step.id))
  for (const [at, content] of contents.entries()) {
    const earlier = contents.slice(0, at)
    const again = open !== null
    await ledger.fill(db, content, audience(content), { now, spares, earlier, again })
  }
  await ledger.refreshStatistics(db)
  await enqueueSend(db, step.id, step.label)
}

export const enqueueSend = (db: Services['db'], stepId: number, subject: string) =>
  enqueue(db, sendJob, { stepId }, { subject, uniqueKey: `step:${stepId}` })

/** Sends what is due. Comes back by itself after a throttle, a deferral or trouble with the relay. */
export const sendJob = defineJob(
  'delivery/send',
  Payload,
  async ({ stepId }, job) => {
    await interruptible(() => sendRun(job, stepId))
    return {}
  },
  patient,
)

/** What is not our own refusal (the database, the disk) may pass: the job is tried again. */
async function interruptible(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('unavailable', 'delivery/interrupted', words, { cause })
  }
}

async function sendRun(job: JobRun, stepId: number): Promise<void> {
  const { db } = job
  const worker = `${job.id}:${randomUUID()}`
  await claims.abandonInFlight(db, { stepId, jobId: job.id, worker })
  const step = await getStep(db, stepId)
  // Without its ledger nothing is left to send, and it would count as done.
  if (step.state !== 'running' || !step.frozenAt) return tidy(job, stepId)
  const contents = await listContents(db, stepId)
  await runs.letGo(db, stepId, job.now())
  await report(job, stepId)
  try {
    const follow = await followOf(db, step)
    await produceFiles(job, { step, contents, worker, follow })
    const trip = { stepId, worker, signal: job.signal, follow }
    await conclude(job, stepId, await runLines(job, trip, { step, contents }))
  } catch (error) {
    const reason = holdFor(error)
    if (!reason) throw error
    await stand(job, stepId, { reason, detail: (error as Error).message, until: null })
  }
}

/** Refusals of our own that somebody must mend before the run can go on. */
function holdFor(error: unknown): HoldReason | undefined {
  if (isDiskFull(error)) return 'disk-full'
  if (!(error instanceof AppError)) return undefined
  const reasons: Record<string, HoldReason> = {
    'delivery/relay-missing': 'relay-missing',
    'delivery/content-broken': 'content-broken',
    'delivery/dkim-key': 'content-broken',
    'delivery/attachment-missing': 'attachment-missing',
    'files/disk-full': 'disk-full',
  }
  return reasons[error.code]
}

/** The run is paused with a reason until somebody resumes it. */
async function stand({ db }: JobRun, stepId: number, hold: Hold): Promise<void> {
  await runs.hold(db, stepId, { ...hold, failures: 0 })
  await setStepState(db, { id: stepId, from: ['running'], to: 'paused' })
}

async function conclude(job: JobRun, stepId: number, stops: readonly Stop[]): Promise<void> {
  const { db } = job
  await report(job, stepId)
  if (job.signal.aborted) return
  const step = await getStep(db, stepId)
  if (step.state !== 'running') return tidy(job, stepId)
  const trouble = stops.find((stop) => stop.kind === 'trouble')
  if (trouble) return waitForRelay(job, stepId, trouble.trouble)
  const due = await claims.nextDue(db, stepId)
  if (due === null) return finish(job, stepId)
  const throttled = stops.find((stop) => stop.kind === 'throttled')
  const now = job.now().getTime()
  const until = throttled ? now + throttled.wait : Math.max(now + 500, new Date(due).getTime())
  const reason = throttled ? 'throttled' : 'deferred'
  await runs.hold(db, stepId, {
    reason,
    detail: '',
    until: new Date(until).toISOString(),
    failures: 0,
  })
  job.again(new Date(until))
}

type Trouble = (Stop & { kind: 'trouble' })['trouble']

/** Tries again after a while, each time later; in the end, or when only a person can mend it, the run pauses. */
async function waitForRelay(job: JobRun, stepId: number, { reason, detail }: Trouble) {
  const before = await runs.find(job.db, stepId)
  const failures = (before?.failures ?? 0) + 1
  const pause = reason === 'relay-unreachable' ? relayPause(failures) : null
  if (pause === null) return stand(job, stepId, { reason, detail, until: null })
  const until = new Date(job.now().getTime() + pause)
  await runs.hold(job.db, stepId, { reason, detail, until: until.toISOString(), failures })
  job.again(until)
}

async function finish(job: JobRun, stepId: number): Promise<void> {
  const { db } = job
  const total = (await ledger.count(db, stepId)).map(({ counts }) => counts)
  const inFlight = total.reduce((sum, counts) => sum + (counts['in-flight'] ?? 0), 0)
  // Another worker still has some in hand.
  if (inFlight > 0) return job.again(new Date(job.now().getTime() + 1_000))
  const failed = total.some((counts) => endingOf(counts) === 'partly-failed')
  await runs.letGo(db, stepId, job.now())
  await setStepState(db, {
    id: stepId,
    from: ['running'],
    to: failed ? 'partly-failed' : 'done',
    finishedAt: job.now(),
  })
}

/** Of a cancelled run nothing stays pending, not even what came back deferred after the cancellation. */
async function tidy({ db }: JobRun, stepId: number): Promise<void> {
  const { state } = await getStep(db, stepId)
  if (state === 'cancelled') await runs.cancelPending(db, stepId)
}

async function report(job: JobRun, stepId: number): Promise<void> {
  const counts = (await ledger.count(job.db, stepId)).map((content) => content.counts)
  const sum = (of: (c: (typeof counts)[number]) => number) =>
    counts.reduce((total, one) => total + of(one), 0)
  const left = sum((c) => (c.pending ?? 0) + (c['in-flight'] ?? 0))
  const all = sum((c) => Object.values(c).reduce((a, b) => a + b, 0) - (c.excluded ?? 0))
  job.progress(all - left, all)
}
