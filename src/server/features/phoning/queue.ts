/** Who comes next, and what an agent sees of that person. */
import { fieldsIn, fillPieces, newFindings, piecesOf } from '#core/content/pieces.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { ObstacleCounts, PersonOnCall } from '#core/phoning/call.ts'
import { type Obstacle, obstacleTo } from '#core/phoning/law.ts'
import { clockAt, instantAt } from '#core/phoning/zone.ts'
import type { Database } from '#platform/db/database.ts'
import { contentFrame, loadMergeValues } from '../content/service.ts'
import { currentAnswers } from '../questionnaires/service.ts'
import * as calls from './call-queries.ts'
import { factsOf, type Judgement } from './law-queries.ts'
import * as people from './person-queries.ts'
import * as queue from './queue-queries.ts'
import { leaseLost, noSuchPerson, noSuchStep } from './refusals.ts'
import * as settings from './settings-queries.ts'
import * as steps from './step-queries.ts'

export type Caller = { db: Database; actor: Actor; now: Date }

/** The agent as the leases name him; calls take a person or an API token of one. */
export const agentId = (actor: Actor): string => actor.id ?? ''

export async function getStep(db: Database, stepId: number): Promise<steps.PhoningStep> {
  const step = await steps.find(db, stepId)
  if (!step) throw noSuchStep()
  return step
}

export async function judgementOf(
  db: Database,
  step: steps.PhoningStep,
  now: Date,
): Promise<Judgement> {
  return { law: await settings.law(db), ground: step.ground, now }
}

type Wish = { id: number; holding: number | null; among: readonly number[] }

/** Looked at in one go: few at first, more when those before may not be called. */
const batches = [1, 20, 200, 2_000]
/** So many in one request at most: ten seconds of looking. */
const mostLooks = 400

/** Callbacks first; then those not called yet, in order. Who may not be called is passed over and kept back. */
async function findNext(
  db: Database,
  asking: queue.Asking,
  judgement: Judgement,
): Promise<number | null> {
  const codes = await steps.toDoCodes(db)
  const callback = (await queue.hasDueCallback(db, asking))
    ? await look((limit) => queue.offerCallback(db, codes, { asking, judgement, limit }))
    : null
  if (callback !== null) return callback
  for (const code of codes) {
    const found = await look((limit) => queue.offerToDo(db, code, { asking, judgement, limit }))
    if (found !== null) return found
  }
  return null
}

async function look(offer: (limit: number) => Promise<queue.Offer>): Promise<number | null> {
  for (let turn = 0; turn < mostLooks; turn += 1) {
    const limit = batches[Math.min(turn, batches.length - 1)] ?? 1
    const { seen, partyId } = await offer(limit)
    if (partyId !== null || seen < limit) return partyId
  }
  return null
}

export async function nextPerson(
  { db, actor, now }: Caller,
  { id: stepId, holding, among }: Wish,
): Promise<{ person: PersonOnCall | null; obstacles: ObstacleCounts }> {
  const step = await getStep(db, stepId)
  const asking = { stepId, agentId: agentId(actor), now, among }
  const judgement = await judgementOf(db, step, now)
  const own = await queue.ownLease(db, asking, holding)
  if (own === undefined) await queue.unblock(db, stepId, now)
  const partyId = own ?? (await findNext(db, asking, judgement))
  if (partyId !== null) {
    const fresh = own === undefined ? { obstacle: null } : undefined
    const person = await viewPerson({ db, actor, now }, step, partyId, fresh)
    return { person, obstacles: {} }
  }
  const codes = await steps.toDoCodes(db)
  const obstacles = await queue.countObstacles(db, { stepId, now, codes }, judgement)
  return { person: null, obstacles }
}

/** The person as the agent sees him; refuses who is not leased to the agent. */
export async function viewPerson(
  { db, actor, now }: Caller,
  step: steps.PhoningStep,
  partyId: number,
  fresh?: { obstacle: null },
): Promise<PersonOnCall> {
  const row = await people.find(db, step.id, partyId, agentId(actor))
  if (!row) throw noSuchPerson()
  if (row.leasedBy !== agentId(actor) || row.leasedUntil === null) throw leaseLost()
  // The call that is open was judged when it began, and who is offered when chosen.
  const isJudged = fresh !== undefined || row.callId !== null
  const obstacle = isJudged ? null : await obstacleNow({ db, now }, step, row)
  const answers = (await currentAnswers(db, [partyId], await questionIds(db, step))).get(partyId)
  return {
    ...people.viewOf(row, row.leasedUntil),
    obstacle: obstacle && {
      reason: obstacle.reason,
      until: obstacle.until?.toISOString() ?? null,
    },
    script: await fillScript(db, step.script, partyId, now),
    answers: [...(answers ?? [])].map(([questionId, value]) => ({ questionId, value })),
  }
}

async function obstacleNow(
  { db, now }: Pick<Caller, 'db' | 'now'>,
  step: steps.PhoningStep,
  { partyId, organisationId }: { partyId: number; organisationId: number | null },
): Promise<Obstacle | null> {
  const judgement = await judgementOf(db, step, now)
  return obstacleTo(await factsOf(db, { partyId, organisationId }, judgement), judgement)
}

async function questionIds(db: Database, { questionnaireId }: steps.PhoningStep) {
  return questionnaireId === null ? [] : steps.questionIds(db, questionnaireId)
}

/** A script whose fields cannot be read is shown as it was written. */
async function fillScript(
  db: Database,
  script: string,
  partyId: number,
  now: Date,
): Promise<string> {
  if (!/\{\{|\[\[/.test(script)) return script
  const findings = newFindings((await contentFrame(db)).lookup)
  const pieces = piecesOf(script, { place: 'body', target: 'text' }, findings)
  if (findings.problems.length > 0) return script
  const fields = [...new Set(fieldsIn(pieces).map(({ field }) => field))]
  const values = (await loadMergeValues(db, [partyId], fields, now)).get(partyId)
  return values ? fillPieces(pieces, values) : script
}

/** When the day of the house began. */
export async function dayStart(db: Database, now: Date): Promise<Date> {
  const { timeZone } = await settings.law(db)
  return instantAt(clockAt(now, timeZone).day, '00:00', timeZone)
}

/** Takes back to the screen whom the agent has handled today, or who waits for his callback. */
export async function takePerson(
  caller: Caller,
  { id: stepId, partyId }: { id: number; partyId: number },
): Promise<PersonOnCall> {
  const { db, actor, now } = caller
  const step = await getStep(db, stepId)
  const target = await calls.lockTarget(db, stepId, partyId)
  if (!target) throw noSuchPerson()
  const since = await dayStart(db, now)
  const handled = await calls.handled(db, { stepId, agentId: agentId(actor), since })
  const isOwn = target.callbackBy === agentId(actor) || target.leasedBy === agentId(actor)
  // Others of the file do not exist for who only calls.
  if (!isOwn && !handled.some((one) => one.partyId === partyId)) throw noSuchPerson()
  if (!(await queue.lease(db, { stepId, partyId, agentId: agentId(actor), now }))) throw leaseLost()
  return viewPerson(caller, step, partyId)
}
