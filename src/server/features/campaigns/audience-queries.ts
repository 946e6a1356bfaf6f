import { type RawBuilder, sql } from 'kysely'
import type { AudienceMember } from '#core/campaigns/campaign.ts'
import type { Database } from '#platform/db/database.ts'

/** A query of two columns, `id` and `reason`: people, and why they are left out. */
type People = RawBuilder<{ id: number; reason: string | null }>

type Ids = RawBuilder<{ id: number }>

const none: People = sql`select null::bigint as id, null as reason where false`
export const nobody: { selected: People; leftOut: People } = { selected: none, leftOut: none }

export const plain = (ids: Ids): People =>
  sql`select chosen.id, null::text as reason from (${ids}) as chosen`

/** Those of the ids who do not wish to be contacted. */
export const unwilling = (ids: Ids): People => sql`
  select chosen.id, 'do-not-contact' as reason
  from (${ids}) as chosen join parties w on w.id = chosen.id where w.do_not_contact`

/** What the launch froze: who is aimed at, and who was kept out with what reason. */
export function frozenGroups(stepId: number): { selected: People; leftOut: People } {
  return {
    selected: sql`select party_id as id, null::text as reason from targets
      where step_id = ${stepId} and not is_control and excluded_reason is null`,
    leftOut: sql`select party_id as id,
        case when is_control then 'control-group' else excluded_reason end as reason
      from targets where step_id = ${stepId} and (is_control or excluded_reason is not null)`,
  }
}

export const idsOf = (people: People): Ids => sql`select people.id from (${people}) as people`

export async function count(db: Database, people: People): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${people}) as a`.execute(db)
  return rows[0]?.n ?? 0
}

type Slice = { search?: string | undefined; offset: number; limit: number }

/** By name; a card that was deleted after the launch is still counted and says so. */
export async function page(
  db: Database,
  people: People,
  { search, offset, limit }: Slice,
): Promise<{ rows: AudienceMember[]; total: number }> {
  const found = search?.trim()
  const matching = found
    ? sql`where p.name_key like '%' || fold(${found.replace(/[\\%_]/g, '\\$&')}) || '%'`
    : sql``
  const from = sql`from (${people}) as a join parties p on p.id = a.id ${matching}`
  const { rows } = await sql<AudienceMember>`
    select p.id as party_id, p.last_name, p.first_name, p.email, p.postal_code,
      case when p.mobile = '' and p.sms_number is not null then p.phone else p.mobile end as mobile,
      case when p.deleted_at is not null then 'customer-deleted'
        when a.reason is null or a.reason in ('do-not-contact', 'control-group') then a.reason
        else 'other' end as reason
    ${from} order by p.name_key, p.id limit ${limit} offset ${offset}`.execute(db)
  const counted = await sql<{ n: number }>`select count(*) as n ${from}`.execute(db)
  return { rows, total: counted.rows[0]?.n ?? 0 }
}

export async function stepOf(db: Database, contentId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('contents')
    .select('stepId')
    .where('id', '=', contentId)
    .executeTakeFirst()
  return row?.stepId
}
