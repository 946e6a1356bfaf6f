/** Who was put at “OK, go on”, and whether the step makes an activity of it. */
import { type RawBuilder, sql } from 'kysely'
import { StepChannel } from '#core/campaigns/step-type.ts'
import type { Database } from '#platform/db/database.ts'

const onward = sql`(select code from entity_states where entity = 'target' and meaning = 'ok-continue')`

/** How the step reaches people; undefined when it makes no activity, or none of this status. */
export async function activityChannel(
  db: Database,
  { stepId, status }: { stepId: number; status: string },
): Promise<StepChannel | undefined> {
  const { rows } = await sql<{ channel: string }>`
    select type.channel from steps s join step_types type on type.code = s.type_code
    where s.id = ${stepId} and s.activity_type_id is not null and ${status} in ${onward}`.execute(
    db,
  )
  return rows[0] && StepChannel.parse(rows[0].channel)
}

type Span = { stepId: number; from: string; until: string; by: string }

/** A query of party ids: those to whom somebody of that name gave the status then, and who have it still. */
export const putOnward = ({ stepId, from, until, by }: Span): RawBuilder<unknown> => sql`
  select one.party_id from targets one
  where one.step_id = ${stepId} and one.is_linked and not one.is_control and one.excluded_reason is null
    and one.status in ${onward} and one.status_by = ${by}
    and one.status_at >= ${from}::timestamptz and one.status_at < ${until}::timestamptz`
