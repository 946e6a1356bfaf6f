import { sql } from 'kysely'
import { Me } from '#core/access/user.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { withImplied } from '#core/kernel/right.ts'
import { Locale } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'

/** The union of a user's own rights and those of their groups. */
const effectiveRights = sql<string[]>`array(
  select granted."right" from rights_granted granted where granted.user_id = users.id
  union
  select granted."right" from rights_granted granted
    join user_group_members member using (group_id) where member.user_id = users.id
)`.as('rights')

/** Confidentiality keys, given to the user or to a group of theirs (both may apply). */
const heldKeys = sql<number[]>`array(
  select granted.key_id from confidentiality_grants granted where granted.user_id = users.id
  union
  select granted.key_id from confidentiality_grants granted
    join user_group_members member using (group_id) where member.user_id = users.id
)`.as('keys')

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
    .select(['users.id', 'users.name', 'users.locale', effectiveRights, heldKeys])
    .executeTakeFirst()
  return row && toActor(row)
}

/** The active owner of a token that still works, within the token's rights and their own. */
export async function findActorByToken(
  db: Database,
  tokenHash: string,
  now: Date,
): Promise<{ actor: Actor; tokenId: number } | undefined> {
  const row = await db
    .selectFrom('apiTokens')
    .innerJoin('users', 'users.id', 'apiTokens.userId')
    .where('tokenHash', '=', tokenHash)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now.toISOString())]))
    .where('users.isActive', '=', true)
    .select(['users.id', 'users.name', 'users.locale', effectiveRights, heldKeys])
    .select(['apiTokens.id as tokenId', 'apiTokens.name as tokenName', 'apiTokens.rights as given'])
    .executeTakeFirst()
  if (!row) return undefined
  const rights = intersection(row.rights, row.given)
  const actor = toActor({ ...row, name: `${row.name} (${row.tokenName})`, rights })
  return { actor, tokenId: row.tokenId }
}

/** Of an owner who may change cards and a token that may create them, the narrower stays. */
function intersection(own: readonly string[], given: readonly string[]) {
  const wanted: readonly string[] = withImplied(given)
  return withImplied(own).filter((right) => wanted.includes(right))
}

type ActorRow = { id: string; name: string; locale: string; rights: string[]; keys: number[] }

/** A right that the product no longer knows is not a right. */
function toActor({ id, name, locale, rights: granted, keys }: ActorRow): Actor {
  const held = new Set(withImplied(granted))
  return { id, name, locale: Locale.parse(locale), rights: held, keys }
}

export async function findMe(
  db: Database,
  actor: Actor,
): Promise<Omit<Me, 'timeZone'> | undefined> {
  const row = await db
    .selectFrom('users')
    .where('id', '=', actor.id)
    .select(['id', 'name', 'email', 'locale', 'twoFactorEnabled'])
    .select(
      sql<boolean>`exists (
        select from accounts account
        where account.user_id = users.id and account.password is not null
      )`.as('hasPassword'),
    )
    .executeTakeFirst()
  return row && Me.omit({ timeZone: true }).parse({ ...row, rights: [...actor.rights] })
}
