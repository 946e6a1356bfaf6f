/** What messages have around them: the sender's identity, and the fields that there are. */
import { sql } from 'kysely'
import type { CustomFieldShape, QuestionShape } from '#core/content/merge-values.ts'
import { SenderIdentity } from '#core/content/sender.ts'
import { Question } from '#core/questionnaires/question.ts'
import type { Database } from '#platform/db/database.ts'

export async function customFields(db: Database): Promise<CustomFieldShape[]> {
  const rows = await db
    .selectFrom('customFields')
    .select(['key', 'type', 'labelFr', 'labelEn', 'options'])
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...row,
    type: row.type as CustomFieldShape['type'],
    options: row.options as CustomFieldShape['options'],
  }))
}

/** Retired ones too: what was answered can still be told. */
export async function questions(db: Database): Promise<QuestionShape[]> {
  const rows = await db
    .selectFrom('questions')
    .select(['code', 'kind', 'label', 'choices'])
    .orderBy(sql`fold(label)`)
    .execute()
  return rows.map((row) =>
    Question.pick({ code: true, kind: true, label: true, choices: true }).parse(row),
  )
}

/** What contents can name beside what every customer has: keys of custom fields, codes of questions. */
export async function fieldNames(db: Database): Promise<{ keys: string[]; codes: string[] }> {
  const { rows } = await sql<{ keys: string[]; codes: string[] }>`
    select array(select key from custom_fields) as keys, array(select code from questions) as codes`.execute(
    db,
  )
  return rows[0] ?? { keys: [], codes: [] }
}

export async function sender(db: Database): Promise<SenderIdentity> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'sender')
    .executeTakeFirst()
  return SenderIdentity.parse(row?.value ?? {})
}

export async function keepSender(db: Database, identity: SenderIdentity): Promise<void> {
  const value = JSON.stringify(identity)
  await db
    .insertInto('settings')
    .values({ name: 'sender', value })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value, updatedAt: sql<string>`now()` }),
    )
    .execute()
}
