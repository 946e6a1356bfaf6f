import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './prepared.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

/* What the driver gives for each type: instants as ISO strings and days as they are, so that a row is
   already what the API says; whole numbers as numbers, since none of ours leaves 2^53. */
const { builtins } = pg.types
const texts = pg.types.getTypeParser(1009 as Parameters<typeof pg.types.getTypeParser>[0]) as (
  array: string,
) => string[]
const parsers: Partial<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: Number,
  [builtins.NUMERIC]: Number,
  [builtins.DATE]: (text) => text,
  // Arrays of int8 and of date.
  1016: (array) => texts(array).map(Number),
  1182: texts,
  [builtins.TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
}
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format as 'text' | undefined),
}

export function createPool(connectionString: string, max = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    Client: PreparingClient,
    max,
    types,
    application_name: 'malleposte',
    // Whatever the server's own zone, a statement that makes days from instants names the one it means; plans of ours never pay for JIT.
    options: '-c timezone=UTC -c jit=off',
  })
  // A connection that breaks while nothing waits on it is replaced; whoever uses one gets the error itself.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const pools = new WeakMap<Database, pg.Pool>()

export function createDatabase(pool: pg.Pool): Database {
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  pools.set(db, pool)
  return db
}

/** The pool under a database, for what Kysely does not speak: COPY. Not for one inside a transaction. */
export function poolOf(db: Database): pg.Pool {
  const pool = pools.get(db)
  if (!pool) throw new Error('This database has no pool of its own.')
  return pool
}
