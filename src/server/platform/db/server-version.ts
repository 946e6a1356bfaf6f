import pg from 'pg'
import { StartProblem } from '../start-problem.ts'

const oldest = 15

/** Refuses a PostgreSQL that cannot be reached, is too old or does not speak UTF-8; never shows the password. */
export async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; encoding: string }>(
      "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
    )
    refuseUnfit(Number(rows[0]?.version), rows[0]?.encoding ?? '')
  } catch (cause) {
    if (cause instanceof StartProblem) throw cause
    throw new StartProblem(
      `DATABASE_URL: no connection to ${placeOf(url)}: ${reasonOf(cause)}. Check the address, the account and that the server is up.`,
      { cause },
    )
  } finally {
    await client.end().catch(() => {})
  }
}

function refuseUnfit(version: number, encoding: string): void {
  const major = Math.floor(version / 10_000)
  if (major < oldest) {
    throw new StartProblem(
      `DATABASE_URL: this is PostgreSQL ${major}; Malleposte needs ${oldest} or later.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new StartProblem(`DATABASE_URL: the database is encoded in ${encoding}; it must be UTF8.`)
  }
}

function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url)
    return `${hostname}:${port || 5432}${pathname}`
  } catch {
    return 'the given address'
  }
}

/** Node wraps the attempts on several addresses of a host in an error that says nothing itself. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ')
  return cause instanceof Error ? cause.message : String(cause)
}
