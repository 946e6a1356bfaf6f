/** The company's own data among the settings. */
import { sql } from 'kysely'
import { z } from 'zod'
import { defaultTimeZone } from '#core/company/time-zone.ts'
import type { Database } from '#platform/db/database.ts'

const Company = z.object({ timeZone: z.string().default(defaultTimeZone) })

export async function timeZone(db: Database): Promise<string> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'company')
    .executeTakeFirst()
  return Company.parse(row?.value ?? {}).timeZone
}

export async function keepTimeZone(db: Database, zone: string): Promise<void> {
  const value = JSON.stringify({ timeZone: zone })
  await db
    .insertInto('settings')
    .values({ name: 'company', value })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value, updatedAt: sql<string>`now()` }),
    )
    .execute()
}

/** The names that this PostgreSQL can reckon with, which has a list of its own. */
export async function knownZones(db: Database): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select name from pg_timezone_names`.execute(db)
  return new Set(rows.map(({ name }) => name))
}
