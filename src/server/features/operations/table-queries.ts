/** The tables that an administrator extends. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import {
  type CampaignTypeDraft,
  type Entity,
  type EntityStateDraft,
  type FamilyDraft,
  OperationTables,
  type StepTypeDraft,
} from '#core/operations/tables.ts'
import type { Database } from '#platform/db/database.ts'
import { activityTypeIsOpen, held } from '../access/service.ts'

export async function all(db: Database, { keys }: Pick<Actor, 'keys'>): Promise<OperationTables> {
  return OperationTables.parse({
    states: await db
      .selectFrom('entityStates')
      .selectAll()
      .orderBy('entity')
      .orderBy('position')
      .orderBy('labelFr')
      .execute(),
    stepTypes: await db
      .selectFrom('stepTypes')
      .selectAll()
      .orderBy('position')
      .orderBy('labelFr')
      .execute(),
    types: await db
      .selectFrom('campaignTypes')
      .selectAll()
      .orderBy('position')
      .orderBy('labelFr')
      .execute(),
    families: await db
      .selectFrom('campaignFamilies')
      .selectAll()
      .where(held({ keys }, sql`key_id`))
      .orderBy('position')
      .orderBy(sql`fold(label)`)
      .execute(),
    people: await db
      .selectFrom('users')
      .select(['id', 'name'])
      .where('isActive', '=', true)
      .orderBy(sql`fold(name)`)
      .execute(),
    activityTypes: await db
      .selectFrom('activityTypes')
      .select(['id', 'labelFr', 'labelEn'])
      .where('isActive', '=', true)
      .where('inCampaigns', '=', true)
      .where(activityTypeIsOpen({ keys }, 'activityTypes'))
      .orderBy('position')
      .orderBy('id')
      .execute(),
    keys: await db
      .selectFrom('confidentialityKeys')
      .select(['id', 'label'])
      .where(sql<boolean>`id = any(${keys}::int[])`)
      .orderBy('position')
      .orderBy('id')
      .execute(),
    relays: await db
      .selectFrom('relays')
      .select(['id', 'label', 'channel'])
      .orderBy('id')
      .execute(),
  })
}

export async function findState(db: Database, entity: Entity, code: string) {
  return db
    .selectFrom('entityStates')
    .selectAll()
    .where('entity', '=', entity)
    .where('code', '=', code)
    .executeTakeFirst()
}

export async function saveState(db: Database, draft: EntityStateDraft): Promise<void> {
  const { entity, code, ...set } = draft
  await db
    .insertInto('entityStates')
    .values({
      ...draft,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from entity_states where entity = ${entity})`,
    })
    .onConflict((conflict) => conflict.columns(['entity', 'code']).doUpdateSet(set))
    .execute()
}

/** How many things have the state. */
export async function countState(db: Database, entity: Entity, code: string): Promise<number> {
  const where = {
    operation: sql`campaigns where state_code = ${code}`,
    'operation-type': sql`campaign_types where state_code = ${code}`,
    step: sql`steps where status_code = ${code}`,
    target: sql`(select step_id from target_tallies where status = ${code} group by step_id having sum(delta) > 0
      union all select id from steps where final_status = ${code}
      union all (select step_id from targets where status = ${code} limit 1)) as used`,
  }[entity]
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${where}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function deleteState(db: Database, entity: Entity, code: string): Promise<void> {
  await db
    .deleteFrom('entityStates')
    .where('entity', '=', entity)
    .where('code', '=', code)
    .where('isBuiltin', '=', false)
    .execute()
}

export async function findStepType(db: Database, code: string) {
  return db.selectFrom('stepTypes').selectAll().where('code', '=', code).executeTakeFirst()
}

export async function saveStepType(db: Database, draft: StepTypeDraft): Promise<void> {
  const { code, ...rest } = draft
  const set = { ...rest, fields: JSON.stringify(draft.fields) }
  await db
    .insertInto('stepTypes')
    .values({
      code,
      ...set,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from step_types)`,
    })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(set))
    .execute()
}

export async function deleteStepType(db: Database, code: string): Promise<void> {
  await db.deleteFrom('stepTypes').where('code', '=', code).where('isBuiltin', '=', false).execute()
}

export async function insertType(db: Database, draft: CampaignTypeDraft): Promise<void> {
  const position = sql<number>`(select coalesce(max(position), 0) + 1 from campaign_types)`
  await db
    .insertInto('campaignTypes')
    .values({ ...draft, position })
    .execute()
}

export async function updateType(db: Database, id: number, draft: CampaignTypeDraft) {
  const done = await db
    .updateTable('campaignTypes')
    .set(draft)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function insertFamily(db: Database, draft: FamilyDraft): Promise<void> {
  const position = sql<number>`(select coalesce(max(position), 0) + 1 from campaign_families)`
  await db
    .insertInto('campaignFamilies')
    .values({ ...draft, position })
    .execute()
}

export async function findFamily(db: Database, id: number) {
  return db.selectFrom('campaignFamilies').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function updateFamily(db: Database, id: number, draft: FamilyDraft) {
  await db.updateTable('campaignFamilies').set(draft).where('id', '=', id).execute()
}

export async function isFamilyTaken(db: Database, label: string, except: number | null) {
  const row = await db
    .selectFrom('campaignFamilies')
    .select('id')
    .where(sql<boolean>`fold(label) = fold(${label})`)
    .where(sql<boolean>`id is distinct from ${except}::int`)
    .executeTakeFirst()
  return row !== undefined
}

const tableOf = {
  'step-types': { table: sql`step_types`, key: sql`code`, used: sql`steps where type_code = ` },
  types: {
    table: sql`campaign_types`,
    key: sql`id::text`,
    used: sql`campaigns where type_id::text = `,
  },
  families: {
    table: sql`campaign_families`,
    key: sql`id::text`,
    used: sql`campaigns where family_id::text = `,
  },
}

/** How many steps or operations, those in the bin too, have the line of the table. */
export async function countUses(
  db: Database,
  table: keyof typeof tableOf,
  key: number | string,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${tableOf[table].used} ${String(key)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function remove(db: Database, table: 'types' | 'families', id: number) {
  const { table: name } = tableOf[table]
  await sql`delete from ${name} where id = ${id}`.execute(db)
}

export async function order(
  db: Database,
  {
    table,
    entity,
    keys,
  }: { table: keyof typeof tableOf | 'states'; entity?: Entity | undefined; keys: string[] },
): Promise<void> {
  const [name, key, only] =
    table === 'states'
      ? [sql`entity_states`, sql`code`, sql`and entity = ${entity ?? ''}`]
      : [tableOf[table].table, tableOf[table].key, sql``]
  await sql`update ${name} set position = array_position(${keys}::text[], ${key})
    where ${key} = any(${keys}::text[]) ${only}`.execute(db)
}
