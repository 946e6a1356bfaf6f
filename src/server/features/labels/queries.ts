/** Whom labels are for, who is left out and why, and the label formats of the shop. */
import { type RawBuilder, sql } from 'kysely'
import { LabelFormat, type LabelShape } from '#core/labels/format.ts'
import type { LeftOutReason, labelSorts } from '#core/labels/order.ts'
import type { Postal } from '#core/labels/postal.ts'
import type { Database } from '#platform/db/database.ts'

/** A condition on `parties`. */
type Where = RawBuilder<boolean>

/** What a label needs of a card, and who is left out in any case. */
export type Needs = {
  kind: 'address' | 'card' | 'text'
  excludeDoNotContact: boolean
  longestCard: { any: number; digits: number }
}

const isBlank = (column: string) => sql<boolean>`${sql.ref(column)} !~ '\\S'`

/** The wish on the card, or the last word about post in the consent ledger. */
const unwilling = sql<boolean>`(parties.do_not_contact or (
  select state = 'withdrawn' from consents
  where party_id = parties.id and channel = 'post' and purpose = 'marketing'
  order by id desc limit 1))`

const gaps = {
  address: () => sql`
    when ${isBlank('last_name')} and ${isBlank('first_name')} and ${isBlank('company')} then 'no-name'
    when ${isBlank('city')} and ${isBlank('postal_code')} and ${isBlank('address1')} and ${isBlank('address2')}
      then 'no-address'
    when ${isBlank('city')} then 'no-town'
    when ${isBlank('address1')} and ${isBlank('address2')} then 'no-street'`,
  card: ({ longestCard: { any, digits } }: Needs) => sql`
    when ${isBlank('card_number')} then 'no-card'
    when octet_length(card_number) <> length(card_number) or card_number ~ '[[:cntrl:]]'
      then 'card-unreadable'
    when length(btrim(card_number)) > case when btrim(card_number) ~ '^[0-9]+$'
      then ${digits}::int else ${any}::int end then 'card-too-long'`,
  text: () => sql``,
} as const

/** Why a customer gets no label, null when they get one. */
function gapOf(needs: Needs): RawBuilder<LeftOutReason | null> {
  const wish = needs.excludeDoNotContact ? sql`${unwilling}` : sql`false`
  return sql`case when ${wish} then 'do-not-contact' ${gaps[needs.kind](needs)} end`
}

export async function countByGap(
  db: Database,
  where: Where,
  needs: Needs,
): Promise<{ reason: LeftOutReason | null; count: number }[]> {
  const { rows } = await sql<{ reason: LeftOutReason | null; count: number }>`
    select ${gapOf(needs)} as reason, count(*) as count from parties where ${where} group by 1
    order by 2 desc, 1`.execute(db)
  return rows
}

type Order = { sort: (typeof labelSorts)[number]; home: string; limit: number }

/** Those who get a label, in the order of printing: at home first, then by country. */
export async function printable(
  db: Database,
  { where, needs }: { where: Where; needs: Needs },
  { sort, home, limit }: Order,
): Promise<number[]> {
  const postal = sql`country <> ${home}, country, postal_code,`
  const { rows } = await sql<{ id: number }>`
    select parties.id from parties where ${where} and (${gapOf(needs)}) is null
    order by ${sort === 'postalCode' ? postal : sql``} name_key, parties.id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** The people of a query of ids, those who still have a card. */
export const among = (ids: RawBuilder<{ id: number }>): Where =>
  sql`parties.deleted_at is null and parties.id in (${ids})`

export type Face = Postal & { id: number; cardNumber: string }

export function faces(db: Database, ids: readonly number[]): Promise<Face[]> {
  return db
    .selectFrom('parties')
    .select(['id', 'nature', 'salutation', 'firstName', 'lastName', 'company'])
    .select(['address1', 'address2', 'postalCode', 'city', 'country', 'cardNumber'])
    .where(sql<boolean>`id = any(${[...ids]}::bigint[])`)
    .execute()
}

const formatOf = ({ id, shape }: { id: number; shape: unknown }): LabelFormat =>
  LabelFormat.parse({ ...(shape as LabelShape), id, key: `custom-${id}` })

export async function formats(db: Database): Promise<LabelFormat[]> {
  const rows = await db
    .selectFrom('labelFormats')
    .select(['id', 'shape'])
    .orderBy(sql`fold(name)`)
    .execute()
  return rows.map(formatOf)
}

/** Undefined when the name is taken. */
export async function insertFormat(
  db: Database,
  shape: LabelShape,
): Promise<LabelFormat | undefined> {
  const row = await db
    .insertInto('labelFormats')
    .values({ name: shape.name, shape: JSON.stringify(shape) })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'shape'])
    .executeTakeFirst()
  return row && formatOf(row)
}

export async function isNameTaken(db: Database, name: string, except: number): Promise<boolean> {
  const row = await db
    .selectFrom('labelFormats')
    .select('id')
    .where(sql<boolean>`fold(name) = fold(${name})`)
    .where('id', '<>', except)
    .executeTakeFirst()
  return row !== undefined
}

export async function updateFormat(
  db: Database,
  id: number,
  shape: LabelShape,
): Promise<LabelFormat | undefined> {
  const row = await db
    .updateTable('labelFormats')
    .set({ name: shape.name, shape: JSON.stringify(shape) })
    .where('id', '=', id)
    .returning(['id', 'shape'])
    .executeTakeFirst()
  return row && formatOf(row)
}

export async function removeFormat(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('labelFormats')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
