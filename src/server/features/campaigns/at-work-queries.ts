import { sql } from 'kysely'
import { StepAtWork } from '#core/campaigns/campaign.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'

const order = ['running', 'paused', 'scheduled', 'partly-failed']

/** Those that may need somebody, at most a screen of them. */
export async function listAtWork(db: Database, actor: Actor): Promise<StepAtWork[]> {
  const rows = await db
    .selectFrom('steps as s')
    .innerJoin('campaigns as c', 'c.id', 's.campaignId')
    .where('s.state', 'in', order)
    .where('c.deletedAt', 'is', null)
    .where('c.closedAt', 'is', null)
    .where(campaignIsOpen(actor, 'c'))
    .select(['c.id as campaignId', 's.id as stepId', 'c.label', 's.state', 's.launchAt'])
    .orderBy(sql`array_position(${sql.val(order)}::text[], s.state)`)
    .orderBy('s.launchAt')
    .orderBy('s.id', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => StepAtWork.parse(row))
}
