import { sql } from 'kysely'
import { Me } from '#core/access/user.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { type Right, rights } from '#core/kernel/right.ts'
import { Locale } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'

const known: ReadonlySet<string> = new Set(rights)
const isRight = (name: string): name is Right => known.has(name)

/** The union of a user's own rights and those of their groups. */
const effectiveRights = sql<string[]>`array(
  select granted."right" from rights_granted granted where granted.user_id = users.id
  union
  select granted."right" from rights_granted granted
    join user_group_members member using (group_id) where member.user_id = users.id
)`.as('rights')

/** The active user whose session has this token at this moment. */
export async function findActorBySession(
  db: Database,
  token: string,
  now: Date,
): Promise<Actor | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .where('sessions.token', '=', token)
    .where('sessions.expiresAt', '>', now.toISOString())
    .where('users.isActive', '=', true)
    .select(['users.id', 'users.name', 'users.locale', effectiveRights])
    .executeTakeFirst()
  if (!row) return undefined
  return { ...row, locale: Locale.parse(row.locale), rights: new Set(row.rights.filter(isRight)) }
}

export async function findMe(db: Database, actor: Actor): Promise<Me | undefined> {
  const row = await db
    .selectFrom('users')
    .where('id', '=', actor.id)
    .select(['id', 'name', 'email', 'locale', 'twoFactorEnabled'])
    .executeTakeFirst()
  return row && Me.parse({ ...row, rights: [...actor.rights] })
}
