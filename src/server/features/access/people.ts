/** Users, groups and their rights. Every change leaves at least one administrator who can get in. */
import { randomUUID } from 'node:crypto'
import { rightsChanged } from '#core/access/effective.ts'
import type { GroupDraft, UserDraft, UserView } from '#core/access/user.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Context } from '#platform/http/app.ts'
import * as links from './link-queries.ts'
import { issue } from './links.ts'
import { audit } from './service.ts'
import * as sessions from './session-queries.ts'
import * as people from './user-queries.ts'

const noUser = () => new AppError('not-found', 'access/no-user', 'There is no such user.')
const noGroup = () => new AppError('not-found', 'access/no-group', 'There is no such group.')
const emailTaken = (email: string) =>
  new AppError('conflict', 'access/email-taken', `A user has the address ${email}.`, {
    details: { email },
  })
const nameTaken = (name: string) =>
  new AppError('conflict', 'access/group-name-taken', `A group named “${name}” exists.`, {
    details: { name },
  })

/** Runs a change of rights alone, and refuses it when nobody could undo it. */
async function keepingAdministrator<T>({ db }: Context, change: () => Promise<T>): Promise<T> {
  await people.lockRights(db)
  const before = await people.countAdministrators(db, 'by-password')
  const result = await change()
  const how = before > 0 ? 'by-password' : 'any-way'
  if ((await people.countAdministrators(db, how)) > 0) return result
  throw new AppError(
    'conflict',
    'access/last-administrator',
    'Nobody would be left who can manage users and rights.',
  )
}

export async function createUser(draft: UserDraft, context: Context) {
  const { db, actor, now } = context
  const id = await people.insert(db, randomUUID(), draft)
  if (!id) throw emailTaken(draft.email)
  await people.setRights(db, { userId: id }, draft.rights)
  if (!(await people.setGroups(db, id, draft.groupIds))) throw noGroup()
  await audit(db, actor, 'access/user-created', draft.email, {
    name: draft.name,
    given: draft.rights,
    groups: await groupNames(context, draft.groupIds),
  })
  return { id, link: await issue(context, { purpose: 'invitation', userId: id }, now) }
}

export async function updateUser(
  { id, ...draft }: UserDraft & { id: string; isActive: boolean },
  context: Context,
): Promise<void> {
  const { db, actor } = context
  const before = await people.find(db, id)
  if (!before) throw noUser()
  await keepingAdministrator(context, async () => {
    if (!(await people.update(db, id, draft))) throw emailTaken(draft.email)
    await people.setRights(db, { userId: id }, draft.rights)
    if (!(await people.setGroups(db, id, draft.groupIds))) throw noGroup()
    if (!draft.isActive) {
      await sessions.endAll(db, id)
      await links.endAll(db, id)
    }
  })
  await audit(db, actor, 'access/user-changed', draft.email, {
    ...(await difference(before, draft, context)),
  })
}

/** What an edit of a user changed, for the trail: names, not numbers. */
async function difference(
  before: UserView,
  after: UserDraft & { isActive: boolean },
  context: Context,
) {
  const fields = ['name', 'email', 'locale', 'isActive'] as const
  const changed = fields.filter((field) => before[field] !== after[field])
  const { given, taken } = rightsChanged(before.rights, after.rights)
  const joined = after.groupIds.filter((id) => !before.groupIds.includes(id))
  const left = before.groupIds.filter((id) => !after.groupIds.includes(id))
  return {
    ...Object.fromEntries(changed.map((field) => [field, after[field]])),
    ...(given.length > 0 ? { given } : {}),
    ...(taken.length > 0 ? { taken } : {}),
    ...(joined.length > 0 ? { joined: await groupNames(context, joined) } : {}),
    ...(left.length > 0 ? { left: await groupNames(context, left) } : {}),
  }
}

async function groupNames({ db }: Context, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return []
  return (await people.listGroups(db)).filter(({ id }) => ids.includes(id)).map(({ name }) => name)
}

export async function issueUserLink(id: string, context: Context) {
  const { db, actor, now } = context
  const user = await people.find(db, id)
  if (!user) throw noUser()
  if (!user.isActive) {
    throw new AppError('conflict', 'access/inactive', 'This user is no longer active.')
  }
  // Whoever hands on the link vouches for the person, who may have lost the telephone.
  if (user.twoFactorEnabled) await links.removeTwoFactor(db, id)
  const purpose = user.hasPassword ? 'reset' : 'invitation'
  await audit(db, actor, 'access/link-issued', user.email, {
    purpose,
    ...(user.twoFactorEnabled ? { secondFactor: false } : {}),
  })
  return issue(context, { purpose, userId: id }, now)
}

export async function createGroup(draft: GroupDraft, context: Context): Promise<{ id: number }> {
  const { db, actor } = context
  await people.lockRights(db)
  const id = await people.insertGroup(db, draft.name)
  if (id === undefined) throw nameTaken(draft.name)
  await people.setRights(db, { groupId: id }, draft.rights)
  if (!(await people.setMembers(db, id, draft.memberIds))) throw noUser()
  await audit(db, actor, 'access/group-created', draft.name, {
    given: draft.rights,
    members: await memberNames(context, draft.memberIds),
  })
  return { id }
}

export async function updateGroup(
  { id, ...draft }: GroupDraft & { id: number },
  context: Context,
): Promise<void> {
  const { db, actor } = context
  const before = await findGroup(id, context)
  await keepingAdministrator(context, async () => {
    if (!(await people.renameGroup(db, id, draft.name))) throw nameTaken(draft.name)
    await people.setRights(db, { groupId: id }, draft.rights)
    if (!(await people.setMembers(db, id, draft.memberIds))) throw noUser()
  })
  const joined = draft.memberIds.filter((member) => !before.memberIds.includes(member))
  const left = before.memberIds.filter((member) => !draft.memberIds.includes(member))
  await audit(db, actor, 'access/group-changed', draft.name, {
    ...(draft.name === before.name ? {} : { before: before.name }),
    ...rightsChanged(before.rights, draft.rights),
    joined: await memberNames(context, joined),
    left: await memberNames(context, left),
  })
}

export async function deleteGroup(id: number, context: Context): Promise<void> {
  const { db, actor } = context
  const before = await findGroup(id, context)
  await keepingAdministrator(context, () => people.deleteGroup(db, id))
  await audit(db, actor, 'access/group-deleted', before.name, {
    taken: before.rights,
    members: await memberNames(context, before.memberIds),
  })
}

async function findGroup(id: number, { db }: Context) {
  const group = (await people.listGroups(db)).find((one) => one.id === id)
  if (!group) throw noGroup()
  return group
}

async function memberNames({ db }: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  return (await people.list(db)).filter(({ id }) => ids.includes(id)).map(({ email }) => email)
}
