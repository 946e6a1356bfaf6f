/** The people's table of a step, and changes from it. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import {
  type FormerStatus,
  mostAtOnce,
  mostUndone,
  type TargetFilter,
  type TargetOrder,
  type TargetPage,
  type TargetPeople,
} from '#core/targets/target.ts'
import type { Database } from '#platform/db/database.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import { notFound, stepFor } from './adding.ts'
import { type AfterStatus, changeSome, type TargetChange } from './changes.ts'
import { bulkJob } from './jobs.ts'
import * as list from './list-queries.ts'
import * as people from './people-queries.ts'
import { counts, rollUp } from './status-queries.ts'
import * as steps from './step-queries.ts'

export async function listTargets(db: Database, { id, ...page }: TargetPage & { id: number }) {
  const step = await stepFor(db, id)
  const kept = steps.keptOrder(step)
  const order: TargetOrder = page.sort
    ? { sort: page.sort, direction: page.direction ?? 'asc' }
    : kept
  const size = sumOf(await statusesOf(db, id), page.status)
  const ids = await list.pageIds(db, id, { ...page, ...order, people: size })
  return { rows: await list.rowsOf(db, id, ids), ...order }
}

const statusesOf = async (db: Database, stepId: number) =>
  (await counts(db, [stepId])).get(stepId) ?? {}

const sumOf = (statuses: Record<string, number>, only?: string): number =>
  Object.entries(statuses).reduce(
    (sum, [status, n]) => (only === undefined || status === only ? sum + n : sum),
    0,
  )

export async function countTargets(db: Database, { id, ...filter }: TargetFilter & { id: number }) {
  await stepFor(db, id)
  const statuses = await statusesOf(db, id)
  const [rows, unlinked] = [await list.count(db, id, filter), await list.countUnlinked(db, id)]
  return { rows, people: sumOf(statuses), statuses, unlinked }
}

export async function keepOrder(
  db: Database,
  { id, ...order }: TargetOrder & { id: number },
): Promise<void> {
  if (!(await steps.keepOrder(db, id, order))) throw notFound()
}

type Acting = { db: Database; actor: Actor; now: Date }
type Order = { stepId: number; people: TargetPeople; change: TargetChange }

/** At once and with what it takes to undo it, or as a job when the people are many. */
export async function change(
  { db, actor, now }: Acting,
  { stepId, people: who, change: wanted }: Order,
  afterStatus: readonly AfterStatus[],
) {
  const step = await stepFor(db, stepId)
  if (wanted.kind === 'status') await ensureStatus(db, wanted.status)
  const total = await people.countMeant(db, stepId, who)
  const doer = { id: actor.id, name: actor.name }
  await audit(db, actor, `targets/${wanted.kind}`, step.campaign, {
    ...wanted,
    stepId,
    step: step.label,
    people: total,
  })
  if (total > mostAtOnce) {
    const payload = { stepId, people: who, change: wanted, actor: doer, total }
    const about = { subject: step.label, createdBy: actor.id, total }
    const jobId = await enqueue(db, bulkJob, payload, about)
    return { changed: null, left: await steps.countLeft(db, stepId), jobId, before: [], kept: 0 }
  }
  const ids = await people.idsMeant(db, stepId, { people: who, limit: mostAtOnce })
  const before = wanted.kind === 'status' ? await undoable(db, stepId, ids) : []
  const changed = await changeSome(
    db,
    { stepId, ids, change: wanted, actor: doer, now },
    afterStatus,
  )
  const kept = wanted.kind === 'remove' ? await people.countStaying(db, stepId, ids) : 0
  return { changed, left: await steps.countLeft(db, stepId), jobId: null, before, kept }
}

async function undoable(db: Database, stepId: number, ids: readonly number[]) {
  if (ids.length > mostUndone) return []
  const before = await people.statusesBefore(db, stepId, ids)
  return before.length > 10_000 ? [] : before
}

async function ensureStatus(db: Database, status: string): Promise<void> {
  if ((await steps.meaningOf(db, status)) !== undefined) return
  throw new AppError('invalid', 'targets/unknown-status', `Unknown status: ${status}.`, {
    details: { status },
  })
}

type Former = { stepId: number; status: string; before: readonly FormerStatus[] }

/** Back to what people had, and whoever went on since because of it comes back, too. */
export async function restore({ db, actor, now }: Acting, { stepId, ...former }: Former) {
  const step = await stepFor(db, stepId)
  for (const status of new Set(former.before.map((one) => one.status)))
    await ensureStatus(db, status)
  const restored = await people.restore(db, stepId, former)
  const onward = await people.takeBackFrom(db, stepId, restored)
  await rollUp(db, { stepId, now, partyIds: restored.map(({ partyId }) => partyId) })
  const changed = restored.length
  await audit(db, actor, 'targets/restore', step.campaign, { stepId, people: changed, ...onward })
  return { changed, left: await steps.countLeft(db, stepId), jobId: null, onward }
}
