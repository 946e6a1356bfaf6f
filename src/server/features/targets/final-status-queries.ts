/** The status that people take once a step was launched for them (D-104, D-105). */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'
import { rollUp } from './status-queries.ts'

export type Reached = {
  stepId: number
  /** A query of (party_id): who was reached. */
  people: RawBuilder<unknown>
  now: Date
  by?: string | null
}

/** Gives the step's final status to those of `people` who are still to do, then to organisations whose contacts all are. */
export async function giveFinalStatus(
  db: Database,
  { stepId, people, now, by = null }: Reached,
): Promise<number> {
  const { rows } = await sql<{ changed: number; organisations: number[] | null }>`
    with changed as (
      update targets t set status = s.final_status, status_at = ${now}::timestamptz, status_by = ${by}::text,
        callback_at = null
      from steps s
      where s.id = ${stepId} and t.step_id = s.id and t.status <> s.final_status
        and t.status in (select code from entity_states where entity = 'target' and meaning = 'to-do')
        and t.party_id in (${people})
      returning t.organisation_id
    )
    select count(*) as changed, array_agg(distinct organisation_id)
      filter (where organisation_id is not null) as organisations from changed`.execute(db)
  const { changed, organisations } = rows[0] ?? { changed: 0, organisations: null }
  if (organisations !== null) await rollUp(db, { stepId, now, organisationIds: organisations })
  return changed
}
