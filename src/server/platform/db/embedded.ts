/** The PostgreSQL that comes with the application: its own folder, a random password, loopback only. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findProcess } from '../running.ts'
import { StartProblem } from '../start-problem.ts'
import { type Cluster, clusterUser, openCluster } from './cluster.ts'

export type Embedded = { url: string; stop: () => Promise<void> }

const startTimeout = 60_000
const restartAfter = 1_000

/**
 * Starts the cluster in `dataDir/postgres`, creating it the first time. A server left over from a
 * process that was killed is stopped first; PostgreSQL itself replays what had been committed. A server
 * that dies is started again at the same address. `flags` are extra server settings, `name=value`.
 */
export async function startEmbedded(dataDir: string, flags: string[] = []): Promise<Embedded> {
  const cluster = await openCluster(dataDir)
  await stopLeftover(cluster)
  const port = await freePort()
  const supervised = supervise(() => launch(cluster, port, flags))
  const address = `postgres://${clusterUser}:${cluster.password}@127.0.0.1:${port}`
  try {
    await waitUntilReady(supervised.server(), `${address}/postgres`, cluster.folder)
    await ensureDatabase(address)
  } catch (error) {
    await supervised.stop()
    throw error
  }
  return { url: `${address}/malleposte`, stop: supervised.stop }
}

/** Keeps one server running until stopped. */
function supervise(start: () => ChildProcess) {
  const state = { server: start(), stopping: false }
  const watch = () => {
    state.server.once('exit', async () => {
      await sleep(restartAfter)
      if (state.stopping) return
      state.server = start()
      watch()
    })
  }
  watch()
  return {
    server: () => state.server,
    stop: async () => {
      state.stopping = true
      await stop(state.server)
    },
  }
}

/** Asks a server that a killed process left behind to stop, and clears the mark of one that died with it. */
async function stopLeftover({ folder, binaries, account }: Cluster): Promise<void> {
  const mark = join(folder, 'postmaster.pid')
  if (!existsSync(mark)) return
  const pid = Number((await readFile(mark, 'utf8')).split('\n')[0])
  // After a reboot the number may be anyone's: only a server on this very folder is ours to stop.
  if (findProcess(pid)?.command.includes(folder)) {
    const args = ['stop', '--pgdata', folder, '--mode=fast', '--timeout=30', '--silent']
    await once(spawn(binaries.pg_ctl, args, { ...account, cwd: folder, stdio: 'ignore' }), 'exit')
  }
  if (!findProcess(pid)?.command.includes(folder)) await rm(mark, { force: true })
}

function launch({ folder, binaries, account }: Cluster, port: number, flags: string[]) {
  const options = flags.flatMap((flag) => ['-c', flag])
  const log = openSync(`${folder}.log`, 'w')
  const server = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...options], {
    ...account,
    cwd: folder,
    // Its own process group: Ctrl+C reaches the application alone, which then stops it in order.
    detached: true,
    // A file and no pipe: the server goes on logging, or not logging on a full disk, whatever becomes of us.
    stdio: ['ignore', 'ignore', log],
  })
  closeSync(log)
  return server
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
  while (Date.now() < until && server.exitCode === null) {
    if (await answers(url)) return
    await sleep(50)
  }
  throw new StartProblem(
    `The embedded database did not start; ${folder}.log says why.${await lastLine(`${folder}.log`)}`,
  )
}

async function lastLine(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const line = text
    .trimEnd()
    .split('\n')
    .findLast((part) => /FATAL|PANIC|ERROR/.test(part))
  return line ? ` It ends with: ${line}` : ''
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
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
