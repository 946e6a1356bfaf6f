import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import type { TemplateList } from '#core/operations/template-api.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'

/** What is flagged as a template, of operations that the actor may see. */
export async function list(db: Database, actor: Actor): Promise<TemplateList> {
  const operations = await sql<TemplateList['operations'][number]>`
    select c.id, c.label, c.objective,
      (select count(*) from steps where campaign_id = c.id and is_final)::int as steps
    from campaigns c
    where c.form = 'operation' and c.is_template and c.deleted_at is null and ${campaignIsOpen(actor, 'c')}
    order by fold(c.label), c.id`.execute(db)
  const steps = await sql<TemplateList['steps'][number]>`
    select steps.id, steps.label, steps.type_code, c.id as operation_id, c.label as operation_label
    from steps join campaigns c on c.id = steps.campaign_id
    where steps.is_template and steps.is_final and c.form = 'operation' and c.deleted_at is null
      and ${campaignIsOpen(actor, 'c')}
    order by fold(steps.label), steps.id`.execute(db)
  return { operations: operations.rows, steps: steps.rows }
}
