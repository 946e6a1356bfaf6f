/** What happened to people in the steps of campaigns, as conditions: the twin of core's `matches` for these criteria. */
import { sql } from 'kysely'
import type { CriterionOf, DeliveryFact } from '#core/segments/criteria.ts'
import type { Evaluation } from '#core/segments/matches.ts'
import type { Database } from '#platform/db/database.ts'
import { type Condition, not, type Sql } from './plan-queries.ts'
import { dayIn } from './value-queries.ts'

/** Linked people of a step who were neither kept out as control group nor excluded. */
const linked = (stepId: number): Sql =>
  sql`t.step_id = ${stepId} and t.is_linked and not t.is_control and t.excluded_reason is null`

export function statusCondition({ stepId, op, statuses }: CriterionOf<'status'>): Condition {
  const [only] = statuses
  // One status is compared plainly: then the planner knows how many to expect.
  const named =
    only && statuses.length === 1
      ? sql`t.status = ${only}`
      : sql`t.status = any (${statuses}::text[])`
  const has = op === 'is' ? named : sql`not ${named}`
  return {
    is: 'set',
    sql: sql`select t.party_id from targets as t where ${linked(stepId)} and ${has}`,
  }
}

/** When a row `m` of messages counts as each fact. */
const happened: Record<DeliveryFact, Sql> = {
  submitted: sql`m.state = 'submitted'`,
  opened: sql`coalesce(m.opened_at, m.clicked_at) is not null`,
  clicked: sql`m.clicked_at is not null`,
  bounced: sql`m.feedback in ('bounced', 'soft-bounced', 'blocked')`,
}

export function deliveryCondition({ stepId, fact, is }: CriterionOf<'delivery'>): Condition {
  const set: Condition = {
    is: 'set',
    sql: sql`select distinct m.party_id from messages as m
      where m.step_id = ${stepId} and ${happened[fact]}`,
  }
  return is ? set : not(set)
}

/** The day when a step reached the target `t`; null as long as it did nothing. `st` is the step. */
const reachedOn = (zone: string): Sql => dayIn(sql`coalesce(t.status_at, st.launched_at)`, zone)

export function boughtSinceCondition(
  { stepId, is }: CriterionOf<'bought-since'>,
  zone: string,
): Condition {
  const set: Condition = {
    is: 'set',
    sql: sql`select t.party_id from targets as t join steps as st on st.id = t.step_id
      where ${linked(stepId)} and exists (select from sale_lines as l
        where l.party_id = t.party_id and l.sold_on >= ${reachedOn(zone)} and (l.quantity > 0 or l.amount > 0))`,
  }
  return is ? set : not(set)
}

/** Steps and operations with their state: what is in the bin stands nowhere. */
const standing = {
  step: sql`select s.id, s.status_code as state from steps s
    join campaigns c on c.id = s.campaign_id and c.deleted_at is null`,
  operation: sql`select id, state_code as state from campaigns where deleted_at is null`,
}

/** A query of no column of the outside: it runs once for all people, before any of them is looked at. */
function standsSo(
  what: keyof typeof standing,
  id: number,
  { op, states }: Pick<CriterionOf<'step-state'>, 'op' | 'states'>,
): Condition {
  const named = sql`state = any (${states}::text[])`
  return {
    is: 'test',
    sql: sql`exists (select from (${standing[what]}) as stands
      where id = ${id} and ${op === 'is' ? named : sql`not ${named}`})`,
  }
}

export const stepStateCondition = (asked: CriterionOf<'step-state'>) =>
  standsSo('step', asked.stepId, asked)
export const operationStateCondition = (asked: CriterionOf<'operation-state'>) =>
  standsSo('operation', asked.campaignId, asked)

/** Where those of the steps and operations stand that are there. */
export async function statesOf(
  db: Database,
  named: { steps: readonly number[]; operations: readonly number[] },
): Promise<Evaluation['states']> {
  const of = async (what: keyof typeof standing, ids: readonly number[]) => {
    if (ids.length === 0) return new Map<number, string>()
    const { rows } = await sql<{ id: number; state: string }>`
      select id, state from (${standing[what]}) as stands where id = any (${ids}::bigint[])`.execute(
      db,
    )
    return new Map(rows.map(({ id, state }) => [id, state]))
  }
  return {
    steps: await of('step', named.steps),
    operations: await of('operation', named.operations),
  }
}

/** All of it for the party `p`, as columns of a subject. */
export const subjectSteps = (zone: string): Sql => sql`
  coalesce((select jsonb_object_agg(t.step_id, jsonb_build_object('status', t.status, 'reachedOn', ${reachedOn(zone)}))
    from targets as t join steps as st on st.id = t.step_id
    where t.party_id = p.id and t.is_linked and not t.is_control and t.excluded_reason is null), '{}') as steps,
  coalesce((select jsonb_object_agg(step_id, facts) from (
    select m.step_id, jsonb_agg(distinct fact.fact) as facts from messages as m
      cross join lateral (values ('submitted', ${happened.submitted}), ('opened', ${happened.opened}),
        ('clicked', ${happened.clicked}), ('bounced', ${happened.bounced})) as fact (fact, happened)
      where m.party_id = p.id and fact.happened group by m.step_id) as each_step), '{}') as deliveries`
