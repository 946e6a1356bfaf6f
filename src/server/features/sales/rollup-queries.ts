/** Rebuilds `party_purchases` and its details from `sale_lines`, set by set. */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

/** Rebuilds these people's roll-ups; in the transaction that took their marks. */
export async function rebuild(db: Database, partyIds: number[]): Promise<void> {
  // A day without purchases is no entry, so a person without lines has no row at all.
  await sql`delete from party_purchases where party_id = any (${partyIds}::bigint[])`.execute(db)
  await sql`delete from party_purchase_details where party_id = any (${partyIds}::bigint[])`.execute(
    db,
  )
  await sql`
    with lines as materialized (
      select party_id, currency, sold_on, sale_id, department_id, store_id, amount, quantity,
        coalesce(margin, 0) as margin, quantity > 0 or amount > 0 as bought
      from sale_lines where party_id = any (${partyIds}::bigint[])
    ), receipts as (
      -- By receipt first: counting distinct receipts per day would sort every line.
      select party_id, currency, sold_on, sale_id,
        sum(amount) as amount, sum(margin) as margin, sum(quantity) as quantity
      from lines group by party_id, currency, sold_on, sale_id
    ), daily as (
      select party_id, currency, sold_on, count(*)::int as visits, sum(amount)::bigint as amount,
        sum(margin)::bigint as margin, sum(quantity)::bigint as quantity
      from receipts group by party_id, currency, sold_on
    ), running as (
      select party_id, currency, sold_on, amount,
        sum(visits) over own as visits_to, sum(amount) over own as revenue_to,
        sum(margin) over own as margin_to, sum(quantity) over own as quantity_to
      from daily
      window own as (partition by party_id, currency order by sold_on rows unbounded preceding)
    ), rows as (
      -- Without people who are gone, whom no row may name.
      select party_id, currency,
        sum(greatest(amount, 0))::bigint as revenue_ceiling,
        min(sold_on) as first_on, max(sold_on) as last_on,
        array_agg(sold_on order by sold_on) as days,
        array_prepend(0::int, array_agg(visits_to::int order by sold_on)) as visits_to,
        array_prepend(0::bigint, array_agg(revenue_to::bigint order by sold_on)) as revenue_to,
        array_prepend(0::bigint, array_agg(margin_to::bigint order by sold_on)) as margin_to,
        array_prepend(0::bigint, array_agg(quantity_to::bigint order by sold_on)) as quantity_to
      from running join parties on parties.id = party_id group by party_id, currency
    ), departments as (
      select party_id, array_agg(department_id order by department_id) as ids,
        array_agg(last_on order by department_id) as days
      from (select party_id, department_id, max(sold_on) as last_on from lines
            where bought and department_id is not null group by party_id, department_id) as bought
      group by party_id
    ), shops as (
      select party_id, array_agg(store_id order by store_id) as ids,
        array_agg(last_on order by store_id) as days
      from (select party_id, store_id, max(sold_on) as last_on from lines
            where bought group by party_id, store_id) as bought
      group by party_id
    ), detailed as (
      insert into party_purchase_details (party_id, currency, department_days, store_ids, store_days,
        visits_to, margin_to, quantity_to)
      select party_id, currency, coalesce(departments.days, '{}'),
        coalesce(shops.ids, '{}'), coalesce(shops.days, '{}'), visits_to, margin_to, quantity_to
      from rows
      left join departments using (party_id)
      left join shops using (party_id)
      order by party_id, currency
    )
    insert into party_purchases (party_id, currency, revenue_ceiling, revenue, margin, quantity, visits,
      last_visit_on, first_visit_on, is_main, department_ids, days, revenue_to)
    select party_id, currency, revenue_ceiling,
      revenue_to[cardinality(revenue_to)], margin_to[cardinality(margin_to)],
      quantity_to[cardinality(quantity_to)], visits_to[cardinality(visits_to)],
      max(last_on) over (partition by party_id), min(first_on) over (partition by party_id),
      row_number() over (partition by party_id order by currency) = 1,
      coalesce(departments.ids, '{}'), rows.days, revenue_to
    from rows
    left join departments using (party_id)
    order by party_id, currency`.execute(db)
}

/** Fresh statistics and visibility map after a large rebuild, so that the next count is planned and read well. */
export async function settle(db: Database): Promise<void> {
  await sql`vacuum (analyze) party_purchases, party_purchase_details`.execute(db)
  await sql`vacuum (analyze) purchases_stale`.execute(db)
}
