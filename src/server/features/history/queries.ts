/** Reads across features, for the card: nothing here changes anything but `purge`. */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import {
  type listPurchases,
  Purchase,
  type purchaseSorts,
  TimelineEntry,
} from '#core/history/api.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { activityIsOpen, campaignIsOpen } from '../access/service.ts'
import { nameOf } from '../parties/service.ts'

/** As the driver gives instants, within JSON. */
const iso = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

type Direction = 'asc' | 'desc'
type Page = { offset: number; limit: number; direction: Direction }

const way = (direction: Direction) => (direction === 'asc' ? sql`asc` : sql`desc`)

/** Each source gives its first `offset + limit` in this shape, so the slice of their union is exact. */
const sources = (actor: Actor, id: number): RawBuilder<unknown>[] => [
  sql`select 'change' as kind, id, at, jsonb_build_object('reason', reason, 'actorName', actor_name,
      'jobId', job_id, 'changes', changes) as body
    from party_changes where party_id = ${id}`,
  sql`select 'note', id, at, jsonb_build_object('actorName', author_name, 'text', text)
    from party_notes where party_id = ${id}`,
  sql`select 'file', id, at, jsonb_build_object('actorName', author_name, 'name', name, 'fileId', file_id)
    from party_files where party_id = ${id}`,
  sql`select 'consent', id, at, jsonb_build_object('actorName', actor_name, 'channel', channel,
      'purpose', purpose, 'state', state, 'source', source)
    from consents where party_id = ${id}`,
  sql`select 'purchase', sales.id, sold_at, jsonb_build_object('store', stores.name, 'receipt', receipt,
      'currency', sales.currency, 'amount',
      (select coalesce(sum(amount), 0) from sale_lines where sale_id = sales.id))
    from sales join stores on stores.id = sales.store_id where party_id = ${id}`,
  sql`select 'answer', answers.id, answered_at, jsonb_build_object('actorName', actor_name, 'value', value,
      'question', jsonb_build_object('kind', questions.kind, 'label', questions.label, 'choices', choices),
      'person', case when party_id <> ${id} then
        ${nameOf('parties')} end)
    from answers join questions on questions.id = question_id join parties on parties.id = party_id
    where (party_id = ${id} or organisation_id = ${id}) and parties.deleted_at is null`,
  sql`select 'activity', activities.id, activities.starts_at, jsonb_build_object('subject', activities.subject,
      'state', activities.state, 'type', jsonb_build_object('labelFr', type.label_fr, 'labelEn', type.label_en,
        'kind', type.kind, 'icon', type.icon, 'color', type.color),
      'owner', users.name, 'result', activities.result)
    from activities join activity_types type on type.id = activities.type_id
      left join users on users.id = activities.owner_id
    where (activities.party_id = ${id} or activities.contact_id = ${id})
      and ${actor.rights.has('activities.view')} and ${activityIsOpen(actor, 'activities')}`,
  sql`select 'message', messages.id, coalesce(messages.submitted_at, messages.due_at), jsonb_build_object(
      'channel', messages.channel, 'state', messages.state, 'reason', messages.reason,
      'campaignId', campaigns.id, 'campaign', campaigns.label,
      'openedAt', ${iso('messages.opened_at')}, 'clickedAt', ${iso('messages.clicked_at')})
    from messages join steps on steps.id = messages.step_id join campaigns on campaigns.id = steps.campaign_id
    where messages.party_id = ${id} and ${campaignIsOpen(actor, 'campaigns')}`,
]

type Entry = { kind: string; id: number; at: string; body: object }

export async function timeline(
  { db, actor }: { db: Database; actor: Actor },
  id: number,
  { offset, limit, direction }: Page,
): Promise<TimelineEntry[]> {
  const to = way(direction)
  const parts = sources(actor, id).map(
    (source) => sql`(${source} order by 3 ${to}, 2 ${to} limit ${offset + limit})`,
  )
  const { rows } = await sql<Entry>`
    select kind, id, at, body from (${sql.join(parts, sql` union all `)}) as all_of
    order by at ${to}, kind, id ${to} offset ${offset} limit ${limit}`.execute(db)
  return rows.map(({ body, ...entry }) => TimelineEntry.parse({ ...entry, ...body }))
}

const purchaseOrder = {
  soldAt: sql`sold_at`,
  store: sql`fold(stores.name)`,
  receipt: sql`fold(receipt)`,
  revenue: sql`sales.currency, revenue`,
} satisfies Record<(typeof purchaseSorts)[number], RawBuilder<unknown>>

type Purchases = z.infer<(typeof listPurchases)['output']>

export async function purchases(
  db: Database,
  id: number,
  { offset, limit, sort, direction }: Page & { sort: (typeof purchaseSorts)[number] },
): Promise<Purchases> {
  const totals = await db
    .selectFrom('partyPurchases')
    .select(['currency', 'visits', 'revenue', 'margin', 'quantity', 'firstVisitOn', 'lastVisitOn'])
    .where('partyId', '=', id)
    .orderBy('revenue', 'desc')
    .execute()
  const counted = await db
    .selectFrom('sales')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('partyId', '=', id)
    .executeTakeFirstOrThrow()
  const { rows } = await sql<Purchase>`
    select sales.id, sold_at, sales.sold_on, stores.name as store, receipt, sales.currency,
      coalesce(sum(amount), 0)::bigint as revenue, sum(margin)::bigint as margin,
      coalesce(sum(quantity), 0)::bigint as quantity,
      coalesce(jsonb_agg(jsonb_build_object('article', coalesce(nullif(articles.label, ''), articles.code, ''),
        'department', departments.label, 'revenue', amount, 'margin', margin, 'quantity', quantity)
        order by line_no) filter (where sale_lines.sale_id is not null), '[]') as lines
    from sales join stores on stores.id = sales.store_id
      left join sale_lines on sale_lines.sale_id = sales.id
      left join articles on articles.id = sale_lines.article_id
      left join departments on departments.id = sale_lines.department_id
    where sales.party_id = ${id}
    group by sales.id, stores.name
    order by ${purchaseOrder[sort]} ${way(direction)}, sold_at desc, sales.id desc offset ${offset} limit ${limit}`.execute(
    db,
  )
  return { total: counted.n, totals, purchases: rows.map((row) => Purchase.parse(row)) }
}
