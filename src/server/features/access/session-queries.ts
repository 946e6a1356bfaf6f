import type { SessionView } from '#core/access/session.ts'
import type { Database } from '#platform/db/database.ts'

/** The sessions of one person that still run, latest first; `token` is the one that asks. */
export async function list(
  db: Database,
  userId: string,
  { token, now }: { token: string | undefined; now: Date },
): Promise<SessionView[]> {
  const rows = await db
    .selectFrom('sessions')
    .where('userId', '=', userId)
    .where('expiresAt', '>', now.toISOString())
    .select(['id', 'createdAt', 'expiresAt', 'ipAddress', 'userAgent', 'token'])
    .orderBy('createdAt', 'desc')
    .execute()
  return rows.map(({ ipAddress, userAgent, token: own, ...row }) => ({
    ...row,
    address: ipAddress || null,
    browser: userAgent || null,
    current: own === token,
  }))
}

export async function end(db: Database, userId: string, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('sessions')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function endByToken(db: Database, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('token', '=', token).execute()
}

/** Ends the person's sessions, all or all but one. */
export async function endAll(db: Database, userId: string, exceptToken?: string): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('userId', '=', userId)
    .$if(exceptToken !== undefined, (query) => query.where('token', '<>', exceptToken ?? ''))
    .execute()
}

export async function recordSignIn(db: Database, userId: string, now: Date): Promise<void> {
  await db
    .updateTable('users')
    .set({ lastSignInAt: now.toISOString() })
    .where('id', '=', userId)
    .execute()
}
