/** Folders, and where operations hang. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Folder, FolderDraft } from '#core/operations/operation.ts'
import type { Database } from '#platform/db/database.ts'
import { audit, hiddenOf } from '../access/service.ts'
import { getOperation } from './operations.ts'
import { changedMeanwhile, notFound } from './refusals.ts'
import * as tree from './tree-queries.ts'

export const getTree = async (db: Database, actor: Actor) => ({
  folders: await tree.folders(db),
  operations: await tree.operations(db, actor),
  opensUnfolded: await tree.opensUnfolded(db, actor.id),
})

/** The program itself has no preferences. */
export async function savePreference(db: Database, actor: Actor, opensUnfolded: boolean) {
  if (actor.id !== null) await tree.savePreference(db, actor.id, opensUnfolded)
}

export async function createFolder(
  db: Database,
  actor: Actor,
  draft: FolderDraft,
): Promise<Folder> {
  const folder = await tree.insertFolder(db, draft)
  await audit(db, actor, 'operations/create-folder', folder.label, { folderId: folder.id })
  return folder
}

type Renaming = { id: number; version: number; code: string; label: string }

export async function updateFolder(db: Database, change: Renaming): Promise<Folder> {
  const folder = await tree.updateFolder(db, change)
  if (!folder) throw changedMeanwhile()
  return folder
}

/** Only an empty one, and one holding what the caller may not see is not empty. */
export async function deleteFolder(db: Database, actor: Actor, id: number): Promise<void> {
  const folder = (await tree.folders(db)).find((each) => each.id === id)
  if (!folder) throw notFound()
  if (!(await tree.deleteFolder(db, id))) {
    throw new AppError(
      'conflict',
      'operations/folder-not-empty',
      'Something hangs below this title.',
    )
  }
  await audit(db, actor, 'operations/delete-folder', folder.label, { folderId: id })
}

export async function move(db: Database, actor: Actor, move: tree.Move): Promise<void> {
  if (move.kind === 'operation') {
    const [hidden] = await hiddenOf(db, actor, 'campaign', [move.id])
    if (hidden !== undefined) throw notFound()
    await getOperation(db, move.id)
  }
  if (move.kind === 'folder') await tree.lockFolders(db)
  if (
    move.kind === 'folder' &&
    move.folderId !== null &&
    (await tree.isBelow(db, move.folderId, move.id))
  ) {
    throw new AppError('invalid', 'operations/circle', 'A title cannot hang below itself.')
  }
  await tree.move(db, move)
}
