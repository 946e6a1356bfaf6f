/** The conditions of steps as they are kept, and what depends on what. */
import { sql } from 'kysely'
import { Problem } from '#core/kernel/problem.ts'
import type { Distribution } from '#core/operations/step.ts'
import { Condition } from '#core/routing/condition.ts'
import type { Database } from '#platform/db/database.ts'

export type Guarded = {
  id: number
  label: string
  version: number
  formula: string
  originId: number | null
  originLabel: string | null
  distribution: Distribution
  conditions: Condition[]
  /** Why a distribution by itself could not ask them lately. */
  distributionProblem: Problem | null
}

/** A step of an operation that is not in the bin, with its conditions in their order. */
export async function find(db: Database, stepId: number): Promise<Guarded | undefined> {
  const { rows } = await sql<Omit<Guarded, 'conditions'> & { conditions: unknown[] }>`
    select s.id, s.label, s.version, s.formula, s.distribution, s.distribution_problem, s.origin_id, origin.label as origin_label, coalesce((
      select jsonb_agg(jsonb_build_object('code', c.code, 'test', c.test) order by c.position, c.id)
      from conditions c where c.step_id = s.id), '[]') as conditions
    from steps s join campaigns on campaigns.id = s.campaign_id left join steps origin on origin.id = s.origin_id
    where s.id = ${stepId} and s.is_final and campaigns.form = 'operation' and campaigns.deleted_at is null`.execute(
    db,
  )
  const [row] = rows
  return (
    row && {
      ...row,
      conditions: row.conditions.map((each) => Condition.parse(each)),
      distributionProblem: Problem.nullable().parse(row.distributionProblem),
    }
  )
}

type Change = {
  id: number
  version: number
  formula: string
  conditions: readonly Condition[]
  distribution: Distribution | undefined
}

/** False when somebody else has changed the step since. */
export async function save(db: Database, change: Change): Promise<boolean> {
  const { id, version, formula, conditions, distribution } = change
  const { numUpdatedRows } = await db
    .updateTable('steps')
    .set({
      formula,
      version: version + 1,
      distributionProblem: null,
      ...(distribution ? { distribution } : {}),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await db.deleteFrom('conditions').where('stepId', '=', id).execute()
  if (conditions.length === 0) return true
  const rows = conditions.map(({ code, test }, position) => ({
    stepId: id,
    code,
    test: JSON.stringify(test),
    position,
  }))
  await db.insertInto('conditions').values(rows).execute()
  return true
}

/** Those of the steps that are there, in a campaign that is not in the bin. */
export async function present(db: Database, stepIds: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select s.id from steps s join campaigns c on c.id = s.campaign_id and c.deleted_at is null
    where s.id = any(${stepIds}::bigint[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Those of the operations that are there and not in the bin. */
export async function presentOperations(
  db: Database,
  ids: readonly number[],
): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select id from campaigns where id = any(${ids}::bigint[]) and deleted_at is null`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Those of the states that are there. */
export async function knownStates(
  db: Database,
  entity: 'target' | 'step' | 'operation',
  codes: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('entityStates')
    .where('entity', '=', entity)
    .where('code', 'in', ['', ...codes])
    .select('code')
    .execute()
  return new Set(rows.map(({ code }) => code))
}

export type Dependence = { label: string; originId: number | null; conditions: Condition[] }

/** What each of the steps depends on: its origin, and what its conditions name. */
export async function dependences(db: Database, stepIds: readonly number[]): Promise<Dependence[]> {
  const { rows } = await sql<Omit<Dependence, 'conditions'> & { conditions: unknown[] }>`
    select s.label, s.origin_id, coalesce((
      select jsonb_agg(jsonb_build_object('code', c.code, 'test', c.test))
      from conditions c where c.step_id = s.id), '[]') as conditions
    from steps s where s.id = any(${stepIds}::bigint[])`.execute(db)
  return rows.map((row) => ({
    ...row,
    conditions: row.conditions.map((each) => Condition.parse(each)),
  }))
}
