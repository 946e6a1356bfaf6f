/** Saved segments. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Segment, type SegmentDraft } from '#core/segments/segment.ts'
import type { Database } from '#platform/db/database.ts'
import type { ActivityFields } from './activity-queries.ts'

const columns = ['id', 'name', 'criteria', 'version', 'createdAt', 'updatedAt'] as const

export async function list(db: Database): Promise<Segment[]> {
  const rows = await db.selectFrom('segments').select(columns).orderBy('name').execute()
  return rows.map((row) => Segment.parse(row))
}

export async function findMany(db: Database, ids: number[]): Promise<Segment[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('segments').select(columns).where('id', 'in', ids).execute()
  return rows.map((row) => Segment.parse(row))
}

/** Returns nothing when the name is taken. */
export async function insert(
  db: Database,
  { name, criteria }: SegmentDraft,
  createdBy: string | null,
): Promise<Segment | undefined> {
  const row = await db
    .insertInto('segments')
    .values({ name, criteria: JSON.stringify(criteria), createdBy })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(columns)
    .executeTakeFirst()
  return row && Segment.parse(row)
}

/** Returns nothing when someone else has changed it since `version`. */
export async function update(
  db: Database,
  segment: SegmentDraft & { id: number; version: number },
  now: Date,
): Promise<Segment | undefined> {
  const row = await db
    .updateTable('segments')
    .set({
      name: segment.name,
      criteria: JSON.stringify(segment.criteria),
      version: segment.version + 1,
      updatedAt: now,
    })
    .where('id', '=', segment.id)
    .where('version', '=', segment.version)
    .returning(columns)
    .executeTakeFirst()
  return row && Segment.parse(row)
}

export async function isNameTaken(db: Database, name: string, but: number): Promise<boolean> {
  const row = await db
    .selectFrom('segments')
    .select('id')
    .where('name', '=', name)
    .where('id', '<>', but)
    .executeTakeFirst()
  return row !== undefined
}

export async function remove(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('segments').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

export async function questionKinds(db: Database): Promise<Map<number, string>> {
  const rows = await db.selectFrom('questions').select(['id', 'kind']).execute()
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}

/** Whether any contact answered for an organisation. */
export async function contactsAnswered(db: Database): Promise<boolean> {
  const { rows } = await sql`select from answers
    where is_current and organisation_id is not null limit 1`.execute(db)
  return rows.length > 0
}

export async function customTypes(db: Database): Promise<Map<string, string>> {
  const rows = await db.selectFrom('customFields').select(['key', 'type']).execute()
  return new Map(rows.map(({ key, type }) => [key, type]))
}

/** The types of activity, and the custom fields of each by their type. */
export async function activityFields(db: Database): Promise<ActivityFields> {
  const rows = await db.selectFrom('activityTypes').select(['id', 'customFields']).execute()
  const fields = z.array(z.object({ key: z.string(), type: z.string() }))
  return new Map(
    rows.map(({ id, customFields }) => [
      id,
      new Map(fields.parse(customFields).map(({ key, type }) => [key, type])),
    ]),
  )
}

/** Whether every one of these mailings, steps and types of activity is there, in the bin or not. */
export async function areThere(
  db: Database,
  named: {
    campaigns: readonly number[]
    steps: readonly number[]
    activityTypes: readonly number[]
  },
): Promise<boolean> {
  const { rows } = await sql`
    select from unnest(${named.campaigns}::bigint[]) as id where id not in (select id from campaigns)
    union all
    select from unnest(${named.steps}::bigint[]) as id where id not in (select id from steps)
    union all
    select from unnest(${named.activityTypes}::bigint[]) as id where id not in (select id from activity_types)
    limit 1`.execute(db)
  return rows.length === 0
}
