/** Files on activities: attached, fetched, removed. */
import { createReadStream } from 'node:fs'
import type { ActivityView } from '#core/activities/activity.ts'
import { largestAttachment, mostAttachments } from '#core/activities/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import {
  asFile,
  download,
  filePath,
  findFile,
  readableOf,
  removeBytes,
  storeFile,
} from '#platform/files.ts'
import type { Context, Services } from '#platform/http/app.ts'
import { getActivity } from './activities.ts'
import * as files from './file-queries.ts'
import type { KeptCopy } from './queries.ts'

const noFile = () => new AppError('not-found', 'activities/no-such-file', 'There is no such file.')

type Upload = { id: number; name: string; body: ReadableStream | null }

export async function attachFile(on: Context, { id, name, body }: Upload): Promise<ActivityView> {
  const { db, config, actor } = on
  await getActivity(on, id)
  if ((await files.count(db, id)) >= mostAttachments)
    throw new AppError('conflict', 'activities/too-many-files', 'It has as many files as it can.', {
      details: { count: mostAttachments },
    })
  const kept = {
    name,
    mediaType: 'application/octet-stream',
    needs: 'activities.view',
    createdBy: actor.id,
    largest: largestAttachment,
  } as const
  const file = await storeFile({ db, config }, kept, readableOf(body))
  await files.attach(db, { activityId: id, fileId: file.id, name })
  return getActivity(on, id)
}

export async function downloadFile(on: Context, id: number, fileId: string): Promise<Response> {
  const { attachments } = await getActivity(on, id)
  const stored = attachments.some((one) => one.id === fileId) && (await findFile(on.db, fileId))
  if (!stored) throw noFile()
  return download(on, stored)
}

export async function detachFile(on: Context, id: number, fileId: string): Promise<ActivityView> {
  await getActivity(on, id)
  if (!(await files.detach(on.db, id, fileId))) throw noFile()
  return getActivity(on, id)
}

/** The bytes of files whose activities are gone, with their cards or by hand. */
export async function sweepFiles({
  db,
  config,
  now,
}: Pick<Services, 'db' | 'config' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - 86_400_000)
  await removeBytes({ config }, await files.takeOrphans(db, before))
}

/** A message as it left, with the attachments that all of its step left with. */
export function downloadCopy(
  { config }: Pick<Services, 'config'>,
  { name, eml, tailId }: KeptCopy,
): Response {
  const parts = async function* () {
    yield eml
    if (tailId !== null) yield* createReadStream(filePath({ config }, tailId))
  }
  return asFile(parts(), { name, mediaType: 'message/rfc822' })
}
