/** The table of a step's people: any page of a million, in any order. */
import { type RawBuilder, sql } from 'kysely'
import { type TargetFilter, type TargetOrder, TargetRow } from '#core/targets/target.ts'
import type { Database } from '#platform/db/database.ts'
import { partiesFound } from '../parties/service.ts'

/** Steps up to this size are sorted whole; larger ones are read along an index of the parties. */
const smallStep = 20_000

type Sql = RawBuilder<unknown>

/** A card in the bin takes its lines with it until it comes back; a condition on `targets as t`. Few are there: cheap to ask. */
export const isThere = sql<boolean>`not exists (select from parties card
  where card.id = t.party_id and card.deleted_at is not null)`

/** Everybody the filter means, as a condition on `targets as t`. */
export const whereOf = (stepId: number, filter: TargetFilter): RawBuilder<boolean> =>
  sql<boolean>`${chosen(stepId, filter)} and ${isThere}`

function chosen(stepId: number, { search, status, linked, batch }: TargetFilter): Sql {
  return sql`t.step_id = ${stepId}
    ${status ? sql`and t.status = ${status}` : sql``}
    ${linked ? (linked === 'yes' ? sql`and t.is_linked` : sql`and not t.is_linked`) : sql``}
    ${batch ? sql`and t.batch = ${batch}` : sql``}
    ${search ? sql`and t.party_id in (${found(stepId, search)})` : sql``}`
}

/** People of the step whom the words mean, and the contacts of the organisations that they mean. */
const found = (stepId: number, search: string) => sql`
  select x.party_id from targets x where x.step_id = ${stepId} and x.party_id in (${partiesFound(search)})
  union
  select x.party_id from targets x
    where x.step_id = ${stepId} and x.organisation_id in (${partiesFound(search)})`

export async function count(db: Database, stepId: number, filter: TargetFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from targets t where ${whereOf(stepId, filter)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function countUnlinked(db: Database, stepId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from targets t where t.step_id = ${stepId} and not t.is_linked and ${isThere}`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

type Page = TargetFilter & TargetOrder & { offset: number; limit: number; people: number }

const indexed: Partial<Record<TargetOrder['sort'], string>> = {
  code: 'code_key',
  name: 'name_key',
  city: 'city_key',
  email: 'email_key',
  postalCode: 'postal_code',
}

/** Of the head: the organisation of a contact, everybody else himself. */
const ofParty: Partial<Record<TargetOrder['sort'], string>> = {
  ...indexed,
  kind: 'kind',
  mobile: 'mobile',
}

const ofTarget: Partial<Record<TargetOrder['sort'], Sql>> = {
  status: sql`state.position`,
  statusAt: sql`t.status_at`,
  calls: sql`t.calls`,
  callbackAt: sql`t.callback_at`,
  enteredAt: sql`t.entered_at`,
  origin: sql`t.origin_step_id`,
  linked: sql`t.is_linked`,
}

/** `people`: about how many the step has, which decides the way. */
export async function pageIds(db: Database, stepId: number, page: Page): Promise<number[]> {
  const query = idsQuery(stepId, page)
  const { rows } = await sql<{ partyId: number }>`${query}
    offset ${page.offset} limit ${page.limit}`.execute(db)
  return rows.map(({ partyId }) => partyId)
}

function idsQuery(stepId: number, page: Page): Sql {
  const { sort, people, search, batch, linked } = page
  const direction = page.direction === 'desc' ? sql`desc` : sql`asc`
  const where = chosen(stepId, page)
  const target = ofTarget[sort]
  if (target) {
    const state =
      sort === 'status'
        ? sql`left join entity_states state on state.entity = 'target' and state.code = t.status`
        : sql``
    return sql`select t.party_id from targets t ${state}
      where ${where} and ${isThere} order by ${target} ${direction} nulls last, t.party_id`
  }
  const key = sql.ref(indexed[sort] ?? 'code_key')
  const isNarrow =
    people <= smallStep || search !== undefined || batch !== undefined || linked === 'no'
  if (!isNarrow && indexed[sort] !== undefined) return alongIndex({ where, key, direction })
  const own = sql.ref(ofParty[sort] ?? 'code_key')
  return sql`select t.party_id from targets t
      join parties p on p.id = t.party_id left join parties o on o.id = t.organisation_id
    where ${where} and p.deleted_at is null
    order by coalesce(o.${own}, p.${own}) ${direction}, coalesce(o.id, p.id) ${direction},
      t.organisation_id is not null, t.party_id`
}

/** The parties in their order, and of each its line and its contacts': stops when the page is full. */
const alongIndex = ({
  where,
  key,
  direction,
}: {
  where: Sql
  key: Sql
  direction: Sql
}): Sql => sql`
  select here.party_id from parties head cross join lateral (
    select t.party_id, false as is_contact from targets t
      where t.party_id = head.id and t.organisation_id is null and ${where}
    union all
    select t.party_id, true from targets t where t.organisation_id = head.id and ${where} and ${isThere}
  ) as here
  where head.deleted_at is null
  order by head.${key} ${direction}, head.id ${direction}, here.is_contact, here.party_id`

/** The lines of a page, in the order of the ids. */
export async function rowsOf(
  db: Database,
  stepId: number,
  ids: readonly number[],
): Promise<TargetRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ partyId: number }>`
    select t.party_id, p.code, p.last_name, p.first_name, p.company, p.nature, p.kind, p.city, p.postal_code,
      p.email, p.phone, p.mobile, t.via_contacts, t.status, t.status_at, t.status_by, t.is_linked, t.is_control,
      t.excluded_reason, t.origin_step_id, t.entered_at, t.available_at, t.callback_at, t.calls, t.batch,
      coalesce(pc.function, '') as function,
      case when o.id is not null then jsonb_build_object('id', o.id, 'code', o.code, 'name',
        coalesce(nullif(o.company, ''), o.last_name)) end as organisation
    from targets t join parties p on p.id = t.party_id
      left join parties o on o.id = t.organisation_id
      left join party_contacts pc on pc.organisation_id = t.organisation_id and pc.person_id = t.party_id
    where t.step_id = ${stepId} and t.party_id = any(${ids}::bigint[])`.execute(db)
  const byId = new Map(rows.map((row) => [row.partyId, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [TargetRow.parse(row)] : []
  })
}
