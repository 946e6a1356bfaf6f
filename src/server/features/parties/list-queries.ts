/** The list: a page anywhere in a million rows, and the count of exactly those it shows. */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { AppError } from '#core/kernel/app-error.ts'
import {
  indexedKeys,
  mostUnindexed,
  type PartyCount,
  type PartyFilter,
  PartyRow,
  type PartySelection,
  type SortKey,
} from '#core/parties/list.ts'
import type { Database } from '#platform/db/database.ts'
import { birthdayOf } from './queries.ts'
import { meaningsOf } from './search-queries.ts'

/** Criteria as a condition on `parties`; the feature that knows purchase history brings it, see app.ts. */
export type CriteriaCondition = (
  db: Database,
  criteria: unknown,
  now: Date,
) => Promise<RawBuilder<unknown>>

type ListOrder = { key: SortKey; descending: boolean }

/** A filter whose criteria are SQL already. */
export type Condition = { search: string; criteria: RawBuilder<unknown> | undefined }

export async function conditionOf(
  db: Database,
  { search, criteria }: PartyFilter,
  { compile, now }: { compile: CriteriaCondition; now: Date },
): Promise<Condition> {
  return {
    search,
    criteria: criteria === undefined ? undefined : await compile(db, criteria, now),
  }
}

/** Everybody the condition means: what the list shows, the count counts and bulk work changes. */
export function whereOf({ search, criteria }: Condition): RawBuilder<boolean> {
  const meanings = meaningsOf(search).map(({ where }) => sql`(${where})`)
  return sql`parties.deleted_at is null
    ${meanings.length === 0 ? sql`` : sql`and (${sql.join(meanings, sql` or `)})`}
    ${criteria ? sql`and (${criteria})` : sql``}`
}

/** Everybody the words mean, for statements of other features. */
export const idsFound = (search: string): RawBuilder<{ id: number }> =>
  sql`select parties.id from parties where ${whereOf({ search, criteria: undefined })}`

export async function count(
  db: Database,
  condition: Condition,
): Promise<z.infer<typeof PartyCount>> {
  const { rows } = await sql<z.infer<typeof PartyCount>>`
    select count(*) as total, count(*) filter (where has_email) as with_email,
      count(*) filter (where has_mobile) as with_mobile,
      count(*) filter (where do_not_contact) as do_not_contact
    from parties where ${whereOf(condition)}`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a count has a row')
  return row
}

/** Part of a list that has an order of its own; parts follow one another. */
type Part = {
  ids: (offset: number, limit: number) => RawBuilder<{ id: number }>
  count: RawBuilder<{ n: number }>
}

type PageOf = { offset: number; limit: number; sort: ListOrder; total?: number | undefined }

export async function pageIds(db: Database, condition: Condition, page: PageOf): Promise<number[]> {
  if (page.sort.key === 'lastVisit') return idsByVisit(db, condition, page)
  const byRelevance = page.sort.key === 'name' && !page.sort.descending
  if (condition.search !== '' && byRelevance) return concatenate(db, searchParts(condition), page)
  return sortedIds(db, condition, page)
}

const columns = {
  name: sql`parties.name_key`,
  code: sql`parties.code_key`,
  email: sql`parties.email_key`,
  postalCode: sql`parties.postal_code`,
  city: sql`parties.city_key`,
  store: sql`parties.store_id`,
  createdAt: sql`parties.created_at`,
  kind: sql`parties.kind`,
  category: sql`parties.category_id`,
  cardNumber: sql`parties.card_number`,
  cardType: sql`parties.card_type_id`,
  loyaltyPoints: sql`coalesce(parties.loyalty_points, 0)`,
  loyaltyItems: sql`coalesce(parties.loyalty_items, 0)`,
  loyaltyVisits: sql`coalesce(parties.loyalty_visits, 0)`,
  loyaltyBonus: sql`coalesce(parties.loyalty_bonus, 0)`,
  loyaltySales: sql`coalesce(parties.loyalty_sales, 0)`,
  loyaltyGift: sql`coalesce(parties.loyalty_gift, 0)`,
} as const satisfies Record<Exclude<SortKey, 'lastVisit'>, RawBuilder<unknown>>

/** Refuses an order that would keep everybody waiting: too many rows, and no index to read them by. */
async function ensureSortable(db: Database, condition: Condition, key: SortKey): Promise<void> {
  if (indexedKeys.some((indexed) => indexed === key)) return
  const { rows } = await sql<{ n: number }>`select count(*) as n from (
    select from parties where ${whereOf(condition)} limit ${mostUnindexed + 1}) as counted`.execute(
    db,
  )
  if ((rows[0]?.n ?? 0) <= mostUnindexed) return
  throw new AppError(
    'invalid',
    'parties/too-many-to-sort',
    `More than ${mostUnindexed} customers cannot be sorted by ${key}; narrow the list first.`,
    { details: { most: mostUnindexed } },
  )
}

/** Past the middle the same index is read from its other end, so no page is further away than half. */
async function sortedIds(db: Database, condition: Condition, page: PageOf): Promise<number[]> {
  const { offset, limit, sort, total } = page
  if (sort.key === 'lastVisit') return []
  await ensureSortable(db, condition, sort.key)
  const column = columns[sort.key]
  const fromEnd = total !== undefined && offset > total / 2 && offset < total
  const wanted = fromEnd ? Math.min(limit, total - offset) : limit
  const skipped = fromEnd ? total - offset - wanted : offset
  const direction = sort.descending !== fromEnd ? sql`desc` : sql``
  const { rows } = await sql<{ id: number }>`
    select id from parties where ${whereOf(condition)}
    order by ${column} ${direction}, parties.id ${direction}
    offset ${skipped} limit ${wanted}`.execute(db)
  const ids = rows.map((row) => row.id)
  return fromEnd ? ids.reverse() : ids
}

/** Names first, then first names, companies, towns…; nobody twice. */
function searchParts({ search, criteria }: Condition): Part[] {
  const meanings = meaningsOf(search)
  return meanings.map(({ where, by }, at) => {
    const before = meanings.slice(0, at).map((earlier) => sql`and (${earlier.where}) is not true`)
    const all = sql`parties.deleted_at is null and ${where}
      ${sql.join(before, sql` `)} ${criteria ? sql`and (${criteria})` : sql``}`
    return {
      ids: (offset, limit) => sql`select id from parties where ${all}
        order by ${by}, parties.id offset ${offset} limit ${limit}`,
      count: sql`select count(*) as n from parties where ${all}`,
    }
  })
}

const isEverybody = ({ search, criteria }: Condition) => search === '' && !criteria

/** Deep among those who never bought it is cheaper to count the others first than to read past them. */
async function idsByVisit(db: Database, condition: Condition, page: PageOf): Promise<number[]> {
  const [visited, never] = visitParts(condition, page.sort.descending)
  if (isEverybody(condition) && page.offset >= (await guessBuyers(db))) {
    const skip = page.offset - (await countOf(db, visited))
    if (skip >= 0) return concatenate(db, [never], { ...page, offset: skip })
  }
  return concatenate(db, [visited, never], page)
}

const countOf = async (db: Database, part: Part) => (await part.count.execute(db)).rows[0]?.n ?? 0

/** How many have bought as the statistics have it: enough to choose a way by. */
async function guessBuyers(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select reltuples as n from pg_class where oid = 'party_purchases_last_visit'::regclass`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** Those who bought, by their last day; then those who never did. Their days are in the roll-up. */
function visitParts(condition: Condition, descending: boolean): [visited: Part, never: Part] {
  // Without a condition it is cheaper to leave out the few deleted than to look up everybody.
  const meant = isEverybody(condition)
    ? sql`party_id not in (select id from parties where deleted_at is not null)`
    : sql`party_id in (select id from parties where ${whereOf(condition)})`
  const direction = descending ? sql`desc` : sql``
  const never = sql`${whereOf(condition)}
    and not exists (select from party_purchases where party_id = parties.id)`
  return [
    {
      ids: (offset, limit) => sql`
        select party_id as id from party_purchases where is_main and ${meant}
        order by last_visit_on ${direction}, party_id ${direction} offset ${offset} limit ${limit}`,
      count: sql`select count(*) as n from party_purchases where is_main and ${meant}`,
    },
    {
      ids: (offset, limit) => sql`select id from parties where ${never}
        order by id offset ${offset} limit ${limit}`,
      count: sql`select count(*) as n from parties where ${never}`,
    },
  ]
}

/** A slice of parts laid end to end; a part is counted only when the slice lies behind it. */
async function concatenate(
  db: Database,
  parts: readonly Part[],
  { offset, limit }: Pick<PageOf, 'offset' | 'limit'>,
): Promise<number[]> {
  const ids: number[] = []
  let skip = offset
  for (const part of parts) {
    const { rows } = await part.ids(skip, limit - ids.length).execute(db)
    ids.push(...rows.map((row) => row.id))
    if (ids.length === limit) break
    if (rows.length > 0) skip = 0
    else if (skip > 0) skip -= await countOf(db, part)
  }
  return ids
}

/** The lines of a page, in the order of the ids. */
export async function rowsOf(db: Database, ids: readonly number[]): Promise<PartyRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('parties')
    .selectAll()
    .select([
      sql<number[]>`array(select tag_id from party_tags where party_id = parties.id order by 1)`.as(
        'tags',
      ),
      sql<unknown>`coalesce((select jsonb_agg(jsonb_build_object(
          'currency', currency, 'visits', visits, 'revenue', revenue) order by revenue desc)
        from party_purchases where party_id = parties.id), '[]')`.as('purchases'),
      sql<
        string | null
      >`(select last_visit_on from party_purchases where party_id = parties.id and is_main)`.as(
        'lastVisitOn',
      ),
    ])
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    return PartyRow.parse({
      ...row,
      store: row.storeId,
      category: row.categoryId,
      cardType: row.cardTypeId,
      birthday: birthdayOf(row),
    })
  })
}

/** The people of a selection as a condition on `parties`. */
export async function selectedWhere(
  db: Database,
  selection: PartySelection,
  on: { compile: CriteriaCondition; now: Date },
): Promise<RawBuilder<boolean>> {
  if ('ids' in selection)
    return sql`parties.deleted_at is null and parties.id = any(${selection.ids}::bigint[])`
  const where = whereOf(await conditionOf(db, selection.filter, on))
  return sql`${where} and parties.id <> all(${selection.except}::bigint[])`
}

export async function countWhere(db: Database, where: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from parties where ${where}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function idsAfter(
  db: Database,
  where: RawBuilder<boolean>,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select parties.id from parties where ${where} and parties.id > ${after}
    order by parties.id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}
