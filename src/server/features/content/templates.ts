/** Messages kept under a name, to start others from. */
import type { MessageTemplate } from '#core/content/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import * as queries from './template-queries.ts'

const nameTaken = (name: string) =>
  new AppError('conflict', 'content/name-taken', `There is a template called ${name}.`, {
    details: { name },
  })

export async function findTemplate(db: Database, id: number): Promise<MessageTemplate> {
  const template = await queries.find(db, id)
  if (template) return template
  throw new AppError('not-found', 'content/no-such-template', 'There is no such template.')
}

export async function createTemplate(
  db: Database,
  actor: Actor,
  { name, body }: { name: string; body: ContentBody },
): Promise<MessageTemplate> {
  const by = { createdBy: actor.id, createdByName: actor.name }
  const made = await queries.insert(db, { name, body, ...by })
  if (!made) throw nameTaken(name)
  await audit(db, actor, 'content/create-template', name)
  return made
}

export async function renameTemplate(
  db: Database,
  actor: Actor,
  { id, name }: { id: number; name: string },
): Promise<MessageTemplate> {
  await findTemplate(db, id)
  if (!(await queries.rename(db, id, name))) throw nameTaken(name)
  await audit(db, actor, 'content/rename-template', name)
  return findTemplate(db, id)
}

export async function removeTemplate(db: Database, actor: Actor, id: number): Promise<void> {
  const { name } = await findTemplate(db, id)
  await queries.remove(db, id)
  await audit(db, actor, 'content/delete-template', name)
}
