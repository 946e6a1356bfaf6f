/** The steps of an operation: what they are, where they stand, where their people come from. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { OperationView } from '#core/operations/operation.ts'
import { nextOf } from '#core/operations/outline.ts'
import {
  audienceFixedBy,
  fieldProblems,
  isCyclic,
  type StepParameters,
} from '#core/operations/step.ts'
import { StepTypeDraft } from '#core/operations/tables.ts'
import type { Database } from '#platform/db/database.ts'
import { findFile } from '#platform/files.ts'
import { audit } from '../access/service.ts'
import { isTypeForOperations } from '../activities/service.ts'
import { placesNaming } from '../segments/service.ts'
import { copyOne } from './copy-queries.ts'
import { getOperation } from './operations.ts'
import { changedMeanwhile, inUse, notFound } from './refusals.ts'
import * as steps from './step-queries.ts'
import * as tables from './table-queries.ts'

export async function createStep(
  db: Database,
  actor: Actor,
  { id, beforeId, feedsId, ...draft }: StepParameters & Addition,
): Promise<OperationView> {
  const operation = await getOperation(db, id)
  const checked = await check(db, operation, draft)
  await ensureUsable(db, actor, draft.activityTypeId)
  const fed = operation.steps.find((step) => step.id === feedsId)
  if (feedsId !== null && (!fed?.isFinal || !draft.isFinal)) throw circle()
  const stepId = await steps.insert(db, id, checked)
  await steps.move(db, { id: stepId, campaignId: id, parentId: draft.parentId, beforeId })
  if (fed) await steps.setOrigin(db, fed.id, stepId)
  await audit(db, actor, 'operations/add-step', operation.label, { stepId, step: draft.label })
  return getOperation(db, id)
}

type Addition = { id: number; beforeId: number | null; feedsId: number | null }

/** A copy right after the step. */
export async function duplicateStep(
  db: Database,
  actor: Actor,
  { id, label }: { id: number; label: string },
): Promise<OperationView> {
  const operation = await operationOf(db, id)
  const step = operation.steps.find((one) => one.id === id)
  if (!step) throw notFound()
  const copy = await copyOne(db, id, label)
  const beforeId = nextOf(operation.steps, step)
  const { parentId } = step
  await steps.move(db, { id: copy, campaignId: operation.id, parentId, beforeId })
  await audit(db, actor, 'operations/add-step', operation.label, { stepId: copy, step: label })
  return getOperation(db, operation.id)
}

export async function updateStep(
  db: Database,
  actor: Actor,
  change: StepParameters & { id: number; version: number },
): Promise<OperationView> {
  const operation = await operationOf(db, change.id)
  const checked = await check(db, operation, change, change.id)
  const before = operation.steps.find(({ id }) => id === change.id)
  if (change.activityTypeId !== before?.activityTypeId)
    await ensureUsable(db, actor, change.activityTypeId)
  if (before?.isFinal && !change.isFinal) await ensureUnused(db, actor, operation, before)
  const { id, version } = change
  if (!(await steps.update(db, { ...checked, id, version }))) throw changedMeanwhile()
  return getOperation(db, operation.id)
}

export async function operationOf(db: Database, stepId: number): Promise<OperationView> {
  const id = await steps.operationOf(db, stepId)
  if (id === undefined) throw notFound()
  return getOperation(db, id)
}

/**
 * What a step names must be there, in this operation, and never lead back to itself. Gives the step as it is kept: its
 * type may decide whom it reaches (D-72).
 */
async function check(
  db: Database,
  operation: OperationView,
  asked: StepParameters,
  own?: number,
): Promise<StepParameters> {
  const type = await tables.findStepType(db, asked.typeCode)
  const status = await tables.findState(db, 'target', asked.finalStatus)
  const state = await tables.findState(db, 'step', asked.statusCode)
  const known = status && (state ? '' : asked.statusCode)
  const missing = type ? (known ?? asked.finalStatus) : asked.typeCode
  if (!type || missing !== '') {
    throw new AppError('invalid', 'operations/unknown-code', `Unknown: ${missing}.`, {
      details: { code: missing },
    })
  }
  const { channel, fields } = StepTypeDraft.pick({ channel: true, fields: true }).parse(type)
  const draft = { ...asked, audience: audienceFixedBy(channel) ?? asked.audience }
  checkLinks(operation, draft, own)
  const before = operation.steps.find(({ id }) => id === own)
  await checkDocument(db, draft.documentId, before?.documentId ?? null)
  if (own === undefined || !draft.isFinal) return draft
  const attachments = await steps.countAttachments(db, own)
  const [unused] = fieldProblems({ ...draft, attachments }, fields).filter(
    ({ problem }) => problem === 'unused',
  )
  if (!unused) return draft
  throw new AppError(
    'invalid',
    'operations/field-unused',
    `The type of the step does not use the field ${unused.field}.`,
    { details: { field: unused.field } },
  )
}

/** A file of another feature, which may take another right, is nobody's document. */
async function checkDocument(db: Database, documentId: string | null, before: string | null) {
  if (documentId === null || documentId === before) return
  const file = await findFile(db, documentId)
  if (file?.needs !== 'mailings.view') throw notFound()
}

function checkLinks(
  operation: OperationView,
  draft: StepParameters,
  own: number | undefined,
): void {
  const { originId, parentId } = draft
  const others = operation.steps.filter(({ id }) => id !== own)
  const parent = others.find(({ id }) => id === parentId)
  const origin = others.find(({ id }) => id === originId)
  if ((parentId !== null && !parent) || (originId !== null && !origin?.isFinal)) throw circle()
  if (own === undefined) return
  const linked = [...others, { id: own, originId, parentId }]
  if (isCyclic(linked, 'originId') || isCyclic(linked, 'parentId')) throw circle()
}

const circle = () =>
  new AppError(
    'invalid',
    'operations/step-circle',
    'A step cannot come from itself, from a title, or from a step that comes after it.',
  )

type Move = { id: number; parentId: number | null; beforeId: number | null }

export async function moveStep(db: Database, move: Move): Promise<OperationView> {
  const operation = await operationOf(db, move.id)
  const step = operation.steps.find(({ id }) => id === move.id)
  if (!step) throw notFound()
  checkLinks(operation, { ...step, parentId: move.parentId }, move.id)
  await steps.move(db, { ...move, campaignId: operation.id })
  return getOperation(db, operation.id)
}

export async function deleteStep(db: Database, actor: Actor, id: number): Promise<OperationView> {
  const operation = await operationOf(db, id)
  const label = operation.steps.find((step) => step.id === id)?.label ?? ''
  if (await steps.hasPast(db, id)) {
    throw new AppError(
      'conflict',
      'operations/step-launched',
      'The step was launched: its history stays.',
    )
  }
  const users = [...(await steps.dependents(db, id)), ...(await namersOf(db, actor, id))]
  if (users.length > 0) throw inUse(users.join(', '))
  await steps.remove(db, id)
  await audit(db, actor, 'operations/delete-step', operation.label, { stepId: id, step: label })
  return getOperation(db, operation.id)
}

/** What names the step in criteria, but the step itself. */
async function namersOf(db: Database, actor: Actor, stepId: number): Promise<string[]> {
  const places = await placesNaming(db, actor, 'step', [stepId])
  return places
    .filter(({ place, id }) => place !== 'step' || id !== stepId)
    .map(({ label }) => label)
}

/** A step becomes a title only when nobody is in it and nothing takes its people. */
async function ensureUnused(
  db: Database,
  actor: Actor,
  { steps: all }: OperationView,
  { id, statuses }: OperationView['steps'][number],
): Promise<void> {
  if (Object.keys(statuses).length > 0 || (await steps.hasPast(db, id))) {
    throw new AppError('conflict', 'operations/step-peopled', 'People are in this step.')
  }
  const fed = all.filter(({ originId }) => originId === id).map(({ label }) => label)
  const users = [...fed, ...(await namersOf(db, actor, id))]
  if (users.length > 0) throw inUse(users.join(', '))
}

/** Of activities for operations only a type that is in use and that the actor sees (A-S14). */
async function ensureUsable(db: Database, actor: Actor, typeId: number | null): Promise<void> {
  if (typeId === null || (await isTypeForOperations(db, actor, typeId))) return
  throw new AppError(
    'invalid',
    'operations/activity-type',
    'This type of activity is not there for operations, or not any more.',
  )
}

/** “Finished” also dates the completion (D-39, D-106). */
export async function setStepStatus(
  db: Database,
  { id, statusCode, now }: { id: number; statusCode: string; now: Date },
): Promise<OperationView> {
  const operation = await operationOf(db, id)
  const state = await tables.findState(db, 'step', statusCode)
  if (!state) {
    throw new AppError('invalid', 'operations/unknown-code', `Unknown: ${statusCode}.`, {
      details: { code: statusCode },
    })
  }
  const doneAt = state.meaning === 'finished' ? now : null
  await steps.setStatus(db, { id, statusCode, doneAt })
  return getOperation(db, operation.id)
}
