/** What the built-in mailbox keeps. */
import { MailboxLine } from '#core/delivery/mailbox-api.ts'
import type { Database } from '#platform/db/database.ts'

export type Received = {
  channel: 'email' | 'sms'
  sender: string
  recipient: string
  subject: string
  source: Buffer
}

export async function insert(db: Database, received: Received, now: Date): Promise<void> {
  await db
    .insertInto('mailboxMessages')
    .values({ ...received, receivedAt: now })
    .execute()
}

const line = ['id', 'channel', 'receivedAt', 'sender', 'recipient', 'subject'] as const

export async function list(
  db: Database,
  { search = '', offset, limit }: { search?: string | undefined; offset: number; limit: number },
) {
  const pattern = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`
  const found = db
    .selectFrom('mailboxMessages')
    .$if(search.trim() !== '', (q) =>
      q.where((eb) => eb.or([eb('recipient', 'ilike', pattern), eb('subject', 'ilike', pattern)])),
    )
  const rows = await found.select(line).orderBy('id', 'desc').offset(offset).limit(limit).execute()
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows: rows.map((row) => MailboxLine.parse(row)), total }
}

export async function find(db: Database, id: number) {
  const row = await db
    .selectFrom('mailboxMessages')
    .select([...line, 'source'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { line: MailboxLine.parse(row), source: row.source }
}

export async function remove(db: Database, ids: readonly number[] | undefined): Promise<void> {
  const all = db.deleteFrom('mailboxMessages')
  await (ids ? all.where('id', 'in', [...ids, 0]) : all).execute()
}
