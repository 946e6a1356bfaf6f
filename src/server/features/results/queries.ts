/** Sales of the people of a mailing, added up by PostgreSQL; each question is one statement, whatever the size. */
import { sql } from 'kysely'
import { FrozenResults, type ResultCounters } from '#core/results/results.ts'
import type { DaySums } from '#core/results/series.ts'
import { Selection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'

export type Mailing = {
  id: number
  label: string
  sendOn: string | null
  closedAt: string | null
  isLegacy: boolean
  /** When the first of its steps froze its people; null while none has. */
  frozenAt: string | null
  frozenResults: FrozenResults | null
  /** Of the first step, for the counters before the launch. */
  selection: Selection | null
}

export async function findMailing(db: Database, id: number): Promise<Mailing | undefined> {
  const row = await db
    .selectFrom('campaigns')
    .select(['id', 'label', 'sendOn', 'closedAt', 'isLegacy', 'frozenResults'])
    .select((eb) =>
      eb
        .selectFrom('steps')
        .whereRef('steps.campaignId', '=', 'campaigns.id')
        .select((of) => of.fn.min('steps.frozenAt').as('frozenAt'))
        .as('frozenAt'),
    )
    .select((eb) =>
      eb
        .selectFrom('steps')
        .whereRef('steps.campaignId', '=', 'campaigns.id')
        .orderBy('steps.position')
        .limit(1)
        .select('steps.selection')
        .as('selection'),
    )
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return (
    row && {
      ...row,
      frozenResults: FrozenResults.nullable().parse(row.frozenResults),
      selection: Selection.nullable().parse(row.selection),
    }
  )
}

/* The people of a mailing, once each however many steps named them: kept out only if no step wrote to
   them. A card merged into another counts as that one. */
const people = (campaignId: number) => sql`
  select coalesce(card.merged_into, targets.party_id) as party_id, bool_and(targets.is_control) as is_control
  from targets
  join steps on steps.id = targets.step_id
  left join parties card on card.id = targets.party_id and card.merged_into is not null
  where steps.campaign_id = ${campaignId} and targets.excluded_reason is null
  group by 1`

export type Window = { from: string; to: string }

/** Per currency and day with a sale to any customer, in the order of the days. */
export async function sumDays(
  db: Database,
  campaignId: number,
  { from, to }: Window,
): Promise<DaySums[]> {
  const mailed = sql`people.party_id is not null and not people.is_control`
  const { rows } = await sql<DaySums>`
    with people as materialized (${people(campaignId)})
    select line.currency, line.sold_on as day,
      coalesce(sum(line.amount) filter (where ${mailed}), 0)::bigint as revenue,
      coalesce(sum(line.quantity) filter (where ${mailed}), 0)::bigint as quantity,
      coalesce(sum(line.margin) filter (where ${mailed}), 0)::bigint as margin,
      coalesce(sum(line.margin), 0)::bigint as total_margin,
      count(*) filter (where ${mailed} and line.margin is null) as lines_without_margin,
      coalesce(sum(line.amount) filter (where people.is_control), 0)::bigint as control_revenue
    from sale_lines line
    left join people on people.party_id = line.party_id
    where line.party_id is not null and line.sold_on between ${from} and ${to}
    group by line.currency, line.sold_on
    order by line.sold_on, line.currency`.execute(db)
  return rows
}

/** A line of a return alone is no purchase: the same test as the criterion « bought » makes. */
export async function countReturning(
  db: Database,
  campaignId: number,
  { from, to }: Window,
): Promise<Pick<ResultCounters, 'returning' | 'controlReturning'>> {
  const { rows } = await sql<{ returning: number; controlReturning: number }>`
    with people as materialized (${people(campaignId)}),
    buyers as (
      select distinct party_id from sale_lines
      where party_id is not null and (quantity > 0 or amount > 0)
        and sold_on between ${from} and ${to}
    )
    select count(*) filter (where not is_control) as returning,
      count(*) filter (where is_control) as control_returning
    from people join buyers using (party_id)`.execute(db)
  return rows[0] ?? { returning: 0, controlReturning: 0 }
}

export async function countPeople(
  db: Database,
  campaignId: number,
): Promise<Pick<ResultCounters, 'selected' | 'withEmail' | 'withMobile' | 'control'>> {
  const { rows } = await sql<{
    selected: number
    withEmail: number
    withMobile: number
    control: number
  }>`
    with people as materialized (${people(campaignId)})
    select count(*) as selected,
      count(*) filter (where card.has_email) as with_email,
      count(*) filter (where card.has_mobile) as with_mobile,
      count(*) filter (where people.is_control) as control
    from people left join parties card on card.id = people.party_id`.execute(db)
  return rows[0] ?? { selected: 0, withEmail: 0, withMobile: 0, control: 0 }
}

export async function countCustomers(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('parties')
    .where('deletedAt', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function keepFrozen(
  db: Database,
  campaignId: number,
  results: FrozenResults,
): Promise<void> {
  await db
    .updateTable('campaigns')
    .set({ frozenResults: JSON.stringify(results) })
    .where('id', '=', campaignId)
    .execute()
}
