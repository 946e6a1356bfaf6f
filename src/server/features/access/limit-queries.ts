import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

type Window = { most: number; seconds: number; now: Date }

/** Counts one more under the key; gives the seconds to wait, or 0 when within the limit. */
export async function count(db: Database, key: string, { most, seconds, now }: Window) {
  const at = now.toISOString()
  const endsAt = new Date(now.getTime() + seconds * 1_000).toISOString()
  const row = await db
    .insertInto('rateLimits')
    .values({ key, count: 1, endsAt })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql`case when rate_limits.ends_at <= ${at} then 1 else rate_limits.count + 1 end`,
        endsAt: sql`case when rate_limits.ends_at <= ${at} then ${endsAt} else rate_limits.ends_at end`,
      }),
    )
    .returning(['count', 'endsAt'])
    .executeTakeFirstOrThrow()
  if (row.count <= most) return 0
  return Math.max(1, Math.ceil((Date.parse(row.endsAt) - now.getTime()) / 1_000))
}

/** Forgets the key, and whatever has ended meanwhile. */
export async function forget(db: Database, key: string, now: Date): Promise<void> {
  await db
    .deleteFrom('rateLimits')
    .where((eb) => eb.or([eb('key', '=', key), eb('endsAt', '<=', now.toISOString())]))
    .execute()
}
