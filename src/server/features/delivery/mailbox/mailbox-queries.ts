/** What the built-in mailbox keeps. */
import { MailboxLine } from '#core/delivery/mailbox-api.ts'
import type { Database } from '#platform/db/database.ts'

export type Received = {
  channel: 'email' | 'sms'
  sender: string
  recipient: string
  subject: string
  source: Buffer
  /** A letter of the program itself: it may hold a link that signs somebody in. */
  isNotice: boolean
}

/** Whose mailbox: letters of the program are for who manages access, and for nobody else. */
export type Reader = { readsNotices: boolean }

export async function insert(db: Database, received: Received, now: Date): Promise<void> {
  await db
    .insertInto('mailboxMessages')
    .values({ ...received, receivedAt: now })
    .execute()
}

const line = ['id', 'channel', 'receivedAt', 'sender', 'recipient', 'subject'] as const

export async function list(
  db: Database,
  { readsNotices }: Reader,
  { search = '', offset, limit }: { search?: string | undefined; offset: number; limit: number },
) {
  const pattern = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`
  const found = db
    .selectFrom('mailboxMessages')
    .$if(!readsNotices, (q) => q.where('isNotice', '=', false))
    .$if(search.trim() !== '', (q) =>
      q.where((eb) => eb.or([eb('recipient', 'ilike', pattern), eb('subject', 'ilike', pattern)])),
    )
  const rows = await found.select(line).orderBy('id', 'desc').offset(offset).limit(limit).execute()
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows: rows.map((row) => MailboxLine.parse(row)), total }
}

export async function find(db: Database, { readsNotices }: Reader, id: number) {
  const row = await db
    .selectFrom('mailboxMessages')
    .select([...line, 'source'])
    .where('id', '=', id)
    .$if(!readsNotices, (q) => q.where('isNotice', '=', false))
    .executeTakeFirst()
  return row && { line: MailboxLine.parse(row), source: row.source }
}

export async function remove(
  db: Database,
  { readsNotices }: Reader,
  ids: readonly number[] | undefined,
): Promise<void> {
  const all = db
    .deleteFrom('mailboxMessages')
    .$if(!readsNotices, (q) => q.where('isNotice', '=', false))
  await (ids ? all.where('id', 'in', [...ids, 0]) : all).execute()
}
