/** The tables `bounce_mailbox` and `bounces`, and what a bounce does to its line and its address. */
import { sql } from 'kysely'
import type { BounceKind } from '#core/delivery/bounce.ts'
import { BounceMailboxConfig, softWindowDays } from '#core/delivery/bounce-mailbox.ts'
import type { Database } from '#platform/db/database.ts'

export type StoredMailbox = {
  config: BounceMailboxConfig
  sealed: string
  uidValidity: string | null
  lastUid: number
  lastReadAt: string | null
  lastError: string
}

export async function find(db: Database): Promise<StoredMailbox | undefined> {
  const row = await db.selectFrom('bounceMailbox').selectAll().executeTakeFirst()
  return row && { ...row, config: BounceMailboxConfig.parse(row.config) }
}

/** Another server, account or folder is read from its beginning. */
export async function save(
  db: Database,
  { config, sealed, isMoved }: { config: BounceMailboxConfig; sealed: string; isMoved: boolean },
): Promise<void> {
  const values = { config: JSON.stringify(config), sealed, lastError: '' }
  await db
    .insertInto('bounceMailbox')
    .values({ id: 1, ...values })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ ...values, ...(isMoved ? { uidValidity: null, lastUid: 0 } : {}) }),
    )
    .execute()
}

export const remove = (db: Database) => db.deleteFrom('bounceMailbox').execute()

export type Place = { uidValidity: string; lastUid: number }

export const keepPlace = (db: Database, place: Place) =>
  db.updateTable('bounceMailbox').set(place).execute()

export const keepOutcome = (db: Database, lastError: string, now: Date) =>
  db
    .updateTable('bounceMailbox')
    .set({ lastError: lastError.slice(0, 500), lastReadAt: now })
    .execute()

export async function countSince(db: Database, since: Date) {
  const rows = await db
    .selectFrom('bounces')
    .where('at', '>=', since.toISOString())
    .groupBy('kind')
    .select(['kind', (eb) => eb.fn.countAll<number>().as('count')])
    .execute()
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.count ?? 0
  return {
    hard: of('hard'),
    soft: of('soft'),
    blocked: of('blocked'),
    complaint: of('complaint'),
  }
}

export type Found = {
  fingerprint: string
  kind: BounceKind | 'complaint'
  messageId: number
  partyId: number
  address: string
  answer: string
  now: Date
}

/** False when this very mail was counted before. */
export async function insert(db: Database, { now, ...found }: Found): Promise<boolean> {
  const row = await db
    .insertInto('bounces')
    .values({ ...found, at: now })
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What came back stands on the line; something graver is not covered by something lighter. */
export async function markLine(
  db: Database,
  {
    messageId,
    feedback,
    answer,
    now,
  }: { messageId: number; feedback: string; answer: string; now: Date },
): Promise<void> {
  await sql`
    with rank (name, weight) as (values ('blocked', 1), ('soft-bounced', 2), ('bounced', 3), ('complained', 4))
    update messages m set feedback = ${feedback}, feedback_text = ${answer}, feedback_at = ${now}::timestamptz
    where m.id = ${messageId} and coalesce((select weight from rank where name = m.feedback), 0)
      <= (select weight from rank where name = ${feedback})`.execute(db)
}

/** Whether the address came back softly so often that it counts as wrong. */
export async function isWornOut(
  db: Database,
  address: string,
  { limit, now }: { limit: number; now: Date },
): Promise<boolean> {
  const since = new Date(now.getTime() - softWindowDays * 86_400_000).toISOString()
  const { count } = await db
    .selectFrom('bounces')
    .where((eb) => eb(eb.fn('lower', ['address']), '=', address.toLowerCase()))
    .where('kind', '=', 'soft')
    .where('at', '>=', since)
    .select((eb) => eb.fn.count<number>('messageId').distinct().as('count'))
    .executeTakeFirstOrThrow()
  return count >= limit
}

/** Every card that bears the address. */
export async function markAddress(
  db: Database,
  address: string,
  state: 'bounced' | 'complained',
): Promise<void> {
  await sql`update parties set email_state = ${state}
    where email <> '' and lower(email) = lower(${address})
      and email_state in ('ok', 'bounced')`.execute(db)
}

/** The reading that waits for its time happens now. */
export const hurry = (db: Database, kind: string, now: Date) =>
  db
    .updateTable('jobs')
    .set({ runAt: now })
    .where('kind', '=', kind)
    .where('state', '=', 'queued')
    .execute()
