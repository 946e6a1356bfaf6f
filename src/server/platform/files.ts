/** Files that people bring and jobs produce: bytes in DATA_DIR/files, one row each in `files`. */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#core/kernel/app-error.ts'
import type { Right } from '#core/kernel/right.ts'
import type { Database } from './db/database.ts'
import type { Services } from './http/app.ts'

export type StoredFile = {
  id: string
  name: string
  mediaType: string
  size: number
  needs: string
  createdBy: string | null
}

export type NewFile = {
  name: string
  mediaType: string
  /** The right it takes to fetch it; its maker always may. */
  needs: Right
  createdBy: string | null
  /** Bytes; more is refused and nothing is kept. */
  largest?: number
}

type Store = Pick<Services, 'db' | 'config'>

export const filePath = ({ config }: Pick<Services, 'config'>, id: string) =>
  join(config.dataDir, 'files', id)

/** Writes the stream to disk, then its row. A full disk or a broken upload leaves neither. */
export async function storeFile(store: Store, file: NewFile, bytes: Readable): Promise<StoredFile> {
  const id = randomUUID()
  const path = filePath(store, id)
  await mkdir(join(store.config.dataDir, 'files'), { recursive: true })
  try {
    const size = await writeCapped(bytes, path, file.largest ?? Number.POSITIVE_INFINITY)
    const { name, mediaType, needs, createdBy } = file
    await store.db
      .insertInto('files')
      .values({ id, name, mediaType, size, needs, createdBy })
      .execute()
    return { id, name, mediaType, size, needs, createdBy }
  } catch (error) {
    await rm(path, { force: true })
    throw isDiskFull(error)
      ? new AppError('unavailable', 'files/disk-full', 'The disk is full.', { cause: error })
      : error
  }
}

async function writeCapped(bytes: Readable, path: string, largest: number): Promise<number> {
  let size = 0
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      size += chunk.length
      if (size > largest) {
        throw new AppError('too-large', 'files/too-large', 'The file is too large.', {
          details: { megabytes: Math.floor(largest / 2 ** 20) },
        })
      }
      yield chunk
    }
  }
  await pipeline(bytes, counted, createWriteStream(path))
  return size
}

export async function findFile(db: Database, id: string): Promise<StoredFile | undefined> {
  return db
    .selectFrom('files')
    .select(['id', 'name', 'mediaType', 'size', 'needs', 'createdBy'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** An answer that the browser saves and never shows: no file of ours can run in our origin. */
export function asFile(
  bytes: string | Uint8Array | AsyncIterable<Uint8Array>,
  { name, mediaType, size }: { name: string; mediaType: string; size?: number },
): Response {
  return new Response(bodyOf(bytes), {
    headers: {
      'content-type': mediaType,
      ...(size === undefined ? {} : { 'content-length': String(size) }),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}

function bodyOf(bytes: string | Uint8Array | AsyncIterable<Uint8Array>) {
  if (typeof bytes === 'string') return bytes
  return bytes instanceof Uint8Array ? new Uint8Array(bytes) : ReadableStream.from(bytes)
}

export const download = (store: Pick<Services, 'config'>, file: StoredFile): Response =>
  asFile(createReadStream(filePath(store, file.id)), file)

/** The body of a request as storeFile takes it. */
export const readableOf = (body: ReadableStream | null): Readable =>
  body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([])

/** What is left on disk of files whose rows are gone. */
export async function removeBytes(
  store: Pick<Services, 'config'>,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) await rm(filePath(store, id), { force: true })
}

export const isDiskFull = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === '53100')
