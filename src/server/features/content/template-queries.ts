import { sql } from 'kysely'
import { MessageTemplate } from '#core/content/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import type { Database } from '#platform/db/database.ts'

const columns = ['id', 'name', 'body', 'createdByName', 'createdAt'] as const

export async function list(db: Database): Promise<MessageTemplate[]> {
  const rows = await db
    .selectFrom('messageTemplates')
    .select(columns)
    .orderBy(sql`fold(name)`)
    .orderBy('id')
    .execute()
  return rows.map((row) => MessageTemplate.parse(row))
}

export async function find(db: Database, id: number): Promise<MessageTemplate | undefined> {
  const row = await db
    .selectFrom('messageTemplates')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && MessageTemplate.parse(row)
}

type New = { name: string; body: ContentBody; createdBy: string | null; createdByName: string }

/** Undefined when the name is taken in its channel. */
export async function insert(db: Database, { body, ...values }: New) {
  const row = await db
    .insertInto('messageTemplates')
    .values({ ...values, channel: body.channel, body: JSON.stringify(body) })
    .onConflict((conflict) => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst()
  return row && MessageTemplate.parse(row)
}

/** False when another of its channel has the name. */
export async function rename(db: Database, id: number, name: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messageTemplates as own')
    .set({ name })
    .where('own.id', '=', id)
    .where(
      sql<boolean>`not exists (select from message_templates other where other.id <> own.id
        and other.channel = own.channel and fold(other.name) = fold(${name}))`,
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function remove(db: Database, id: number): Promise<void> {
  await db.deleteFrom('messageTemplates').where('id', '=', id).execute()
}
