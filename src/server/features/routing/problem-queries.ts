/** Why a distribution by itself could not ask the conditions of a step, kept until they can be asked again. */
import type { Problem } from '#core/kernel/problem.ts'
import type { Database } from '#platform/db/database.ts'

export async function keepProblem(
  db: Database,
  stepId: number,
  problem: Problem | null,
): Promise<void> {
  await db
    .updateTable('steps')
    .set({ distributionProblem: problem && JSON.stringify(problem) })
    .where('id', '=', stepId)
    .where((eb) => (problem ? eb.val(true) : eb('distributionProblem', 'is not', null)))
    .execute()
}
