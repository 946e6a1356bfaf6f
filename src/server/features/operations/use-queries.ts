/** Which lines of the administrator's tables are in use, and by what. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { TableUse } from '#core/operations/tables.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'

const namesShown = 3

/** Each use as (table, key, campaign, name); types of operation stand for themselves. */
const uses: RawBuilder<unknown> = sql`
  select 'operation' as "table", state_code as key, id as campaign_id, label from campaigns where form = 'operation'
  union select 'operation-type', state_code, null, label_fr from campaign_types
  union select 'step', status_code, campaign_id, label from steps
  union select 'target', t.status, s.campaign_id, s.label from target_tallies t join steps s on s.id = t.step_id
    group by s.id, t.status having sum(t.delta) > 0
  union select 'target', final_status, campaign_id, label from steps
  union select 'step-types', type_code, campaign_id, label from steps
  union select 'types', type_id::text, id, label from campaigns where type_id is not null
  union select 'families', family_id::text, id, label from campaigns where family_id is not null`

/** Steps of mailings have a type and states too, of no interest to who extends the tables of operations. */
export async function listUses(db: Database, actor: Actor): Promise<TableUse[]> {
  const { rows } = await sql`
    select "table", key, count(distinct coalesce(c.id::text, u.label)) as count,
      (array_agg(distinct coalesce(c.label, u.label)))[1:${sql.lit(namesShown)}] as names
    from (${uses}) as u left join campaigns as c on c.id = u.campaign_id
    where u.campaign_id is null or (c.form = 'operation' and ${campaignIsOpen(actor, 'c')})
    group by 1, 2`.execute(db)
  return rows.map((row) => TableUse.parse(row))
}
