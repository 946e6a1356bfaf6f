/** The attachments of a step as its e-mails carry them. */
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { encodedSize, largestEmail, type StepFile } from '#core/campaigns/attachment.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { filePath, storeFile } from '#platform/files.ts'
import type { Services } from '#platform/http/app.ts'
import { listAttachments, type Step } from '../campaigns/service.ts'
import { type Attachment, encodeAttachments } from './mime/attachments.ts'
import * as runs from './run-queries.ts'

export type Tail = { readonly bytes: Buffer; readonly fileId: string | null }

type Store = Pick<Services, 'db' | 'config'>

/**
 * Of a run: what its first messages left with, kept on disk, so that no message of the step ever differs from another,
 * whatever becomes of the files meanwhile. Null without attachments. Throws `delivery/attachment-missing`.
 */
export async function frozenTail(store: Store, step: Step): Promise<Tail | null> {
  const { tailId = null } = (await runs.find(store.db, step.id)) ?? {}
  if (tailId !== null) return { bytes: await readKept(store, tailId), fileId: tailId }
  const bytes = await freshTail(store, step.id)
  if (!bytes) return null
  const file = await storeFile(
    store,
    {
      name: 'attachments.eml',
      mediaType: 'application/octet-stream',
      needs: 'mailings.view',
      createdBy: step.launchedBy,
    },
    Readable.from([bytes]),
  )
  await runs.keepTail(store.db, step.id, file.id)
  return { bytes, fileId: file.id }
}

/** Of a test: the attachments as they are now. */
export async function freshTail(store: Store, stepId: number): Promise<Buffer | null> {
  const files = await listAttachments(store.db, stepId)
  if (files.length === 0) return null
  if (files.reduce((sum, { size }) => sum + encodedSize(size), 0) > largestEmail) {
    throw new AppError('invalid', 'delivery/too-heavy', 'The attachments are too heavy to leave.')
  }
  await using opened = new AsyncDisposableStack()
  const attachments: Attachment[] = []
  for (const file of files) attachments.push(await openFile(store, file, opened))
  return await encodeAttachments(attachments)
}

async function openFile(
  store: Store,
  { id, name, size }: StepFile,
  opened: AsyncDisposableStack,
): Promise<Attachment> {
  const handle = await found(open(filePath(store, id)), name)
  opened.defer(() => handle.close())
  return { name, size, read: (into) => fill(handle, into) }
}

async function fill(handle: FileHandle, into: Buffer): Promise<number> {
  let at = 0
  for (let got = 1; at < into.length && got > 0; at += got) {
    got = (await handle.read(into, at)).bytesRead
  }
  return at
}

const readKept = (store: Store, fileId: string) => found(readFile(filePath(store, fileId)), fileId)

/** A data folder may have been restored without its files. */
async function found<T>(file: Promise<T>, name: string): Promise<T> {
  return file.catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause
    throw new AppError('unavailable', 'delivery/attachment-missing', `${name}: the file is gone.`, {
      cause,
    })
  })
}
