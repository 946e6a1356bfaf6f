/** The document of a step. */
import { Readable } from 'node:stream'
import { largestStepFile } from '#core/campaigns/attachment.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { StepTypeDraft } from '#core/operations/tables.ts'
import type { Database } from '#platform/db/database.ts'
import { download, findFile, storeFile } from '#platform/files.ts'
import type { Context } from '#platform/http/app.ts'
import { forgetFile } from '../campaigns/service.ts'
import { getOperation } from './operations.ts'
import { notFound } from './refusals.ts'
import { setDocument } from './step-queries.ts'
import { operationOf } from './steps.ts'
import * as tables from './table-queries.ts'

export async function upload(
  { db, config, actor }: Context,
  { id, name }: { id: number; name: string },
  body: ReadableStream | null,
): Promise<OperationView> {
  const { step, operation } = await find(db, id)
  await refuseUnused(db, step)
  const bytes = body
    ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
    : Readable.from([])
  const kept = {
    name,
    mediaType: 'application/octet-stream',
    needs: 'mailings.view',
    createdBy: actor.id,
    largest: largestStepFile,
  } as const
  const file = await storeFile({ db, config }, kept, bytes)
  await replace({ db, config }, step, file.id)
  return getOperation(db, operation.id)
}

async function refuseUnused(db: Database, step: StepOfOperation) {
  const type = await tables.findStepType(db, step.typeCode)
  const { fields } = StepTypeDraft.pick({ fields: true }).parse(type)
  if (step.isFinal && fields.document !== 'unused') return
  throw new AppError(
    'invalid',
    'operations/field-unused',
    'The type of the step does not use the field document.',
    { details: { field: 'document' } },
  )
}

type Store = Pick<Context, 'db' | 'config'>

async function replace(store: Store, step: StepOfOperation, documentId: string | null) {
  await setDocument(store.db, step.id, documentId)
  if (step.documentId !== null) await forgetFile(store, step.documentId)
}

export async function remove(store: Store, id: number): Promise<OperationView> {
  const { step, operation } = await find(store.db, id)
  await replace(store, step, null)
  return getOperation(store.db, operation.id)
}

/** Only as a download. */
export async function send({ db, config }: Store, id: number): Promise<Response> {
  const { documentId } = (await find(db, id)).step
  const file = documentId === null ? undefined : await findFile(db, documentId)
  if (!file) throw notFound()
  return download({ config }, file)
}

async function find(db: Database, stepId: number) {
  const operation = await operationOf(db, stepId)
  const step = operation.steps.find(({ id }) => id === stepId)
  if (!step) throw notFound()
  return { operation, step }
}
