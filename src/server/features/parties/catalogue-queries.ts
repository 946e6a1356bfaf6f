/** The short lists a card refers to. */
import { sql } from 'kysely'
import type { z } from 'zod'
import {
  CardType,
  type CardTypeDraft,
  type Category,
  type Kind,
  PartyDefaults,
  Store,
  type StoreDraft,
  Tag,
  type TagDraft,
} from '#core/parties/catalogue.ts'
import { CustomField, type CustomFieldDraft } from '#core/parties/custom-field.ts'
import type { Database } from '#platform/db/database.ts'

export async function stores(db: Database): Promise<Store[]> {
  const rows = await db.selectFrom('stores').selectAll().orderBy(sql`fold(name)`).execute()
  return rows.map((row) => Store.parse(row))
}

export async function kinds(db: Database): Promise<Kind[]> {
  return db.selectFrom('partyKinds').selectAll().orderBy('position').orderBy('code').execute()
}

export async function categories(db: Database): Promise<Category[]> {
  return db.selectFrom('partyCategories').selectAll().orderBy(sql`fold(label)`).execute()
}

export async function cardTypes(db: Database): Promise<CardType[]> {
  const rows = await db.selectFrom('cardTypes').selectAll().orderBy(sql`fold(label)`).execute()
  return rows.map((row) => CardType.parse(row))
}

export async function tags(db: Database): Promise<Tag[]> {
  const rows = await db.selectFrom('tags').selectAll().orderBy(sql`fold(label)`).execute()
  return rows.map((row) => Tag.parse(row))
}

export async function customFields(db: Database): Promise<CustomField[]> {
  const rows = await db
    .selectFrom('customFields')
    .selectAll()
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => CustomField.parse(row))
}

const defaultsName = 'parties.defaults'

export async function defaults(db: Database): Promise<PartyDefaults> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', defaultsName)
    .executeTakeFirst()
  return PartyDefaults.parse(row?.value ?? {})
}

export async function saveDefaults(db: Database, value: PartyDefaults): Promise<void> {
  const text = JSON.stringify(value)
  await db
    .insertInto('settings')
    .values({ name: defaultsName, value: text })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value: text, updatedAt: sql<string>`now()` }),
    )
    .execute()
}

type Counts = Record<string, number>

async function countBy(db: Database, query: ReturnType<typeof sql<{ id: number; n: number }>>) {
  const { rows } = await query.execute(db)
  return Object.fromEntries(rows.map(({ id, n }) => [String(id), n]))
}

export async function counts(
  db: Database,
): Promise<{ tags: Counts; stores: Counts; categories: Counts; cardTypes: Counts }> {
  return {
    tags: await countBy(
      db,
      sql`select tag_id as id, count(*) as n from party_tags
        where party_id not in (select id from parties where deleted_at is not null) group by 1`,
    ),
    stores: await countBy(
      db,
      sql`select store_id as id, count(*) as n from parties
        where deleted_at is null and store_id is not null group by 1`,
    ),
    categories: await countBy(
      db,
      sql`select category_id as id, count(*) as n from parties
        where deleted_at is null and category_id is not null group by 1`,
    ),
    cardTypes: await countBy(
      db,
      sql`select card_type_id as id, count(*) as n from parties
        where deleted_at is null and card_type_id is not null group by 1`,
    ),
  }
}

/** The tag of that name in any capitals and accents, made when there is none. */
export async function ensureTag(db: Database, draft: TagDraftValue): Promise<Tag> {
  const known = await db
    .selectFrom('tags')
    .selectAll()
    .where(sql<boolean>`fold(label) = fold(${draft.label})`)
    .executeTakeFirst()
  if (known) return Tag.parse(known)
  const row = await db
    .insertInto('tags')
    .values(draft)
    .onConflict((conflict) => conflict.column('label').doUpdateSet({ label: draft.label }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return Tag.parse(row)
}
type TagDraftValue = z.infer<typeof TagDraft>

export async function updateTag(
  db: Database,
  id: number,
  draft: TagDraftValue,
): Promise<Tag | undefined> {
  const row = await db
    .updateTable('tags')
    .set({ label: draft.label, colour: draft.colour })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && Tag.parse(row)
}

export async function mergeTag(db: Database, id: number, into: number): Promise<void> {
  await sql`insert into party_tags (party_id, tag_id, added_at)
    select party_id, ${into}, added_at from party_tags where tag_id = ${id}
    on conflict do nothing`.execute(db)
  await deleteTag(db, id)
}

export async function deleteTag(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('tags').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

export async function insertStore(db: Database, draft: StoreDraft): Promise<Store> {
  const row = await db.insertInto('stores').values(draft).returningAll().executeTakeFirstOrThrow()
  return Store.parse(row)
}

export async function updateStore(
  db: Database,
  id: number,
  draft: StoreDraft,
): Promise<Store | undefined> {
  const { code, name, postalCode, city, currency } = draft
  const row = await db
    .updateTable('stores')
    .set({ code, name, postalCode, city, currency })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && Store.parse(row)
}

export async function deleteStore(db: Database, id: number): Promise<void> {
  await db.deleteFrom('stores').where('id', '=', id).execute()
}

export async function insertCategory(db: Database, label: string): Promise<Category> {
  return db.insertInto('partyCategories').values({ label }).returningAll().executeTakeFirstOrThrow()
}

export async function updateCategory(
  db: Database,
  id: number,
  label: string,
): Promise<Category | undefined> {
  return db
    .updateTable('partyCategories')
    .set({ label })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

export async function deleteCategory(db: Database, id: number): Promise<void> {
  await db.deleteFrom('partyCategories').where('id', '=', id).execute()
}

export async function insertCardType(db: Database, draft: CardTypeDraft): Promise<CardType> {
  const row = await db
    .insertInto('cardTypes')
    .values(draft)
    .returningAll()
    .executeTakeFirstOrThrow()
  return CardType.parse(row)
}

export async function updateCardType(
  db: Database,
  id: number,
  { label, currency }: CardTypeDraft,
): Promise<CardType | undefined> {
  const row = await db
    .updateTable('cardTypes')
    .set({ label, currency })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && CardType.parse(row)
}

export async function deleteCardType(db: Database, id: number): Promise<void> {
  await db.deleteFrom('cardTypes').where('id', '=', id).execute()
}

export async function saveKind(db: Database, kind: Kind): Promise<void> {
  const { code, ...rest } = kind
  await db
    .insertInto('partyKinds')
    .values(kind)
    .onConflict((conflict) => conflict.column('code').doUpdateSet(rest))
    .execute()
}

export async function deleteKind(db: Database, code: string): Promise<void> {
  await db.deleteFrom('partyKinds').where('code', '=', code).execute()
}

export async function insertCustomField(
  db: Database,
  draft: CustomFieldDraft,
): Promise<CustomField> {
  const row = await db
    .insertInto('customFields')
    .values({ ...draft, options: JSON.stringify(draft.options) })
    .returningAll()
    .executeTakeFirstOrThrow()
  return CustomField.parse(row)
}

/** Labels, choices and place; key and type stay, since values are stored under and by them. */
export async function updateCustomField(
  db: Database,
  id: number,
  draft: CustomFieldDraft,
): Promise<CustomField | undefined> {
  const { labelFr, labelEn, options, position } = draft
  const row = await db
    .updateTable('customFields')
    .set({ labelFr, labelEn, options: JSON.stringify(options), position })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && CustomField.parse(row)
}

export async function deleteCustomField(db: Database, id: number): Promise<void> {
  const row = await db
    .deleteFrom('customFields')
    .where('id', '=', id)
    .returning('key')
    .executeTakeFirst()
  if (!row) return
  await sql`update parties set custom = custom - ${row.key}::text where custom ? ${row.key}`.execute(
    db,
  )
}
