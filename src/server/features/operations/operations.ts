/** The header of an operation. */
import { isSending, StepState } from '#core/campaigns/campaign.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import {
  type OperationDraft,
  OperationMeaning,
  type OperationView,
} from '#core/operations/operation.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { placesNaming } from '../segments/service.ts'
import { copyAll, shiftDates } from './copy-queries.ts'
import * as operations from './operation-queries.ts'
import { changedMeanwhile, inUse, notFound } from './refusals.ts'
import * as tables from './table-queries.ts'

export async function getOperation(db: Database, id: number): Promise<OperationView> {
  const operation = await operations.find(db, id)
  if (!operation) throw notFound()
  return operation
}

export async function createOperation(
  db: Database,
  actor: Actor,
  { copyOf, shiftDays, ...draft }: OperationDraft & { copyOf: number | null; shiftDays: number },
): Promise<OperationView> {
  const state = await check(db, actor, draft)
  if (copyOf !== null) await getOperation(db, copyOf)
  const id = await operations.insert(db, { ...draft, state }, actor.id)
  if (copyOf !== null) {
    await copyAll(db, copyOf, id)
    if (shiftDays !== 0) await shiftDates(db, id, shiftDays)
  }
  await audit(db, actor, 'operations/create', draft.label, {
    campaignId: id,
    ...(copyOf === null ? {} : { copyOf }),
  })
  return getOperation(db, id)
}

export async function updateOperation(
  db: Database,
  actor: Actor,
  change: OperationDraft & { id: number; version: number },
): Promise<OperationView> {
  const before = await getOperation(db, change.id)
  const state = await check(db, actor, change, before)
  if (!(await operations.update(db, { ...change, state }))) throw changedMeanwhile()
  if (before.keyId !== change.keyId) {
    await audit(db, actor, 'operations/confidentiality', change.label, {
      campaignId: change.id,
      keyId: change.keyId,
    })
  }
  return getOperation(db, change.id)
}

/** The meaning of the state chosen. Refuses a key that the actor does not hold, and what is not there. */
async function check(
  db: Database,
  actor: Actor,
  { stateCode, keyId, kinds }: OperationDraft,
  before?: OperationView,
): Promise<OperationMeaning> {
  if (keyId !== null && keyId !== before?.keyId && !actor.keys.includes(keyId)) {
    throw new AppError('forbidden', 'operations/key-not-held', 'Only who holds a key can use it.')
  }
  const unknownKind = await operations.findUnknownKind(db, kinds)
  if (unknownKind !== undefined) {
    throw new AppError('invalid', 'operations/unknown-kind', `Unknown kind: ${unknownKind}.`, {
      details: { kind: unknownKind },
    })
  }
  const state = await tables.findState(db, 'operation', stateCode)
  if (!state) {
    throw new AppError('invalid', 'operations/unknown-state', `Unknown state: ${stateCode}.`, {
      details: { state: stateCode },
    })
  }
  return OperationMeaning.parse(state.meaning)
}

export async function deleteOperation(
  db: Database,
  actor: Actor,
  { id, now }: { id: number; now: Date },
): Promise<void> {
  const operation = await getOperation(db, id)
  const isBusy = operation.steps.some(({ state }) => isSending(StepState.parse(state)))
  if (isBusy) {
    throw new AppError('conflict', 'operations/being-sent', 'A step is being sent; stop it first.')
  }
  const stepIds = operation.steps.map((step) => step.id)
  const users = [
    ...(await placesNaming(db, actor, 'step', stepIds)),
    ...(await placesNaming(db, actor, 'campaign', [id])),
  ]
  const other = users.find(({ campaignId }) => campaignId !== id)
  if (other) throw inUse(other.label)
  await operations.setDeleted(db, id, now)
  await audit(db, actor, 'operations/delete', operation.label, { campaignId: id })
}

export async function restoreOperation(
  db: Database,
  actor: Actor,
  id: number,
): Promise<OperationView> {
  if (!(await operations.setDeleted(db, id, null))) throw notFound()
  const operation = await getOperation(db, id)
  await audit(db, actor, 'operations/restore', operation.label, { campaignId: id })
  return operation
}
