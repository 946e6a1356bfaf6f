/** Fills an empty database with the demo shop, and empties it again. */
import { sql } from 'kysely'
import type { DemoReceipt } from '#core/demo/demo.ts'
import type { DemoPerson } from '#core/demo/people.ts'
import {
  demoArticles,
  demoCategories,
  demoCustomFields,
  demoDepartments,
  demoStores,
  demoTags,
} from '#core/demo/shop.ts'
import type { Database } from '#platform/db/database.ts'
import type { Tables } from '#platform/db/tables.ts'

/** Ids are given, counted from 1 in the order of the lists, so that rows can name each other. */
type Row<T extends keyof Tables> = Partial<Record<keyof Tables[T] & string, unknown>>

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Thousands of rows in one statement: PostgreSQL reads them from one JSON value. */
export async function insertAll<T extends keyof Tables & string>(
  db: Database,
  table: T,
  rows: readonly Row<T>[],
): Promise<void> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.ref(name)))
  for (let at = 0; at < rows.length; at += 10_000) {
    const json = JSON.stringify(
      rows
        .slice(at, at + 10_000)
        .map((row) => Object.fromEntries(Object.entries(row).map(([key, v]) => [snake(key), v]))),
    )
    await sql`insert into ${sql.table(table)} (${columns}) overriding system value
      select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${json}::json)`.execute(
      db,
    )
  }
}

/** After rows with given ids, the next id is one more. */
export async function advance(db: Database, table: string): Promise<void> {
  await sql`select setval(pg_get_serial_sequence(${snake(table)}, 'id'), max(id)) from ${sql.table(table)}`.execute(
    db,
  )
}

export async function isEmpty(db: Database): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select from users)
    and not exists (select from parties) and not exists (select from sales) as empty`.execute(db)
  return rows[0]?.empty ?? false
}

const idOf = <T>(list: readonly T[], found: (item: T) => boolean) => list.findIndex(found) + 1

const storeId = (code: string) => idOf(demoStores, (store) => store.code === code)

export async function insertShop(db: Database): Promise<void> {
  await insertAll(
    db,
    'stores',
    demoStores.map(({ share: _, ...store }, at) => ({ id: at + 1, ...store })),
  )
  await insertAll(db, 'departments', demoDepartments)
  await insertAll(
    db,
    'articles',
    demoArticles.map(({ id, code, label, departmentId }) => ({ id, code, label, departmentId })),
  )
  await insertAll(
    db,
    'partyCategories',
    demoCategories.map((label, at) => ({ id: at + 1, label })),
  )
  await insertAll(
    db,
    'tags',
    demoTags.map((tag, at) => ({ id: at + 1, ...tag })),
  )
  await insertAll(
    db,
    'customFields',
    demoCustomFields.map((field, at) => ({ id: at + 1, position: at, ...field })),
  )
  for (const table of ['stores', 'departments', 'articles', 'partyCategories', 'tags']) {
    await advance(db, table)
  }
  await advance(db, 'customFields')
}

export async function insertPeople(db: Database, people: readonly DemoPerson[]): Promise<void> {
  await insertAll(
    db,
    'parties',
    people.map(({ storeCode, category, tags: _, joinedOn, ...card }, at) => ({
      id: at + 1,
      ...card,
      storeId: storeId(storeCode),
      categoryId: category && idOf(demoCategories, (label) => label === category),
      version: 1,
      createdAt: `${joinedOn}T10:00:00Z`,
      updatedAt: `${joinedOn}T10:00:00Z`,
    })),
  )
  await advance(db, 'parties')
  const tagged = people.flatMap(({ tags, joinedOn }, at) =>
    tags.map((tag) => ({
      partyId: at + 1,
      tagId: idOf(demoTags, ({ label }) => label === tag),
      addedAt: `${joinedOn}T10:00:00Z`,
    })),
  )
  await insertAll(db, 'partyTags', tagged)
}

/** `receipts` in the order of their days: the number of a receipt counts up in its shop. */
export async function insertSales(db: Database, receipts: readonly DemoReceipt[]): Promise<void> {
  const counts = new Map<string, number>()
  const heads = receipts.map(({ party, storeCode, day }, at) => {
    const count = (counts.get(storeCode) ?? 0) + 1
    counts.set(storeCode, count)
    return {
      id: at + 1,
      storeId: storeId(storeCode),
      receipt: `${storeCode}-${String(count).padStart(6, '0')}`,
      soldAt: `${day}T${String(9 + (at % 9)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`,
      soldOn: day,
      partyId: party === null ? null : party + 1,
      currency: demoStores[storeId(storeCode) - 1]?.currency,
    }
  })
  await insertAll(db, 'sales', heads)
  await advance(db, 'sales')
  const lines = heads.flatMap(({ id, storeId, soldOn, partyId, currency }, at) =>
    (receipts[at]?.lines ?? []).map(({ article, quantity, amount, margin }, line) => ({
      saleId: id,
      lineNo: line + 1,
      partyId,
      storeId,
      soldOn,
      currency,
      articleId: article.id,
      departmentId: article.departmentId,
      quantity,
      amount,
      margin,
    })),
  )
  await insertAll(db, 'saleLines', lines)
  await sql`insert into purchases_stale
    select distinct party_id from sales where party_id is not null`.execute(db)
}

/** So that the planner knows the new rows before anyone opens a page. */
export async function analyse(db: Database): Promise<void> {
  await sql`analyze`.execute(db)
}
