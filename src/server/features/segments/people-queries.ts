/** The people of a selection, page by page. */
import { type RawBuilder, sql } from 'kysely'
import type { PersonRow } from '#core/segments/api.ts'
import type { Database } from '#platform/db/database.ts'

const columns = [
  'id',
  'lastName',
  'firstName',
  'company',
  'email',
  'mobile',
  'phone',
  'postalCode',
  'city',
] as const

type Ids = RawBuilder<{ id: number }>

export function listPeople(
  db: Database,
  ids: Ids,
  { offset, limit }: { offset: number; limit: number },
): Promise<PersonRow[]> {
  return db
    .selectFrom('parties')
    .select(columns)
    .where('deletedAt', 'is', null)
    .where('id', 'in', sql<number>`(${ids})`)
    .orderBy('nameKey')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute()
}

export function findPeople(db: Database, ids: number[]): Promise<PersonRow[]> {
  return db
    .selectFrom('parties')
    .select(columns)
    .where('id', 'in', ids)
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .execute()
}

/** A few of them, spread by a hash so that they are not merely the first that were entered; always the same. */
export async function sampleIds(db: Database, ids: Ids, size: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from (${ids}) as chosen
    order by hashint8extended(id, 0) limit ${size}`.execute(db)
  return rows.map(({ id }) => id)
}
