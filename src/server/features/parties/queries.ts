/** Cards: every statement on parties but the list's and the bulk work's. */
import { type Insertable, sql, type Updateable } from 'kysely'
import { parseBirthday, printBirthday } from '#core/parties/birthday.ts'
import type { Applied } from '#core/parties/change.ts'
import { type CardValues, Party } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import type { Tables } from '#platform/db/tables.ts'

type Columns = Updateable<Tables['parties']>

/** Columns of the fields given; phones need `phoneNumber` and `mobileNumber` beside. */
export function columnsOf(values: Partial<CardValues>) {
  const { birthday, store, category, cardType, ...plain } = values
  return {
    ...plain,
    ...(store === undefined ? {} : { storeId: store }),
    ...(category === undefined ? {} : { categoryId: category }),
    ...(cardType === undefined ? {} : { cardTypeId: cardType }),
    ...(birthday === undefined ? {} : birthdayColumns(birthday)),
  }
}

function birthdayColumns(birthday: string | null) {
  const parts = birthday === null ? undefined : parseBirthday(birthday)
  return {
    birthYear: parts?.year ?? null,
    birthMonth: parts?.month ?? null,
    birthDay: parts?.day ?? null,
  }
}

function select(db: Database) {
  return db
    .selectFrom('parties')
    .selectAll()
    .select(
      sql<
        number[]
      >`array(select tag_id from party_tags where party_id = parties.id order by tag_id)`.as(
        'tags',
      ),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

type BirthColumns = Pick<Row, 'birthYear' | 'birthMonth' | 'birthDay'>

export function birthdayOf({ birthYear, birthMonth, birthDay }: BirthColumns): string | null {
  if (birthMonth === null || birthDay === null) return null
  return printBirthday({ year: birthYear, month: birthMonth, day: birthDay })
}

const toParty = (row: Row): Party =>
  Party.parse({
    ...row,
    store: row.storeId,
    category: row.categoryId,
    cardType: row.cardTypeId,
    birthday: birthdayOf(row),
  })

export async function find(db: Database, id: number): Promise<Party | undefined> {
  const row = await select(db).where('id', '=', id).executeTakeFirst()
  return row && toParty(row)
}

/** The card, locked until the transaction ends, so that two saves take turns. */
export async function lock(db: Database, id: number): Promise<Party | undefined> {
  await db.selectFrom('parties').select('id').where('id', '=', id).forUpdate().execute()
  return find(db, id)
}

export async function findMany(db: Database, ids: readonly number[]): Promise<Party[]> {
  if (ids.length === 0) return []
  const rows = await select(db)
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .where('deletedAt', 'is', null)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [toParty(row)] : []
  })
}

/** The id of the card with this code; merged cards lead to the one that holds their history now. */
export async function idOfCode(db: Database, code: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('parties')
    .select(sql<number>`coalesce(merged_into, id)`.as('id'))
    .where('code', '=', code)
    .executeTakeFirst()
  return row?.id
}

/** Whose card this is, in the order of their ids; spaces of a typed number do not count. */
export async function idsOfCard(db: Database, cardNumber: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct coalesce(merged_into, id) as id from parties
    where card_number in (${cardNumber}, ${cardNumber.replaceAll(' ', '')}) and card_number <> ''
      and (deleted_at is null or merged_into in (select id from parties where deleted_at is null))
    order by id limit 10`.execute(db)
  return rows.map(({ id }) => id)
}

type NewParty = Pick<Insertable<Tables['parties']>, 'lastName' | 'custom'> & Columns

/** Nothing when the code is taken. Without a code the next free one of ours is given. */
export async function insert(
  db: Database,
  values: NewParty & { code: string },
): Promise<number | undefined> {
  const given = values.code !== ''
  const row = await db
    .insertInto('parties')
    .values({
      ...values,
      code: given ? values.code : sql<string>`'C' || lpad(nextval('party_codes')::text, 6, '0')`,
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  // The number that the sequence gave may be in use by an imported card: take the next.
  if (!row && !given) return insert(db, values)
  return row?.id
}

export async function isCodeTaken(db: Database, code: string, except: number): Promise<boolean> {
  const row = await db
    .selectFrom('parties')
    .select('id')
    .where('code', '=', code)
    .where('id', '<>', except)
    .executeTakeFirst()
  return row !== undefined
}

export async function update(db: Database, id: number, columns: Columns): Promise<void> {
  await db
    .updateTable('parties')
    .set({
      ...columns,
      version: sql<number>`version + 1`,
      updatedAt: sql<string>`now()`,
    })
    .where('id', '=', id)
    .execute()
}

export type ChangeEntry = {
  partyId: number
  actorId: string | null
  actorName: string
  reason: 'create' | 'edit' | 'undo' | 'merge' | 'delete' | 'restore' | 'import'
  changes: Applied
}

export async function addChange(db: Database, entry: ChangeEntry): Promise<number> {
  const row = await db
    .insertInto('partyChanges')
    .values({ ...entry, changes: JSON.stringify(entry.changes) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function findChange(
  db: Database,
  partyId: number,
  id: number,
): Promise<Applied | undefined> {
  const row = await db
    .selectFrom('partyChanges')
    .select('changes')
    .where('id', '=', id)
    .where('partyId', '=', partyId)
    .executeTakeFirst()
  return row && (row.changes as Applied)
}

/** Who saved these fields last, for the message of a conflict. */
export async function lastChangedBy(db: Database, id: number, field: string) {
  return db
    .selectFrom('partyChanges')
    .select(['actorName', 'at'])
    .where('partyId', '=', id)
    .where(sql<boolean>`changes ? ${field}`)
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** Adds and takes tags; gives the ids of those that were really added and removed. */
export async function setTags(
  db: Database,
  partyId: number,
  { add, remove }: { add: number[]; remove: number[] },
): Promise<{ added: number[]; removed: number[] }> {
  const added = await sql<{ tagId: number }>`
    insert into party_tags (party_id, tag_id)
    select ${partyId}, id from tags where id = any(${add}::int[])
    on conflict do nothing returning tag_id`.execute(db)
  const removed = await sql<{ tagId: number }>`
    delete from party_tags where party_id = ${partyId} and tag_id = any(${remove}::int[])
    returning tag_id`.execute(db)
  return {
    added: added.rows.map((row) => row.tagId),
    removed: removed.rows.map((row) => row.tagId),
  }
}
