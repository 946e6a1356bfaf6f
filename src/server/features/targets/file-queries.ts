/** Files of codes: their lines looked up, judged and proposed, all in the database. */
import { sql } from 'kysely'
import type { FileReport, LineProblem } from '#core/targets/file.ts'
import type { Database } from '#platform/db/database.ts'
import { type Candidates, judged } from './admit-queries.ts'

export type FileHead = Pick<FileReport, 'name' | 'headerLine' | 'ignored'> & { id: string }

export async function insert(
  db: Database,
  stepId: number,
  { id, name, headerLine, ignored, now }: FileHead & { now: Date },
): Promise<void> {
  // Of what was checked and never confirmed, a day's.
  await sql`delete from target_files where checked_at < ${now}::timestamptz - interval '1 day'`.execute(
    db,
  )
  await db
    .insertInto('targetFiles')
    .values({ id, stepId, name, headerLine, ignored, checkedAt: now })
    .execute()
}

export const find = (db: Database, stepId: number, id: string) =>
  db
    .selectFrom('targetFiles')
    .selectAll()
    .where('id', '=', id)
    .where('stepId', '=', stepId)
    .executeTakeFirst()

export async function forget(db: Database, id: string): Promise<void> {
  await db.deleteFrom('targetFiles').where('id', '=', id).execute()
}

/** `kind`: what FICHE means; empty when nothing, null when the file has no such column. */
export type Line = {
  line: number
  fiche: string
  tiers: string
  contact: string
  kind: string | null
}

/** Looks the codes of some lines up and keeps what was found of each. */
export async function stage(db: Database, fileId: string, lines: readonly Line[]): Promise<void> {
  const of = <Key extends keyof Line>(key: Key) => lines.map((line) => line[key])
  await sql`
    insert into target_file_rows (file_id, line, fiche, tiers, contact, party_id, organisation_id, reason)
    select ${fileId}::uuid, line, fiche, tiers, contact,
      case when reason = '' then coalesce(person_id, tiers_id) end,
      case when reason = '' and person_id is not null then organisation_id end, reason
    from (
      select r.*, org.id as tiers_id, person.id as person_id,
        coalesce(org.id, person.organisation_id) as organisation_id,
        case when r.tiers = '' and (r.contact = '' or r.kind is not null) then 'code-missing'
          when r.kind = '' then 'unknown-fiche'
          when r.tiers <> '' and org.id is null then 'unknown-code'
          when org.kind <> r.kind then 'other-fiche'
          when r.contact <> '' and person.id is null then 'unknown-contact' else '' end as reason
      from unnest(${of('line')}::int[], ${of('fiche')}::text[], ${of('tiers')}::text[],
          ${of('contact')}::text[], ${of('kind')}::text[]) as r (line, fiche, tiers, contact, kind)
        left join lateral (
          select id, kind from parties
          where r.tiers <> '' and code_key = lower(r.tiers) and deleted_at is null
          order by code = r.tiers desc, kind = r.kind desc, id limit 1
        ) as org on true
        left join lateral (
          select c.id, pc.organisation_id from party_contacts pc join parties c on c.id = pc.person_id
          where r.contact <> '' and pc.organisation_id = org.id and c.deleted_at is null
            and (c.code_key = lower(r.contact) or c.name_key = fold(r.contact) or c.first_name_key = fold(r.contact))
          union all
          select c.id, (select organisation_id from party_contacts pc where pc.person_id = c.id
            order by position, organisation_id limit 1)
          from parties c where r.tiers = '' and r.contact <> '' and c.code_key = lower(r.contact)
            and c.deleted_at is null
          order by 1 limit 1
        ) as person on true
    ) as looked_up`.execute(db)
}

/** After the last line: what is twice in the file, and what would come of the others. */
export async function judge(db: Database, stepId: number, fileId: string): Promise<void> {
  await sql`
    update target_file_rows as r set reason = 'duplicate' from (
      select line, row_number() over (partition by party_id, organisation_id order by line) as place
      from target_file_rows where file_id = ${fileId} and reason = ''
    ) as same where r.file_id = ${fileId} and r.line = same.line and same.place > 1`.execute(db)
  await sql`
    with verdict as materialized (${judged(byFile(fileId), stepId)})
    update target_file_rows as r
      set reason = case found.reason when 'kind' then 'wrong-kind' else found.reason end
    from (
      select line, case when own.party_id is not null then own.reason else head.reason end as reason
      from target_file_rows l left join verdict own on own.party_id = l.party_id
        left join verdict head on head.party_id = l.organisation_id
      where l.file_id = ${fileId} and l.reason = ''
    ) as found where r.file_id = ${fileId} and r.line = found.line and found.reason is not null`.execute(
    db,
  )
}

export const byFile = (fileId: string): Candidates =>
  sql`select distinct party_id, organisation_id from target_file_rows
    where file_id = ${fileId}::uuid and party_id is not null`

export async function countReasons(db: Database, fileId: string) {
  const rows = await db
    .selectFrom('targetFileRows')
    .where('fileId', '=', fileId)
    .groupBy('reason')
    .select(['reason', (eb) => eb.fn.countAll<number>().as('lines')])
    .execute()
  return new Map(rows.map(({ reason, lines }) => [reason, lines]))
}

export async function problems(
  db: Database,
  fileId: string,
  { after, limit }: { after: number; limit: number },
): Promise<LineProblem[]> {
  const rows = await db
    .selectFrom('targetFileRows')
    .where('fileId', '=', fileId)
    .where('reason', '<>', '')
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .select(['line', 'fiche', 'tiers', 'contact', 'reason'])
    .execute()
  return rows as LineProblem[]
}

export async function stepIsThere(db: Database, id: number): Promise<boolean> {
  const { rows } = await sql`select from steps join campaigns on campaigns.id = steps.campaign_id
    where steps.id = ${id} and campaigns.deleted_at is null`.execute(db)
  return rows.length > 0
}
