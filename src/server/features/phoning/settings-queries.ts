/** The rules of calling, kept among the settings. */
import { sql } from 'kysely'
import { CallLaw } from '#core/phoning/law.ts'
import type { Database } from '#platform/db/database.ts'

export async function law(db: Database): Promise<CallLaw> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'calls')
    .executeTakeFirst()
  return CallLaw.parse(row?.value ?? {})
}

export async function keepLaw(db: Database, wanted: CallLaw): Promise<void> {
  const value = JSON.stringify(wanted)
  await db
    .insertInto('settings')
    .values({ name: 'calls', value })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value, updatedAt: sql<string>`now()` }),
    )
    .execute()
}

/** Whoever was kept back comes to the queue again, where each is judged anew. */
export async function reconsider(db: Database, stepId?: number): Promise<void> {
  await db
    .updateTable('targets')
    .set({ callBlock: null, callBlockUntil: null })
    .where('callBlock', 'is not', null)
    .$if(stepId !== undefined, (q) => q.where('stepId', '=', stepId ?? 0))
    .execute()
}
