import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

export async function listStores(db: Database) {
  return db.selectFrom('stores').select(['id', 'code', 'name as label']).orderBy('id').execute()
}

export async function listCategories(db: Database) {
  return db
    .selectFrom('partyCategories')
    .select(['id', 'label as code', 'label'])
    .orderBy('id')
    .execute()
}

export async function listCardTypes(db: Database) {
  return db.selectFrom('cardTypes').select(['id', 'label as code', 'label']).orderBy('id').execute()
}

export async function allocateIds(
  db: Database,
  table: 'stores' | 'party_categories' | 'card_types' | 'tags',
  count: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(${`${table}_id_seq`}::regclass) as id from generate_series(1, ${count}::int)`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

type Made = { id: number; name: string }

export async function insertStores(db: Database, made: readonly Made[], currency: string) {
  await sql`insert into stores (id, code, name, currency) overriding system value
    select id, name, name, ${currency} from unnest(${made.map((m) => m.id)}::int[],
      ${made.map((m) => m.name)}::text[]) as made (id, name)`.execute(db)
}

export async function insertCardTypes(db: Database, made: readonly Made[], currency: string) {
  await sql`insert into card_types (id, label, currency) overriding system value
    select id, label, ${currency} from unnest(${made.map((m) => m.id)}::int[],
      ${made.map((m) => m.name)}::text[]) as made (id, label)`.execute(db)
}

export async function insertCategories(db: Database, made: readonly Made[]) {
  await sql`insert into party_categories (id, label) overriding system value
    select * from unnest(${made.map((m) => m.id)}::int[], ${made.map((m) => m.name)}::text[])`.execute(
    db,
  )
}
