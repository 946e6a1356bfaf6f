import { sql } from 'kysely'
import { TokenView } from '#core/access/token.ts'
import type { Database } from '#platform/db/database.ts'

type NewToken = {
  userId: string
  name: string
  rights: string[]
  tokenHash: string
  expiresAt: string | null
}

export async function insert(db: Database, token: NewToken): Promise<number> {
  const row = await db
    .insertInto('apiTokens')
    .values(token)
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function list(db: Database, now: Date): Promise<TokenView[]> {
  const rows = await db
    .selectFrom('apiTokens')
    .innerJoin('users', 'users.id', 'apiTokens.userId')
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now.toISOString())]))
    .select(['apiTokens.id', 'apiTokens.name', 'userId', 'users.name as userName', 'rights'])
    .select(['apiTokens.createdAt', 'expiresAt', 'lastUsedAt'])
    .orderBy('apiTokens.id', 'desc')
    .execute()
  return rows.map((row) => TokenView.parse(row))
}

/** The name of the token that was there. */
export async function remove(db: Database, id: number): Promise<string | undefined> {
  const row = await db
    .deleteFrom('apiTokens')
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst()
  return row?.name
}

/** Notes the use once a minute at most: a busy program must not write on every call. */
export async function touch(db: Database, id: number, now: Date): Promise<void> {
  await db
    .updateTable('apiTokens')
    .set({ lastUsedAt: now.toISOString() })
    .where('id', '=', id)
    .where(
      sql<boolean>`coalesce(last_used_at < ${now.toISOString()}::timestamptz - interval '1 minute', true)`,
    )
    .execute()
}
