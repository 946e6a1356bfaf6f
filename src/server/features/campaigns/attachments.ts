/** Attaching files to the e-mails of a step. They are fixed by its launch, like what the messages say. */
import { Readable } from 'node:stream'
import { largestStepFile, mostAttachments, type StepFile } from '#core/campaigns/attachment.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import { download, findFile, storeFile } from '#platform/files.ts'
import type { Context } from '#platform/http/app.ts'
import * as attachments from './attachment-queries.ts'
import { editable, forgetFile, getStep } from './service.ts'

export async function list(db: Database, stepId: number): Promise<StepFile[]> {
  await getStep(db, stepId)
  return attachments.list(db, stepId)
}

type Upload = { id: number; name: string }

/** The bytes are on disk before the step is locked; a refusal after that takes them away again. */
export async function add(
  { db, config, actor }: Context,
  { id, name }: Upload,
  body: ReadableStream | null,
): Promise<StepFile[]> {
  await refuse(db, id)
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
  try {
    return await db.transaction().execute(async (trx) => {
      await refuse(trx, id)
      await attachments.attach(trx, id, file)
      return attachments.list(trx, id)
    })
  } catch (error) {
    await forgetFile({ db, config }, file.id)
    throw error
  }
}

/** Locks the step, so that no launch comes between. */
async function refuse(db: Database, stepId: number): Promise<void> {
  await getStep(db, stepId, true)
  await editable(db, { stepId })
  if (!(await attachments.usesAttachments(db, stepId))) {
    throw new AppError(
      'invalid',
      'operations/field-unused',
      'The type of the step does not use the field attachment.',
      { details: { field: 'attachment' } },
    )
  }
  if ((await attachments.list(db, stepId)).length < mostAttachments) return
  throw new AppError('conflict', 'campaigns/too-many-files', 'The step has enough files.', {
    details: { most: mostAttachments },
  })
}

type Named = { id: number; fileId: string }

export async function remove(
  { db, config }: Pick<Context, 'db' | 'config'>,
  { id, fileId }: Named,
): Promise<StepFile[]> {
  await getStep(db, id, true)
  await editable(db, { stepId: id })
  if (!(await attachments.detach(db, id, fileId))) throw noFile()
  await forgetFile({ db, config }, fileId)
  return attachments.list(db, id)
}

/** Only a file that the step has, and only as a download. */
export async function send(
  { db, config }: Pick<Context, 'db' | 'config'>,
  { id, fileId }: Named,
): Promise<Response> {
  const own = (await list(db, id)).some((one) => one.id === fileId)
  const file = own ? await findFile(db, fileId) : undefined
  if (!file) throw noFile()
  return download({ config }, file)
}

const noFile = () => new AppError('not-found', 'campaigns/no-such-file', 'There is no such file.')
