import { LinkPurpose } from '#core/access/session.ts'
import type { Database } from '#platform/db/database.ts'

export type Link = { purpose: LinkPurpose; userId: string | null }

/** Keeps the link as the only one of its user, or as the only first-run link. */
export async function replace(
  db: Database,
  { purpose, userId }: Link,
  { tokenHash, expiresAt }: { tokenHash: string; expiresAt: string },
): Promise<void> {
  await db
    .deleteFrom('oneTimeLinks')
    .where((eb) => (userId === null ? eb('purpose', '=', purpose) : eb('userId', '=', userId)))
    .execute()
  await db.insertInto('oneTimeLinks').values({ purpose, userId, tokenHash, expiresAt }).execute()
}

/** What a link opens and for whom, without using it up. */
export async function read(db: Database, tokenHash: string, now: Date) {
  const row = await db
    .selectFrom('oneTimeLinks')
    .leftJoin('users', 'users.id', 'oneTimeLinks.userId')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now.toISOString())
    .where((eb) => eb.or([eb('users.id', 'is', null), eb('users.isActive', '=', true)]))
    .select(['purpose', 'users.name', 'users.email'])
    .executeTakeFirst()
  return row && { ...row, purpose: LinkPurpose.parse(row.purpose) }
}

/** Uses the link up: of two who come at once one finds nothing. */
export async function take(db: Database, tokenHash: string, now: Date): Promise<Link | undefined> {
  const row = await db
    .deleteFrom('oneTimeLinks')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now.toISOString())
    .returning(['purpose', 'userId'])
    .executeTakeFirst()
  return row && { ...row, purpose: LinkPurpose.parse(row.purpose) }
}

export async function endAll(db: Database, userId: string): Promise<void> {
  await db.deleteFrom('oneTimeLinks').where('userId', '=', userId).execute()
}

/** Sets the password of a user, who may have had none. */
export async function setPassword(
  db: Database,
  userId: string,
  { id, hash, now }: { id: string; hash: string; now: Date },
): Promise<void> {
  const password = { password: hash, updatedAt: now.toISOString() }
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set(password)
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return
  await db
    .insertInto('accounts')
    .values({ id, userId, accountId: userId, providerId: 'credential', ...password })
    .execute()
}

export async function removeTwoFactor(db: Database, userId: string): Promise<void> {
  await db.deleteFrom('twoFactors').where('userId', '=', userId).execute()
  await db.updateTable('users').set({ twoFactorEnabled: false }).where('id', '=', userId).execute()
}
