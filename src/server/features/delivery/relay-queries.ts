/** The table `relays`. Secrets come and go sealed. */
import { sql } from 'kysely'
import { RelayConfig, type RelayDraft } from '#core/delivery/relay.ts'
import { grant, rateOf } from '#core/delivery/throttle.ts'
import type { Database } from '#platform/db/database.ts'

export type StoredRelay = {
  id: number
  channel: 'email' | 'sms'
  label: string
  config: RelayConfig
  perSecond: number | null
  perHour: number | null
  connections: number
  isDefault: boolean
  sealed: string | null
}

const columns = [
  'id',
  'channel',
  'label',
  'config',
  'perSecond',
  'perHour',
  'connections',
  'isDefault',
  'sealed',
] as const

type Row = Omit<StoredRelay, 'channel' | 'config'> & { channel: string; config: unknown }

const toRelay = (row: Row): StoredRelay => ({
  ...row,
  channel: row.channel === 'sms' ? 'sms' : 'email',
  config: RelayConfig.parse(row.config),
})

export async function list(db: Database): Promise<StoredRelay[]> {
  const rows = await db
    .selectFrom('relays')
    .select(columns)
    .orderBy('channel')
    .orderBy('id')
    .execute()
  return rows.map(toRelay)
}

export async function find(db: Database, id: number): Promise<StoredRelay | undefined> {
  const row = await db.selectFrom('relays').select(columns).where('id', '=', id).executeTakeFirst()
  return row && toRelay(row)
}

export async function findDefault(
  db: Database,
  channel: 'email' | 'sms',
): Promise<StoredRelay | undefined> {
  const row = await db
    .selectFrom('relays')
    .select(columns)
    .where('channel', '=', channel)
    .orderBy('isDefault', 'desc')
    .orderBy('id')
    .executeTakeFirst()
  return row && toRelay(row)
}

type Values = Omit<RelayDraft, 'secrets' | 'config'> & {
  config: RelayConfig
  sealed: string | null
}

const toRow = ({ config, ...rest }: Values) => ({ ...rest, config: JSON.stringify(config) })

export async function insert(db: Database, values: Values): Promise<StoredRelay> {
  if (values.isDefault) await clearDefault(db, values.channel)
  const row = await db
    .insertInto('relays')
    .values(toRow(values))
    .returning(columns)
    .executeTakeFirstOrThrow()
  return toRelay(row)
}

export async function update(
  db: Database,
  id: number,
  values: Values,
): Promise<StoredRelay | undefined> {
  if (values.isDefault) await clearDefault(db, values.channel)
  const row = await db
    .updateTable('relays')
    .set(toRow(values))
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst()
  return row && toRelay(row)
}

export async function remove(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('relays').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

async function clearDefault(db: Database, channel: string): Promise<void> {
  await db
    .updateTable('relays')
    .set({ isDefault: false })
    .where('channel', '=', channel)
    .where('isDefault', '=', true)
    .execute()
}

export type Allowance = { granted: number; wait: number }

/** Takes a share of a relay's pace for all processes: the row is the lock. */
export function takeAllowance(
  db: Database,
  relay: StoredRelay,
  wanted: number,
  now: Date,
): Promise<Allowance> {
  const rate = rateOf(relay)
  if (rate === null) return Promise.resolve({ granted: wanted, wait: 0 })
  return db.transaction().execute(async (trx) => {
    const { freeAt } = await trx
      .selectFrom('relays')
      .select('freeAt')
      .where('id', '=', relay.id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const answer = grant(new Date(freeAt).getTime(), rate, wanted, now.getTime())
    if (answer.granted > 0) {
      await trx
        .updateTable('relays')
        .set({ freeAt: new Date(answer.freeAt) })
        .where('id', '=', relay.id)
        .execute()
    }
    return { granted: answer.granted, wait: answer.wait }
  })
}

/** Gives back what was granted and not needed. */
export async function returnAllowance(
  db: Database,
  relay: StoredRelay,
  count: number,
): Promise<void> {
  const rate = rateOf(relay)
  if (rate === null || count === 0) return
  await db
    .updateTable('relays')
    .set({ freeAt: sql<string>`free_at - make_interval(secs => ${count / rate / 1_000})` })
    .where('id', '=', relay.id)
    .execute()
}
