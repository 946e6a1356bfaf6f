/** Writes src/server/platform/db/tables.ts from the migrated schema; with --check only compares. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/server/platform/db/embedded.ts'
import { migrate } from '../src/server/platform/db/migrate.ts'

type Column = { table: string; name: string; type: string; nullable: boolean; made: string }

const target = join(import.meta.dirname, '../src/server/platform/db/tables.ts')

const plain: Record<string, string> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  float8: 'number',
  bool: 'boolean',
  timestamptz: 'Instant',
  jsonb: 'Json',
  bytea: 'Buffer',
}

const withDefault: Record<string, string> = { Instant: 'DefaultInstant', Json: 'DefaultJson' }

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())

function typeOf({ type, nullable, made }: Column): string {
  const element = type.replace(/^_/, '')
  const base = `${plain[element] ?? 'string'}${type.startsWith('_') ? '[]' : ''}`
  const value = nullable ? `${base} | null` : base
  if (made === 'ALWAYS') return `GeneratedAlways<${value}>`
  if (made !== 'DEFAULT' || nullable) return value
  return withDefault[base] ?? `Generated<${value}>`
}

async function readColumns(url: string): Promise<Column[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Column>(`
    select table_name as table, column_name as name, udt_name as type, is_nullable = 'YES' as nullable,
      case when is_identity = 'YES' or is_generated = 'ALWAYS' then 'ALWAYS'
        when column_default is not null then 'DEFAULT' else '' end as made
    from information_schema.columns
    where table_schema = 'public' and table_name <> 'migrations'
    order by table_name, ordinal_position`)
  await client.end()
  return rows
}

function print(columns: Column[]): string {
  const tables = Map.groupBy(columns, (column) => column.table)
  const body = [...tables].map(([table, own]) => {
    const lines = own.map((column) => `    ${camel(column.name)}: ${typeOf(column)}`)
    return `  ${camel(table)}: {\n${lines.join('\n')}\n  }`
  })
  return `/** Generated from migrations/ by \`npm run gen:db\`; do not edit. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** Read as an ISO string, written as one or as a Date. */
type Instant = ColumnType<string, string | Date, string | Date>
/** Read as a value to parse, written as JSON text. */
type Json = ColumnType<unknown, string, string>
type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>
type DefaultJson = ColumnType<unknown, string | undefined, string>

export type Tables = {\n${body.join('\n')}\n}\n`
}

const folder = await mkdtemp(join(tmpdir(), 'malleposte-gen-'))
const server = await startEmbedded(folder, ['fsync=off'])
try {
  await migrate(server.url)
  const text = print(await readColumns(server.url))
  if (!process.argv.includes('--check')) await writeFile(target, text)
  else if (text !== (await readFile(target, 'utf8')))
    throw new Error('tables.ts is not what the migrations make: npm run gen:db')
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
