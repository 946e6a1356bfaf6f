import { sql } from 'kysely'
import { effectiveRights } from '#core/access/effective.ts'
import { effectiveKeys } from '#core/access/key.ts'
import { GroupView, type UserDraft, UserView } from '#core/access/user.ts'
import type { Right } from '#core/kernel/right.ts'
import type { Database } from '#platform/db/database.ts'
import * as keyQueries from './key-queries.ts'

export type Holder = { userId: string } | { groupId: number }

/** Changes of rights run one after the other, so that two of them cannot each remove the other's administrator. */
export async function lockRights(db: Database): Promise<void> {
  await sql`lock table rights_granted in share row exclusive mode`.execute(db)
}

const ownRights = sql<string[]>`array(
  select granted."right" from rights_granted granted where granted.user_id = users.id
)`
const ownGroups = sql<number[]>`array(
  select member.group_id::int from user_group_members member
  where member.user_id = users.id order by member.group_id
)`
const hasPassword = sql<boolean>`exists (
  select from accounts account where account.user_id = users.id and account.password is not null
)`

/** All users by name, or the one asked for. */
export async function list(db: Database, id?: string): Promise<UserView[]> {
  const groups = new Map((await listGroups(db)).map((group) => [group.id, group]))
  const keys = await keyQueries.list(db)
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'locale', 'isActive', 'twoFactorEnabled'])
    .select('lastSignInAt as lastSignIn')
    .select([ownRights.as('rights'), ownGroups.as('groupIds'), hasPassword.as('hasPassword')])
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy(sql`fold(users.name)`)
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    const user = UserView.omit({ effective: true, keys: true }).parse(row)
    const through = user.groupIds.flatMap((groupId) => groups.get(groupId) ?? [])
    return {
      ...user,
      effective: effectiveRights(user.rights, through),
      keys: effectiveKeys(keys, user.id, through),
    }
  })
}

export async function find(db: Database, id: string): Promise<UserView | undefined> {
  return (await list(db, id))[0]
}

export async function isActive(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .where('id', '=', id)
    .select('isActive')
    .executeTakeFirst()
  return row?.isActive ?? false
}

/** Nothing when the address is taken. */
export async function insert(
  db: Database,
  id: string,
  { name, email, locale }: Pick<UserDraft, 'name' | 'email' | 'locale'>,
): Promise<string | undefined> {
  const row = await db
    .insertInto('users')
    .values({ id, name, email, locale })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** False when the address belongs to somebody else. */
export async function update(
  db: Database,
  id: string,
  changed: Pick<UserDraft, 'name' | 'email' | 'locale'> & { isActive: boolean },
): Promise<boolean> {
  const { name, email, locale, isActive: active } = changed
  const taken = await db
    .selectFrom('users')
    .where('email', '=', email)
    .where('id', '<>', id)
    .select('id')
    .executeTakeFirst()
  if (taken) return false
  await db
    .updateTable('users')
    .set({ name, email, locale, isActive: active, updatedAt: sql`now()` })
    .where('id', '=', id)
    .execute()
  return true
}

export async function updateOwn(
  db: Database,
  id: string,
  changed: Pick<UserDraft, 'name' | 'locale'>,
): Promise<void> {
  await db.updateTable('users').set(changed).where('id', '=', id).execute()
}

export async function setRights(
  db: Database,
  holder: Holder,
  rights: readonly Right[],
): Promise<void> {
  const column = 'userId' in holder ? 'userId' : 'groupId'
  const value = 'userId' in holder ? holder.userId : holder.groupId
  await db.deleteFrom('rightsGranted').where(column, '=', value).execute()
  if (rights.length === 0) return
  await db
    .insertInto('rightsGranted')
    .values([...new Set(rights)].map((right) => ({ right, ...holder })))
    .execute()
}

/** False when one of the groups is not there. */
export async function setGroups(
  db: Database,
  userId: string,
  groupIds: readonly number[],
): Promise<boolean> {
  await db.deleteFrom('userGroupMembers').where('userId', '=', userId).execute()
  if (groupIds.length === 0) return true
  const found = await db
    .insertInto('userGroupMembers')
    .columns(['userId', 'groupId'])
    .expression((eb) =>
      eb
        .selectFrom('userGroups')
        .where('id', 'in', [...groupIds])
        .select([sql<string>`${userId}`.as('userId'), 'id as groupId']),
    )
    .returning('groupId')
    .execute()
  return found.length === new Set(groupIds).size
}

export async function listGroups(db: Database): Promise<GroupView[]> {
  const rows = await db
    .selectFrom('userGroups')
    .select([
      'id',
      'name',
      sql<string[]>`array(
        select granted."right" from rights_granted granted where granted.group_id = user_groups.id
      )`.as('rights'),
      sql<string[]>`array(
        select member.user_id from user_group_members member
        where member.group_id = user_groups.id order by member.user_id
      )`.as('memberIds'),
    ])
    .orderBy(sql`fold(name)`)
    .execute()
  return rows.map((row) => GroupView.parse(row))
}

/** Nothing when the name is taken. */
export async function insertGroup(db: Database, name: string): Promise<number | undefined> {
  const row = await db
    .insertInto('userGroups')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function findGroupByName(db: Database, name: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('userGroups')
    .where('name', '=', name)
    .select('id')
    .executeTakeFirst()
  return row?.id
}

/** False when the name belongs to another group. */
export async function renameGroup(db: Database, id: number, name: string): Promise<boolean> {
  const other = await findGroupByName(db, name)
  if (other !== undefined && other !== id) return false
  await db.updateTable('userGroups').set({ name }).where('id', '=', id).execute()
  return true
}

/** False when one of the people is not there. */
export async function setMembers(
  db: Database,
  groupId: number,
  userIds: readonly string[],
): Promise<boolean> {
  await db.deleteFrom('userGroupMembers').where('groupId', '=', groupId).execute()
  if (userIds.length === 0) return true
  const found = await db
    .insertInto('userGroupMembers')
    .columns(['groupId', 'userId'])
    .expression((eb) =>
      eb
        .selectFrom('users')
        .where('id', 'in', [...userIds])
        .select([sql<number>`${groupId}::bigint`.as('groupId'), 'id as userId']),
    )
    .returning('userId')
    .execute()
  return found.length === new Set(userIds).size
}

export async function deleteGroup(db: Database, id: number): Promise<void> {
  await db.deleteFrom('userGroups').where('id', '=', id).execute()
}

/**
 * Active users who can manage access and can get in: by a password, or because they are in now, as the
 * demo's administrator is.
 */
export async function countAdministrators(db: Database, how: 'by-password' | 'any-way') {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from users
    where users.is_active
      and (${hasPassword} ${how === 'any-way' ? sql`or exists (select from sessions where sessions.user_id = users.id and sessions.expires_at > now())` : sql``})
      and exists (
        select from rights_granted granted
        left join user_group_members member on member.group_id = granted.group_id
        where granted."right" = 'access.manage' and users.id in (granted.user_id, member.user_id)
      )`.execute(db)
  return rows[0]?.count ?? 0
}
