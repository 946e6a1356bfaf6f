import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { builtInFormats, type LabelFormat, type LabelShape } from '#core/labels/format.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import * as queries from './queries.ts'

export const listFormats = async (db: Database): Promise<LabelFormat[]> => [
  ...builtInFormats,
  ...(await queries.formats(db)),
]

export async function findFormat(db: Database, key: string): Promise<LabelFormat> {
  const found = (await listFormats(db)).find((format) => format.key === key)
  if (!found) throw noSuchFormat()
  return found
}

const noSuchFormat = () =>
  new AppError(
    'not-found',
    'labels/no-such-format',
    'There is no such label format, or not any more.',
  )

const nameTaken = (name: string) =>
  new AppError('conflict', 'labels/name-taken', `There is a format called ${name}.`, {
    details: { name },
  })

export async function createFormat(db: Database, actor: Actor, shape: LabelShape) {
  const made = await queries.insertFormat(db, shape)
  if (!made) throw nameTaken(shape.name)
  await audit(db, actor, 'labels/create-format', shape.name)
  return made
}

export async function updateFormat(
  db: Database,
  actor: Actor,
  { id, ...shape }: LabelShape & { id: number },
) {
  if (await queries.isNameTaken(db, shape.name, id)) throw nameTaken(shape.name)
  const changed = await queries.updateFormat(db, id, shape)
  if (!changed) throw noSuchFormat()
  await audit(db, actor, 'labels/update-format', shape.name)
  return changed
}

export async function removeFormat(db: Database, actor: Actor, id: number) {
  const format = (await queries.formats(db)).find((one) => one.id === id)
  if (!format || !(await queries.removeFormat(db, id))) throw noSuchFormat()
  await audit(db, actor, 'labels/delete-format', format.name)
}
