/** What jobs brought into steps and took out, so that a job that runs again does nothing twice and still can tell. */
import type { Database } from '#platform/db/database.ts'

type Addition = { stepId: number; batch: number }
export type Brought = { added: number; removed: number }

/** Notes what `bring` does in the transaction of the caller; a second time it answers from the note. */
export async function once(
  db: Database,
  { stepId, batch }: Addition,
  bring: () => Promise<Brought>,
): Promise<Brought> {
  const before = await db
    .selectFrom('targetAdditions')
    .where('batch', '=', batch)
    .select(['added', 'removed'])
    .executeTakeFirst()
  if (before) return before
  const brought = await bring()
  await db
    .insertInto('targetAdditions')
    .values({ stepId, batch, ...brought })
    .execute()
  return brought
}
