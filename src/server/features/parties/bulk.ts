/** Bulk work as jobs: tag, edit, delete, and taking any of them back. */
import { z } from 'zod'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { Id } from '#core/kernel/values.ts'
import { BulkAction } from '#core/parties/bulk.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import { PartySelection } from '#core/parties/list.ts'
import { type CardValues, GivenValues } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import * as bulk from './bulk-queries.ts'
import { ensureTag, tags } from './catalogue-queries.ts'
import * as consents from './consent-queries.ts'
import * as list from './list-queries.ts'
import { currencyOf, resetUnconfirmed } from './loyalty.ts'
import { countResets, setCardType } from './loyalty-queries.ts'
import {
  checkCustom,
  checkReferences,
  compactTally,
  findCustomFields,
  invalidField,
  toE164,
} from './service.ts'

const Payload = z.object({
  work: z.union([
    z.object({ selection: PartySelection, action: BulkAction }),
    z.object({ undo: Id }),
  ]),
  actorId: z.string().nullable(),
  actorName: z.string(),
})
type Payload = z.infer<typeof Payload>

const batch = 5_000

export function defineBulkJob(compile: list.CriteriaCondition) {
  return defineJob('parties/bulk', Payload, async (payload, job) => {
    const { db } = job
    const known = await bulk.findBulk(db, job.id)
    const { total } = known ?? (await writeDown(payload, job, compile))
    const author = { jobId: job.id, actorId: payload.actorId, actorName: payload.actorName }
    const fields = 'undo' in payload.work ? await bulk.fieldsChangedBy(db, payload.work.undo) : []
    const work = (trx: Database, ids: number[]) =>
      'undo' in payload.work
        ? takeBack(trx, ids, { jobId: payload.work.undo, fields }, author)
        : change(trx, ids, payload.work.action, author)
    let done = total - (await bulk.countLeft(db, job.id))
    while (!job.signal.aborted) {
      const taken = await db.transaction().execute((trx) => runBatch(trx, job.id, work))
      if (taken === 0) break
      done += taken
      job.progress(Math.min(done, total), total)
    }
    const end = await bulk.findBulk(db, job.id)
    // Each card deleted or brought back has left a row in the tally.
    await compactTally(db)
    if (!job.stopping()) await bulk.forget(db, job.id)
    return { total, changed: end?.changed ?? 0 }
  })
}

async function writeDown(payload: Payload, job: JobRun, compile: list.CriteriaCondition) {
  const { db } = job
  const { work } = payload
  if ('undo' in work)
    return db.transaction().execute((trx) => bulk.freeze(trx, job.id, bulk.changedBy(work.undo)))
  const { selection } = work
  const members =
    'ids' in selection
      ? bulk.chosen(selection.ids)
      : bulk.matching(
          list.whereOf(await list.conditionOf(db, selection.filter, { compile, now: job.now() })),
          selection.except,
        )
  return db.transaction().execute((trx) => bulk.freeze(trx, job.id, members))
}

async function runBatch(
  db: Database,
  jobId: number,
  work: (db: Database, ids: number[]) => Promise<number>,
): Promise<number> {
  const ids = await bulk.take(db, jobId, batch)
  if (ids.length > 0) await bulk.addChanged(db, jobId, await work(db, ids))
  return ids.length
}

async function change(
  db: Database,
  ids: number[],
  action: BulkAction,
  author: bulk.Author,
): Promise<number> {
  switch (action.kind) {
    case 'tags':
      return bulk.tag(db, ids, action, author)
    case 'delete':
      return bulk.remove(db, ids, author)
    case 'edit':
      return edit(db, ids, action.values, author)
    default:
      return action satisfies never
  }
}

async function edit(
  db: Database,
  ids: number[],
  values: Record<string, FieldValue>,
  author: bulk.Author,
): Promise<number> {
  const changed = new Set<number>()
  const { cardType, ...others } = values
  if (cardType !== undefined) {
    const type = typeof cardType === 'number' ? cardType : null
    const to = {
      cardType: type,
      currency: await currencyOf(db, type),
      except: Object.keys(others),
    }
    for (const id of await setCardType(db, ids, to, author)) changed.add(id)
  }
  for (const [field, value] of Object.entries(others)) {
    const touched = await bulk.setField(db, ids, { field, value }, author)
    await follow(db, field, touched, author)
    for (const id of touched) changed.add(id)
  }
  return changed.size
}

type UndoOf = { jobId: number; fields: readonly string[] }

async function takeBack(
  db: Database,
  ids: number[],
  { jobId, fields }: UndoOf,
  author: bulk.Author,
): Promise<number> {
  const changed = new Set<number>()
  // Whoever was deleted comes back first: the other fields are only restored on living cards.
  const ordered = [...fields].sort((a, b) => Number(b === 'deleted') - Number(a === 'deleted'))
  for (const field of ordered) {
    for (const id of await restore(db, ids, { jobId, field }, author)) changed.add(id)
  }
  return changed.size
}

async function restore(
  db: Database,
  ids: number[],
  { jobId, field }: { jobId: number; field: string },
  author: bulk.Author,
): Promise<number[]> {
  if (field === 'deleted') return bulk.restoreDeleted(db, ids, author)
  if (field.startsWith('tag.'))
    return bulk.restoreTag(db, ids, { tagId: Number(field.slice(4)), jobId }, author)
  const restored = await bulk.restoreField(db, ids, { field, jobId }, author)
  await follow(db, field, restored, author)
  return restored
}

/** What a changed field brings with it: numbers read by another country's plan, a line in the consent ledger. */
async function follow(
  db: Database,
  field: string,
  ids: number[],
  author: bulk.Author,
): Promise<void> {
  if (ids.length === 0) return
  if (field === 'doNotContact') await consents.recordWishes(db, ids, author.actorName)
  if (field === 'opensConsent') {
    await consents.recordOpensConsents(db, ids, { source: 'staff', actorName: author.actorName })
  }
  if (field !== 'country') return
  const phones = await bulk.phonesOf(db, ids)
  const numbers = phones.map(({ id, phone, mobile, country }) => ({
    id,
    phoneNumber: phone === '' ? null : toE164(phone, country),
    mobileNumber: mobile === '' ? null : toE164(mobile, country),
  }))
  if (numbers.length > 0) await bulk.setNumbers(db, numbers)
}

type Where = Awaited<ReturnType<typeof list.selectedWhere>>
type Order = { selection: PartySelection; action: BulkAction; compile: list.CriteriaCondition }

/** Checks the work and enqueues it; tags made on the fly exist from here on. */
export async function orderBulk(
  db: Database,
  { selection, action, compile }: Order,
  { actor, now }: { actor: Actor; now: Date },
): Promise<number> {
  if (action.kind === 'edit') await checkEdit(db, action.values)
  // Criteria that are not understood are refused now, not by the job.
  const where = await list.selectedWhere(db, selection, { compile, now })
  const work = { selection, action: await withNewTags(db, action) }
  const { subject, details } = await describe(db, work.action)
  await checkResets(db, where, action)
  const customers = await list.countWhere(db, where)
  await audit(db, actor, `customers/bulk-${action.kind}`, subject, { customers, ...details })
  return send(db, work, actor, compile)
}

/** A new card type resets figures: the number of cards that was confirmed is the number there is. */
async function checkResets(db: Database, where: Where, action: BulkAction): Promise<void> {
  if (action.kind !== 'edit' || action.values.cardType === undefined) return
  const cardType = typeof action.values.cardType === 'number' ? action.values.cardType : null
  const { cards } = await countResets(db, where, cardType)
  if (cards > 0 && action.resets !== cards) throw resetUnconfirmed(cards)
}

/** What the audit says of the work: its tags by name, the fields it sets. */
async function describe(db: Database, action: BulkAction) {
  if (action.kind === 'edit')
    return { subject: '', details: { fields: Object.keys(action.values) } }
  if (action.kind === 'delete') return { subject: '', details: {} }
  const names = new Map((await tags(db)).map(({ id, label }) => [id, label]))
  const said = (sign: string, ids: number[]) => ids.map((id) => `${sign}${names.get(id) ?? id}`)
  return { subject: [...said('+', action.add), ...said('−', action.remove)].join(' '), details: {} }
}

export async function orderUndo(
  db: Database,
  jobId: number,
  { actor, compile }: { actor: Actor; compile: list.CriteriaCondition },
): Promise<number> {
  if ((await bulk.fieldsChangedBy(db, jobId)).length === 0)
    throw new AppError('not-found', 'parties/nothing-to-undo', 'This job changed no customer.')
  if (await bulk.isUndone(db, jobId))
    throw new AppError('conflict', 'parties/already-undone', 'This job was taken back already.')
  await audit(db, actor, 'customers/bulk-undo', '', { jobId })
  return send(db, { undo: jobId }, actor, compile)
}

function send(
  db: Database,
  work: Payload['work'],
  actor: Actor,
  compile: list.CriteriaCondition,
): Promise<number> {
  const payload = { work, actorId: actor.id, actorName: actor.name }
  return enqueue(db, defineBulkJob(compile), payload, {
    createdBy: actor.id,
    ...('undo' in work ? { uniqueKey: bulk.undoKey(work.undo) } : {}),
  })
}

async function withNewTags(db: Database, action: BulkAction): Promise<BulkAction> {
  if (action.kind !== 'tags' || action.create.length === 0) return action
  const made = []
  for (const draft of action.create) made.push((await ensureTag(db, draft)).id)
  return { ...action, create: [], add: [...new Set([...action.add, ...made])] }
}

async function checkEdit(db: Database, values: Record<string, FieldValue>): Promise<void> {
  const custom: Record<string, FieldValue> = {}
  const own: Record<string, FieldValue> = {}
  for (const [field, value] of Object.entries(values)) {
    if (field.startsWith('custom.')) custom[field.slice(7)] = value
    else own[field] = value
  }
  checkCustom(await findCustomFields(db), custom)
  const parsed = GivenValues.partial().safeParse(own)
  if (!parsed.success) throw invalidField(String(parsed.error.issues[0]?.path[0] ?? ''))
  await checkReferences(db, parsed.data as Partial<CardValues>)
}
