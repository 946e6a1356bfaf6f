/** Sales of the people of a mailing, added up by PostgreSQL; each question is one statement, whatever the size. */
import { type RawBuilder, sql } from 'kysely'
import { FrozenResults, type ResultCounters } from '#core/results/results.ts'
import type { DaySums, SalesSums } from '#core/results/series.ts'
import { Selection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'

type Sql = RawBuilder<unknown>

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
const peopleOf = (campaignId: number): Sql => sql`
  select coalesce(card.merged_into, targets.party_id) as party_id, bool_and(targets.is_control) as is_control
  from targets
  join steps on steps.id = targets.step_id
  left join parties card on card.id = targets.party_id and card.merged_into is not null
  where steps.campaign_id = ${campaignId} and targets.excluded_reason is null
  group by 1`

export type Window = { from: string; to: string }

/** Above so many people, looking each line's customer up in a hash table costs more than all the adding up. */
const manyPeople = 50_000

/** Who the customer of a `line` is to the mailing: 1 was mailed, 2 was kept out, 0 is somebody else. */
type Roles = { tables: Sql; join: Sql; role: Sql }

/** `people` is how many the mailing has. */
function rolesOf(campaignId: number, people: number): Roles {
  return people > manyPeople ? rolesByNumber(campaignId) : rolesByJoin(campaignId)
}

function rolesByJoin(campaignId: number): Roles {
  return {
    tables: sql`with people as not materialized (${peopleOf(campaignId)})`,
    join: sql`left join people on people.party_id = line.party_id`,
    role: sql`case when people.is_control then 2 when people.party_id is not null then 1 else 0 end`,
  }
}

/**
 * A string with one byte for each card up to the last of the mailing, found by the card's number: with
 * hundreds of thousands of people half the work of a join, since it stays in the processor's cache.
 */
function rolesByNumber(campaignId: number): Roles {
  return {
    tables: sql`with people as materialized (${peopleOf(campaignId)}),
      last as materialized (select coalesce(max(party_id), 0)::int as id from people),
      roles as materialized (
        select string_agg(case when is_control then '\\x02'::bytea when not is_control then '\\x01' else '\\x00' end,
          '' order by card.id) as bytes
        from generate_series(0, (select id from last)) as card (id)
        left join people on people.party_id = card.id
      )`,
    join: sql``,
    role: sql`case when line.party_id <= (select id from last)
      then get_byte((select bytes from roles), line.party_id::int) else 0 end`,
  }
}

export type Asked = Window & { people: number }

/**
 * Per currency and day with a sale to any customer, in the order of the days. The lines are added up by
 * day and role first: one sum per column, where a filter for each figure would take six.
 */
export async function sumDays(
  db: Database,
  campaignId: number,
  { from, to, people }: Asked,
): Promise<DaySums[]> {
  const { tables, join, role } = rolesOf(campaignId, people)
  const mailed = sql`filter (where role = 1)`
  const { rows } = await sql<DaySums>`
    ${tables},
    sums as (
      select line.currency, line.sold_on as day, ${role} as role, sum(line.amount) as amount,
        sum(line.quantity) as quantity, sum(line.margin) as margin,
        count(*) - count(line.margin) as without_margin
      from sale_lines line ${join}
      where line.party_id is not null and line.sold_on between ${from} and ${to}
      group by 1, 2, 3
    )
    select currency, day,
      coalesce(sum(amount) ${mailed}, 0)::bigint as revenue,
      coalesce(sum(quantity) ${mailed}, 0)::bigint as quantity,
      coalesce(sum(margin) ${mailed}, 0)::bigint as margin,
      coalesce(sum(margin), 0)::bigint as total_margin,
      coalesce(sum(without_margin) ${mailed}, 0)::bigint as lines_without_margin,
      coalesce(sum(amount) filter (where role = 2), 0)::bigint as control_revenue
    from sums
    group by currency, day
    order by day, currency`.execute(db)
  return rows
}

/** A line of a return alone is no purchase: the same test as the criterion « bought » makes. */
export async function countReturning(
  db: Database,
  campaignId: number,
  { from, to }: Window,
): Promise<Omit<SalesSums, 'days'>> {
  const { rows } = await sql<Omit<SalesSums, 'days'>>`
    with people as not materialized (${peopleOf(campaignId)}),
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
    with people as not materialized (${peopleOf(campaignId)})
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
