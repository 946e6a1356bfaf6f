/** Who comes next, and what an agent sees of that person. */
import { fieldsIn, fillPieces, newFindings, piecesOf } from '#core/content/pieces.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { dayOf, startOfDay } from '#core/kernel/zone.ts'
import type { ObstacleCounts, PersonOnCall } from '#core/phoning/call.ts'
import { type Obstacle, obstacleTo } from '#core/phoning/law.ts'
import type { Database } from '#platform/db/database.ts'
import { knownFields, loadMergeValues } from '../content/service.ts'
import { currentAnswers } from '../questionnaires/service.ts'
import * as calls from './call-queries.ts'
import { factsOf, type Judgement } from './law-queries.ts'
import * as people from './person-queries.ts'
import * as queue from './queue-queries.ts'
import { leaseLost, noSuchPerson, noSuchStep } from './refusals.ts'
import * as steps from './step-queries.ts'

export type Caller = { db: Database; actor: Actor; now: Date }

/** The agent as the leases name him; calls take a person or an API token of one. */
export const agentId = (actor: Actor): string => actor.id ?? ''

export async function getStep(db: Database, stepId: number): Promise<steps.PhoningStep> {
  const step = await steps.find(db, stepId)
  if (!step) throw noSuchStep()
  return step
}

export const judgementOf = ({ law, ground }: steps.PhoningStep, now: Date): Judgement => ({
  law,
  ground,
  now,
})

type Wish = { id: number; holding: number | null; among: readonly number[] }

/** Looked at in one go: few at first, more when those before may not be called. */
const batches = [4, 20, 200, 1_000]
/** So long in one request; who asks again looks on from there, since those seen are kept back. */
const lookingMs = 1_000

/** Callbacks first; then those not called yet, in order. Who may not be called is passed over and kept back. */
async function findNext(
  db: Database,
  asking: queue.Asking,
  { codes, judgement, hasCallback, until }: Search,
): Promise<Found> {
  const callback = hasCallback
    ? await look((limit) => queue.offerCallback(db, codes, { asking, judgement, limit }), until)
    : nobody
  if (callback.partyId !== null || callback.hasMore) return callback
  for (const code of codes) {
    const offer = (limit: number) => queue.offerToDo(db, code, { asking, judgement, limit })
    const found = await look(offer, until)
    if (found.partyId !== null || found.hasMore) return found
  }
  return nobody
}

type Search = {
  codes: readonly string[]
  judgement: Judgement
  hasCallback: boolean
  /** On the clock of `performance`. */
  until: number
}
/** `hasMore` when the time was up before everybody was looked at. */
type Found = { partyId: number | null; hasMore: boolean }
const nobody: Found = { partyId: null, hasMore: false }

async function look(offer: (limit: number) => Promise<queue.Offer>, until: number): Promise<Found> {
  for (let turn = 0; ; turn += 1) {
    const limit = batches[Math.min(turn, batches.length - 1)] ?? 1
    const { seen, partyId } = await offer(limit)
    if (partyId !== null || seen < limit) return { partyId, hasMore: false }
    if (performance.now() >= until) return { partyId: null, hasMore: true }
  }
}

export type NextPerson = {
  person: PersonOnCall | null
  obstacles: ObstacleCounts
  hasMore: boolean
}

export async function nextPerson(
  { db, actor, now }: Caller,
  { id: stepId, holding, among }: Wish,
  forMs = lookingMs,
): Promise<NextPerson> {
  const until = performance.now() + forMs
  const step = await getStep(db, stepId)
  const asking = { stepId, agentId: agentId(actor), now, among }
  const [judgement, codes] = [judgementOf(step, now), step.toDoCodes]
  const { own, hasCallback, hasPassed } = await queue.standing(db, asking, holding)
  const isBehind = own === null && hasPassed && (await queue.unblock(db, stepId, now))
  const search = { codes, judgement, hasCallback, until }
  const { partyId, hasMore } =
    own === null ? await findNext(db, asking, search) : { partyId: own, hasMore: false }
  if (partyId !== null) {
    const fresh = own === null ? { obstacle: null } : undefined
    const person = await viewPerson({ db, actor, now }, step, partyId, fresh)
    return { person, obstacles: {}, hasMore: false }
  }
  if (hasMore || isBehind) return { person: null, obstacles: {}, hasMore: true }
  const obstacles = await queue.storedObstacles(db, { stepId, codes }, judgement)
  return { person: null, obstacles, hasMore: false }
}

/** The person as the agent sees him; refuses who is not leased to the agent. */
export async function viewPerson(
  { db, actor, now }: Caller,
  step: steps.PhoningStep,
  partyId: number,
  fresh?: { obstacle: null },
): Promise<PersonOnCall> {
  return viewRow({ db, now }, step, await ownRow({ db, actor }, step.id, partyId), fresh)
}

/** What is known of somebody who is leased to the agent. */
export async function ownRow(
  { db, actor }: Pick<Caller, 'db' | 'actor'>,
  stepId: number,
  partyId: number,
): Promise<people.OwnRow> {
  const row = await people.find(db, stepId, partyId, actor)
  if (!row) throw noSuchPerson()
  if (row.leasedBy !== agentId(actor) || row.leasedUntil === null) throw leaseLost()
  return { ...row, leasedUntil: row.leasedUntil }
}

export async function viewRow(
  { db, now }: Pick<Caller, 'db' | 'now'>,
  step: steps.PhoningStep,
  row: people.OwnRow,
  fresh?: { obstacle: null },
): Promise<PersonOnCall> {
  const { partyId } = row
  // The call that is open was judged when it began, and who is offered when chosen.
  const isJudged = fresh !== undefined || row.callId !== null
  const obstacle = isJudged ? null : await obstacleNow({ db, now }, step, row)
  const { questionIds } = step
  const answers =
    questionIds.length > 0 && (await currentAnswers(db, [partyId], questionIds)).get(partyId)
  return {
    ...people.viewOf(row),
    obstacle: obstacle && {
      reason: obstacle.reason,
      until: obstacle.until?.toISOString() ?? null,
    },
    script: await fillScript(db, step, partyId, now),
    answers: [...(answers || [])].map(([questionId, value]) => ({ questionId, value })),
  }
}

async function obstacleNow(
  { db, now }: Pick<Caller, 'db' | 'now'>,
  step: steps.PhoningStep,
  { partyId, organisationId }: { partyId: number; organisationId: number | null },
): Promise<Obstacle | null> {
  const judgement = judgementOf(step, now)
  return obstacleTo(await factsOf(db, { partyId, organisationId }, judgement), judgement)
}

/** A script whose fields cannot be read is shown as it was written. */
async function fillScript(
  db: Database,
  { id: stepId, script }: Pick<steps.PhoningStep, 'id' | 'script'>,
  partyId: number,
  now: Date,
): Promise<string> {
  if (!/\{\{|\[\[/.test(script)) return script
  const findings = newFindings(await knownFields(db))
  const pieces = piecesOf(script, { place: 'body', target: 'text' }, findings)
  if (findings.problems.length > 0) return script
  const fields = [...new Set(fieldsIn(pieces).map(({ field }) => field))]
  const values = (await loadMergeValues(db, [partyId], fields, { now, stepId })).get(partyId)
  return values ? fillPieces(pieces, values) : script
}

/** When the day of the house began. */
export function dayStart({ law: { timeZone } }: steps.PhoningStep, now: Date): Date {
  return startOfDay(dayOf(now, timeZone), timeZone)
}

/** Takes back to the screen whom the agent has handled today, or who waits for his callback. */
export async function takePerson(
  caller: Caller,
  { id: stepId, partyId }: { id: number; partyId: number },
): Promise<PersonOnCall> {
  const { db, actor, now } = caller
  const step = await getStep(db, stepId)
  // The card before the target, as everywhere: two who wait for each other would both fail.
  await queue.lockParties(db, [partyId])
  const target = await calls.lockTarget(db, stepId, partyId)
  if (!target) throw noSuchPerson()
  const since = dayStart(step, now)
  const handled = await calls.handled(db, { stepId, agentId: agentId(actor), since })
  const isOwn = target.callbackBy === agentId(actor) || target.leasedBy === agentId(actor)
  // Others of the file do not exist for who only calls.
  if (!isOwn && !handled.some((one) => one.partyId === partyId)) throw noSuchPerson()
  if (!(await queue.lease(db, { stepId, partyId, agentId: agentId(actor), now }))) throw leaseLost()
  return viewPerson(caller, step, partyId)
}
