/** Numbers that must not be called, in E.164, by list. */
import { sql } from 'kysely'
import type { DoNotCallList } from '#core/phoning/do-not-call-api.ts'
import type { Database } from '#platform/db/database.ts'

/** The name under which the house's own list is kept; on screen it is called by the page's language. */
const ownLabel = 'own'

/** The house's own first, then the newest. */
export async function list(db: Database): Promise<DoNotCallList[]> {
  const { rows } = await sql<DoNotCallList>`
    select l.id, l.label, l.kind, l.file_name, l.created_at,
      (select count(*) from do_not_call_numbers n where n.list_id = l.id) as numbers
    from do_not_call_lists l order by l.kind = 'own' desc, l.id desc`.execute(db)
  return rows
}

/** Nothing when the name is taken. */
export async function create(
  db: Database,
  { label, fileName }: { label: string; fileName: string },
): Promise<number | undefined> {
  const row = await db
    .insertInto('doNotCallLists')
    .values({ label, fileName, kind: 'imported' })
    .onConflict((conflict) => conflict.column('label').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function ownList(db: Database): Promise<number> {
  await db
    .insertInto('doNotCallLists')
    .values({ label: ownLabel, kind: 'own' })
    .onConflict((conflict) => conflict.column('label').doNothing())
    .execute()
  const { id } = await db
    .selectFrom('doNotCallLists')
    .where('label', '=', ownLabel)
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Returns how many are new on the list. */
export async function add(db: Database, listId: number, numbers: string[]): Promise<number> {
  if (numbers.length === 0) return 0
  const { rows } = await sql<{ n: number }>`with written as (
      insert into do_not_call_numbers (number, list_id)
      select distinct number, ${listId}::int from unnest(${numbers}::text[]) as number
      on conflict do nothing returning 1)
    select count(*) as n from written`.execute(db)
  return rows[0]?.n ?? 0
}

/** Takes a number off the house's own list. */
export async function take(db: Database, number: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('doNotCallNumbers')
    .where('number', '=', number)
    .where('listId', 'in', (eb) =>
      eb.selectFrom('doNotCallLists').where('kind', '=', 'own').select('id'),
    )
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function remove(db: Database, id: number): Promise<string | undefined> {
  const row = await db
    .deleteFrom('doNotCallLists')
    .where('id', '=', id)
    .returning('label')
    .executeTakeFirst()
  return row?.label
}
