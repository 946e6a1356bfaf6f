import { sql } from 'kysely'
import { z } from 'zod'
import { demoSender } from '#core/demo/shop.ts'
import type { Database } from '#platform/db/database.ts'

const Remembered = z.object({ filledAt: z.string() })

export async function find(db: Database): Promise<{ filledAt: string | null; customers: number }> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'demo')
    .executeTakeFirst()
  const { customers } = await db
    .selectFrom('parties')
    .select((eb) => eb.fn.countAll<number>().as('customers'))
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return { filledAt: row ? Remembered.parse(row.value).filledAt : null, customers }
}

/** A sending or a job holds rows that the removal would pull from under it. */
export async function isBusy(db: Database): Promise<boolean> {
  const { rows } = await sql<{ busy: boolean }>`select
    exists (select from steps where state in ('scheduled', 'running', 'paused'))
    or exists (select from jobs where state in ('queued', 'running')) as busy`.execute(db)
  return rows[0]?.busy ?? false
}

/** Everything of the shop; accounts, rights, the audit trail, relays and other settings stay. */
export async function empty(db: Database): Promise<void> {
  await sql`truncate parties, party_categories, custom_fields, tags, party_lists, party_bulks, stores,
    departments, articles, sales, sale_lines, purchases_stale, segments, campaigns, campaign_folders,
    campaign_families, questions, questionnaires, imports,
    mailbox_messages restart identity cascade`.execute(db)
  await db.deleteFrom('settings').where('name', '=', 'demo').execute()
  // The shop's own signature goes with it; one that somebody wrote since stays.
  await db
    .deleteFrom('settings')
    .where('name', '=', 'sender')
    .where('value', '=', JSON.stringify(demoSender))
    .execute()
}
