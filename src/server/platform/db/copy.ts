/** A connection of one's own for bulk work: COPY in, temporary tables, transactions one after another. */
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams'
import { type Database, poolOf } from './database.ts'
import type { Tables } from './tables.ts'

export type Lane = {
  /** Every statement on the lane's one connection, where its temporary tables live. */
  readonly db: Database
  readonly copy: (statement: string) => Copy
  readonly close: () => void
}

export type Copy = {
  /** COPY's text format. Waits while the database is behind. */
  readonly write: (text: string) => Promise<void>
  readonly end: () => Promise<void>
  /** Gives up what was written. */
  readonly abandon: () => Promise<void>
}

export async function openLane(db: Database): Promise<Lane> {
  const client = await poolOf(db).connect()
  const kept = held(client)
  const pool = { options: {}, connect: async () => kept, end: async () => {} }
  const own = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return {
    db: own,
    copy: (statement) => createCopy(client.query(copyFrom(statement))),
    // Destroyed and not returned: its temporary tables and settings end with it.
    close: () => client.release(true),
  }
}

/** The same connection for every statement; Kysely's giving it back must not return it to the pool. */
function held(client: pg.PoolClient): pg.PoolClient {
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'release') return () => {}
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function createCopy(stream: CopyStreamQuery): Copy {
  let failure: unknown
  stream.on('error', (error) => {
    failure = error
  })
  return {
    write: async (text) => {
      if (failure) throw failure
      if (text !== '' && !stream.write(Buffer.from(text))) await once(stream, 'drain')
    },
    end: async () => {
      stream.end()
      await finished(stream)
    },
    abandon: async () => {
      stream.destroy()
      await finished(stream).catch(() => {})
    },
  }
}

const special = /[\\\t\n\r\0]/
const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '',
}

/** A text value in COPY's format. */
export const copyText = (value: string): string =>
  special.test(value) ? value.replace(/[\\\t\n\r\0]/g, (char) => escapes[char] ?? '') : value

export const copyNull = '\\N'
