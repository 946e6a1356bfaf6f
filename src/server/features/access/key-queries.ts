/** Confidentiality keys and who holds them. */
import { sql } from 'kysely'
import { KeyView } from '#core/access/key.ts'
import type { Database } from '#platform/db/database.ts'

const uses = sql<number>`(
  (select count(*) from campaigns where key_id = k.id) + (select count(*) from campaign_families where key_id = k.id)
  + (select count(*) from activity_types where key_id = k.id)
  + (select count(*) from activity_families where key_id = k.id))`

export async function list(db: Database): Promise<KeyView[]> {
  const { rows } = await sql`select k.id, k.label, ${uses} as uses,
      array(select user_id from confidentiality_grants where key_id = k.id and user_id is not null
        order by user_id) as user_ids,
      array(select group_id::int from confidentiality_grants where key_id = k.id and group_id is not null
        order by group_id) as group_ids
    from confidentiality_keys k order by fold(k.label), k.id`.execute(db)
  return rows.map((row) => KeyView.parse(row))
}

export async function isTaken(db: Database, label: string, but: number | null): Promise<boolean> {
  const { rows } = await sql`select from confidentiality_keys
    where fold(label) = fold(${label}) and id is distinct from ${but}::int`.execute(db)
  return rows.length > 0
}

export async function insert(db: Database, label: string): Promise<number> {
  const { id } = await db
    .insertInto('confidentialityKeys')
    .values({
      label,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from confidentiality_keys)`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function rename(db: Database, id: number, label: string): Promise<void> {
  await db.updateTable('confidentialityKeys').set({ label }).where('id', '=', id).execute()
}

export async function remove(db: Database, id: number): Promise<void> {
  await db.deleteFrom('confidentialityKeys').where('id', '=', id).execute()
}

type Holders = { userIds: readonly string[]; groupIds: readonly number[] }

/** False when one of the users or groups is not there. */
export async function setHolders(
  db: Database,
  keyId: number,
  { userIds, groupIds }: Holders,
): Promise<boolean> {
  await db.deleteFrom('confidentialityGrants').where('keyId', '=', keyId).execute()
  const { rows } = await sql`insert into confidentiality_grants (key_id, user_id, group_id)
    select ${keyId}::int, id, null::bigint from users where id = any(${[...userIds]}::text[])
    union all select ${keyId}::int, null, id from user_groups where id = any(${[...groupIds]}::bigint[])
    returning key_id`.execute(db)
  return rows.length === new Set(userIds).size + new Set(groupIds).size
}
