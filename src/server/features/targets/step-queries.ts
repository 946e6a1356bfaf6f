/** The step that people are in, and what its operation keeps for their table. */
import { sql } from 'kysely'
import { TargetOrder } from '#core/targets/target.ts'
import type { Database } from '#platform/db/database.ts'

/** A step of an operation that is not in the bin. */
export async function findStep(db: Database, id: number) {
  return db
    .selectFrom('steps')
    .innerJoin('campaigns', 'campaigns.id', 'steps.campaignId')
    .where('steps.id', '=', id)
    .where('campaigns.form', '=', 'operation')
    .where('campaigns.deletedAt', 'is', null)
    .select([
      'steps.id',
      'steps.label',
      'steps.isFinal',
      'campaigns.id as campaignId',
      'campaigns.label as campaign',
      'campaigns.targetSort',
      'campaigns.targetDirection',
    ])
    .executeTakeFirst()
}
export type Step = NonNullable<Awaited<ReturnType<typeof findStep>>>

export const keptOrder = ({ targetSort, targetDirection }: Step): TargetOrder =>
  TargetOrder.catch({ sort: 'code', direction: 'asc' }).parse({
    sort: targetSort,
    direction: targetDirection,
  })

/** False when there is no such operation. */
export async function keepOrder(
  db: Database,
  campaignId: number,
  { sort, direction }: TargetOrder,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('campaigns')
    .set({ targetSort: sort, targetDirection: direction })
    .where('id', '=', campaignId)
    .where('form', '=', 'operation')
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What the program understands by a status; undefined when the house has no such word. */
export async function meaningOf(db: Database, status: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('entityStates')
    .where('entity', '=', 'target')
    .where('code', '=', status)
    .select('meaning')
    .executeTakeFirst()
  return row?.meaning
}

/** People still to do, of those to be reached. */
export async function countLeft(db: Database, stepId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(t.delta), 0)::bigint as n from target_tallies t
      join entity_states s on s.entity = 'target' and s.code = t.status and s.meaning = 'to-do'
    where t.step_id = ${stepId}`.execute(db)
  return rows[0]?.n ?? 0
}
