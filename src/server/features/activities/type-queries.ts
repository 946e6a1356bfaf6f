/** Types and families of activities, and the hours that durations are counted over. */
import { sql } from 'kysely'
import type { ActivityTables } from '#core/activities/api.ts'
import {
  type ActivityFamilyDraft,
  ActivityType,
  type ActivityTypeDraft,
} from '#core/activities/type.ts'
import { WorkingHours } from '#core/activities/working-time.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { held } from '../access/service.ts'

type Holder = Pick<Actor, 'keys'>

const typeRows = (db: Database) =>
  db
    .selectFrom('activityTypes')
    .leftJoin('activityFamilies', 'activityFamilies.id', 'activityTypes.familyId')
    .selectAll('activityTypes')
    .select([
      'activityTypes.familyId as activityFamilyId',
      sql<number>`(select count(*) from (select from activities where type_id = activity_types.id
        limit 1000) as counted)`.as('used'),
    ])

/** Those that the actor may see. */
export async function types(db: Database, actor: Holder): Promise<ActivityType[]> {
  const rows = await typeRows(db)
    .where(held(actor, sql`activity_types.key_id`))
    .where(held(actor, sql`activity_families.key_id`))
    .orderBy('activityTypes.position')
    .orderBy('labelFr')
    .execute()
  return rows.map((row) => ActivityType.parse(row))
}

/** Whoever asks: for the program itself. */
export async function findType(db: Database, id: number): Promise<ActivityType | undefined> {
  const row = await typeRows(db).where('activityTypes.id', '=', id).executeTakeFirst()
  return row && ActivityType.parse(row)
}

export async function all(db: Database, actor: Holder): Promise<ActivityTables> {
  return {
    types: await types(db, actor),
    families: await db
      .selectFrom('activityFamilies')
      .select(['id', 'label', 'keyId'])
      .where(held(actor, sql`key_id`))
      .orderBy('position')
      .orderBy(sql`fold(label)`)
      .execute(),
    people: await db
      .selectFrom('users')
      .select(['id', 'name'])
      .where('isActive', '=', true)
      .orderBy(sql`fold(name)`)
      .execute(),
    keys: await db
      .selectFrom('confidentialityKeys')
      .select(['id', 'label'])
      .where(sql<boolean>`id = any(${actor.keys}::int[])`)
      .orderBy('position')
      .orderBy('id')
      .execute(),
    workingHours: await workingHours(db),
  }
}

const columnsOf = ({ activityFamilyId, fields, customFields, ...rest }: ActivityTypeDraft) => ({
  ...rest,
  familyId: activityFamilyId,
  fields: JSON.stringify(fields),
  customFields: JSON.stringify(customFields),
})

export async function insertType(db: Database, draft: ActivityTypeDraft): Promise<void> {
  const position = sql<number>`(select coalesce(max(position), 0) + 1 from activity_types)`
  await db
    .insertInto('activityTypes')
    .values({ ...columnsOf(draft), position })
    .execute()
}

export async function updateType(
  db: Database,
  id: number,
  draft: ActivityTypeDraft,
): Promise<void> {
  // Others may have taken numbers since it was read; only with another prefix does the count begin anew.
  const { lastNumber, numberPrefix } = draft
  const next = sql<number>`case when number_prefix is not distinct from ${numberPrefix}::text
    then greatest(last_number, ${lastNumber}::bigint) else ${lastNumber}::bigint end`
  await db
    .updateTable('activityTypes')
    .set({ ...columnsOf(draft), lastNumber: next })
    .where('id', '=', id)
    .execute()
}

export async function isCodeTaken(db: Database, code: string, except: number | null) {
  const row = await db
    .selectFrom('activityTypes')
    .select('id')
    .where('code', '=', code)
    .where(sql<boolean>`id is distinct from ${except}::int`)
    .executeTakeFirst()
  return row !== undefined
}

/** Activities and steps that have the type. */
export async function countUses(db: Database, id: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select
    (select count(*) from activities where type_id = ${id})
    + (select count(*) from steps where activity_type_id = ${id}) as n`.execute(db)
  return rows[0]?.n ?? 0
}

export const removeType = (db: Database, id: number) =>
  db.deleteFrom('activityTypes').where('id', '=', id).execute()

export const findFamily = (db: Database, id: number) =>
  db.selectFrom('activityFamilies').selectAll().where('id', '=', id).executeTakeFirst()

export async function insertFamily(db: Database, draft: ActivityFamilyDraft): Promise<void> {
  const position = sql<number>`(select coalesce(max(position), 0) + 1 from activity_families)`
  await db
    .insertInto('activityFamilies')
    .values({ ...draft, position })
    .execute()
}

export const updateFamily = (db: Database, id: number, draft: ActivityFamilyDraft) =>
  db.updateTable('activityFamilies').set(draft).where('id', '=', id).execute()

export async function isFamilyTaken(db: Database, label: string, except: number | null) {
  const row = await db
    .selectFrom('activityFamilies')
    .select('id')
    .where(sql<boolean>`fold(label) = fold(${label})`)
    .where(sql<boolean>`id is distinct from ${except}::int`)
    .executeTakeFirst()
  return row !== undefined
}

export async function countTypesOf(db: Database, familyId: number): Promise<number> {
  const { n } = await db
    .selectFrom('activityTypes')
    .where('familyId', '=', familyId)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

export const removeFamily = (db: Database, id: number) =>
  db.deleteFrom('activityFamilies').where('id', '=', id).execute()

export async function order(
  db: Database,
  { table, ids }: { table: 'types' | 'families'; ids: number[] },
): Promise<void> {
  const name = table === 'types' ? sql`activity_types` : sql`activity_families`
  await sql`update ${name} set position = array_position(${ids}::int[], id)
    where id = any(${ids}::int[])`.execute(db)
}

async function workingHours(db: Database): Promise<WorkingHours> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'working-hours')
    .executeTakeFirst()
  return WorkingHours.parse(row?.value ?? {})
}

export async function saveWorkingHours(db: Database, hours: WorkingHours): Promise<void> {
  const value = JSON.stringify(hours)
  await db
    .insertInto('settings')
    .values({ name: 'working-hours', value })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value, updatedAt: sql<string>`now()` }),
    )
    .execute()
}

/** The next number of the type, taken for good when the transaction is; empty when the type has no numbering. */
export async function takeNumber(db: Database, typeId: number): Promise<string> {
  const row = await db
    .updateTable('activityTypes')
    .set({ lastNumber: sql<number>`last_number + 1` })
    .where('id', '=', typeId)
    .where('numberPrefix', 'is not', null)
    .returning(['numberPrefix', 'lastNumber'])
    .executeTakeFirst()
  return row ? `${row.numberPrefix}${row.lastNumber}` : ''
}
