/** Files that go with a step: one document, some attachments. */
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { AppError } from '#core/kernel/app-error.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { StepTypeDraft } from '#core/operations/tables.ts'
import { largestStepFile } from '#core/operations/template-api.ts'
import type { Database } from '#platform/db/database.ts'
import { download, filePath, findFile, storeFile } from '#platform/files.ts'
import type { Context } from '#platform/http/app.ts'
import * as files from './file-queries.ts'
import { getOperation } from './operations.ts'
import { notFound } from './refusals.ts'
import { operationOf } from './steps.ts'
import * as tables from './table-queries.ts'

const mostAttachments = 20

type Upload = { id: number; name: string; as: 'document' | 'attachment' }

export async function upload(
  { db, config, actor }: Context,
  { id, name, as }: Upload,
  body: ReadableStream | null,
): Promise<OperationView> {
  const { step, operation } = await find(db, id)
  await refuseUnused(db, step, as)
  if (as === 'attachment' && step.attachments.length >= mostAttachments) {
    throw new AppError('conflict', 'operations/too-many-files', 'The step has enough files.', {
      details: { most: mostAttachments },
    })
  }
  const bytes = body
    ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
    : Readable.from([])
  const file = await storeFile(
    { db, config },
    {
      name,
      mediaType: 'application/octet-stream',
      needs: 'mailings.view',
      createdBy: actor.id,
      largest: largestStepFile,
    },
    bytes,
  )
  if (as === 'attachment') await files.attach(db, id, file)
  else await replaceDocument({ db, config }, step, file.id)
  return getOperation(db, operation.id)
}

async function refuseUnused(db: Database, step: StepOfOperation, field: Upload['as']) {
  const type = await tables.findStepType(db, step.typeCode)
  const { fields } = StepTypeDraft.pick({ fields: true }).parse(type)
  if (step.isFinal && fields[field] !== 'unused') return
  throw new AppError(
    'invalid',
    'operations/field-unused',
    `The type of the step does not use the field ${field}.`,
    { details: { field } },
  )
}

type Store = Pick<Context, 'db' | 'config'>

async function replaceDocument(store: Store, step: StepOfOperation, documentId: string | null) {
  await files.setDocument(store.db, step.id, documentId)
  if (step.documentId !== null) await forget(store, step.documentId)
}

async function forget({ db, config }: Store, fileId: string): Promise<void> {
  if (await files.forget(db, fileId)) await rm(filePath({ config }, fileId), { force: true })
}

export async function remove(
  store: Store,
  { id, fileId }: { id: number; fileId: string },
): Promise<OperationView> {
  const { step, operation } = await find(store.db, id)
  if (step.documentId === fileId) await replaceDocument(store, step, null)
  else {
    await files.detach(store.db, id, fileId)
    await forget(store, fileId)
  }
  return getOperation(store.db, operation.id)
}

/** Only a file that the step has, and only as a download. */
export async function send(
  { db, config }: Store,
  { id, fileId }: { id: number; fileId: string },
): Promise<Response> {
  const { step } = await find(db, id)
  const isOwn = [step.documentId, ...step.attachments.map((file) => file.id)].includes(fileId)
  const file = isOwn ? await findFile(db, fileId) : undefined
  if (!file) throw notFound()
  return download({ config }, file)
}

async function find(db: Database, stepId: number) {
  const operation = await operationOf(db, stepId)
  const step = operation.steps.find(({ id }) => id === stepId)
  if (!step) throw notFound()
  return { operation, step }
}
