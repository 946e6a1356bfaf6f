/** Files on cards: attached, fetched, removed; they go with the card. */
import { AppError } from '#core/kernel/app-error.ts'
import { largestPartyFile, mostPartyFiles, type PartyFile } from '#core/parties/files-api.ts'
import { download, findFile, readableOf, storeFile } from '#platform/files.ts'
import type { Context } from '#platform/http/app.ts'
import { audit } from '../access/service.ts'
import * as files from './file-queries.ts'
import { getParty } from './service.ts'

const noFile = () => new AppError('not-found', 'parties/no-such-file', 'There is no such file.')

type Upload = { id: number; name: string; body: ReadableStream | null }

export async function attachFile(
  { db, config, actor, now }: Context,
  { id, name, body }: Upload,
): Promise<PartyFile[]> {
  await getParty(db, id)
  if ((await files.list(db, id)).length >= mostPartyFiles)
    throw new AppError('conflict', 'parties/too-many-files', 'It has as many files as it can.', {
      details: { count: mostPartyFiles },
    })
  const kept = {
    name,
    mediaType: 'application/octet-stream',
    needs: 'customers.view',
    createdBy: actor.id,
    largest: largestPartyFile,
  } as const
  const file = await storeFile({ db, config }, kept, readableOf(body))
  const at = now.toISOString()
  await files.attach(db, { partyId: id, fileId: file.id, name, authorName: actor.name, at })
  return files.list(db, id)
}

export async function listFiles({ db }: Context, id: number): Promise<PartyFile[]> {
  await getParty(db, id)
  return files.list(db, id)
}

export async function downloadFile(on: Context, id: number, fileId: string): Promise<Response> {
  const own = await files.list(on.db, id)
  const stored = own.some((one) => one.id === fileId) && (await findFile(on.db, fileId))
  if (!stored) throw noFile()
  return download(on, stored)
}

/** The bytes go with the next sweep; the trail keeps the name. */
export async function detachFile(on: Context, id: number, fileId: string): Promise<void> {
  const { code } = await getParty(on.db, id)
  const file = (await files.list(on.db, id)).find((one) => one.id === fileId)
  if (!file || !(await files.detach(on.db, id, fileId))) throw noFile()
  await audit(on.db, on.actor, 'parties/delete-file', code, { name: file.name })
}
