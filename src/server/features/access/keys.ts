/** Giving and taking confidentiality keys. What is kept under a key is never without one by a change here. */
import type { KeyDraft, KeyView } from '#core/access/key.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Context } from '#platform/http/app.ts'
import * as keys from './key-queries.ts'
import { audit } from './service.ts'
import * as people from './user-queries.ts'

const noKey = () => new AppError('not-found', 'access/no-key', 'There is no such key.')
const noHolder = () =>
  new AppError('not-found', 'access/no-holder', 'One of the users or groups is not there.')

export async function createKey(draft: KeyDraft, context: Context): Promise<{ id: number }> {
  const { db } = context
  await refuseTaken(context, draft.label, null)
  const id = await keys.insert(db, draft.label)
  if (!(await keys.setHolders(db, id, draft))) throw noHolder()
  await write('access/key-created', draft, context, { userIds: [], groupIds: [] })
  return { id }
}

export async function updateKey(
  { id, ...draft }: KeyDraft & { id: number },
  context: Context,
): Promise<void> {
  const { db } = context
  const before = await find(id, context)
  await refuseTaken(context, draft.label, id)
  await keys.rename(db, id, draft.label)
  if (!(await keys.setHolders(db, id, draft))) throw noHolder()
  await write('access/key-changed', draft, context, before)
}

export async function deleteKey(id: number, context: Context): Promise<void> {
  const before = await find(id, context)
  if (before.uses > 0) {
    throw new AppError('conflict', 'access/key-in-use', 'Something is kept under this key.', {
      details: { count: before.uses },
    })
  }
  await keys.remove(context.db, id)
  const after = { label: before.label, userIds: [], groupIds: [] }
  await write('access/key-deleted', after, context, before)
}

async function find(id: number, { db }: Context): Promise<KeyView> {
  const key = (await keys.list(db)).find((one) => one.id === id)
  if (!key) throw noKey()
  return key
}

async function refuseTaken({ db }: Context, label: string, but: number | null): Promise<void> {
  if (!(await keys.isTaken(db, label, but))) return
  throw new AppError('conflict', 'access/key-taken', `A key named “${label}” exists.`, {
    details: { label },
  })
}

type Holders = Pick<KeyDraft, 'userIds' | 'groupIds'> & { label?: string }

/** Names, not numbers; and whether who did it now sees more than before. */
async function write(action: string, after: KeyDraft, context: Context, before: Holders) {
  const { db, actor } = context
  const groups = await people.listGroups(db)
  const users = await people.list(db)
  const named = (holders: Holders) => [
    ...users.filter(({ id }) => holders.userIds.includes(id)).map(({ email }) => email),
    ...groups.filter(({ id }) => holders.groupIds.includes(id)).map(({ name }) => name),
  ]
  const own = groups.filter(({ memberIds }) => actor.id !== null && memberIds.includes(actor.id))
  const holds = ({ userIds, groupIds }: Holders) =>
    (actor.id !== null && userIds.includes(actor.id)) || own.some(({ id }) => groupIds.includes(id))
  const [had, has] = [named(before), named(after)]
  await audit(db, actor, action, after.label, {
    ...(before.label === undefined || before.label === after.label ? {} : { before: before.label }),
    given: has.filter((name) => !had.includes(name)),
    taken: had.filter((name) => !has.includes(name)),
    ...(holds(after) && !holds(before) ? { toOneself: true } : {}),
  })
}
