/** The program as a person starts it: a process of its own, on folders and ports of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findProcess } from '#platform/running.ts'
import { testFolder } from './support/test-app.ts'
import { freshDatabaseUrl } from './support/test-database.ts'

type Program = { process: ChildProcess; port: number; output: () => string }

function start(env: Record<string, string>): Program {
  const child = spawn(process.execPath, ['src/server/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, DEMO: 'no', LOG_LEVEL: 'silent', ...env },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  onTestFinished(async () => {
    await leave(child, 'SIGTERM')
  })
  return { process: child, port: Number(env.PORT), output: () => text }
}

async function leave(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

const healthy = async ({ port }: Program) =>
  (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.status

const ready = (program: Program) =>
  expect.poll(() => healthy(program), { timeout: 90_000, interval: 100 }).toBe(200)

async function refused(env: Record<string, string>): Promise<string> {
  const program = start(env)
  await once(program.process, 'exit')
  expect(program.process.exitCode).toBe(1)
  return program.output()
}

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return String(address && typeof address === 'object' ? address.port : 0)
}

/** A data folder with a space in its path, below a folder that only its owner may enter. */
async function awkwardFolder(): Promise<string> {
  const closed = join(await testFolder(), 'mes données')
  await mkdir(closed, { mode: 0o700 })
  await chmod(closed, 0o700)
  return join(closed, 'malle poste')
}

const serverOf = async (folder: string) =>
  Number((await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])

const isAlive = (pid: number) => findProcess(pid) !== undefined

describe('the program', () => {
  it('starts on an empty folder, keeps others off it, survives a kill and stops in order', async () => {
    const env = { PORT: await freePort(), DATA_DIR: await awkwardFolder() }
    const first = start(env)
    await ready(first)
    await expect.poll(first.output, { timeout: 10_000 }).toContain(`http://localhost:${env.PORT}`)

    const elsewhere = { ...env, PORT: await freePort() }
    expect(await refused(elsewhere)).toContain('already runs on')
    expect(await refused({ ...env, DATA_DIR: await testFolder() })).toContain('is in use')
    expect(await healthy(first)).toBe(200)

    const leftover = await serverOf(env.DATA_DIR)
    await leave(first.process, 'SIGKILL')
    const startedAt = performance.now()
    const second = start(env)
    await ready(second)
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    expect(isAlive(leftover)).toBe(false)

    const server = await serverOf(env.DATA_DIR)
    second.process.kill('SIGINT')
    second.process.kill('SIGINT')
    expect(await leave(second.process, 'SIGINT')).toBe(0)
    expect(isAlive(server)).toBe(false)
  })

  it('starts its database again when that dies', async () => {
    const env = { PORT: await freePort(), DATA_DIR: await testFolder() }
    const program = start(env)
    await ready(program)
    process.kill(await serverOf(env.DATA_DIR), 'SIGKILL')
    await expect.poll(() => healthy(program), { timeout: 5_000 }).not.toBe(200)
    await ready(program)
  })

  it('runs on a PostgreSQL that it is given, and says what is wrong with one it cannot use', async () => {
    const env = { PORT: await freePort(), DATA_DIR: await testFolder() }
    const program = start({ ...env, DATABASE_URL: await freshDatabaseUrl() })
    await ready(program)
    const nowhere = `postgres://shop:s3cret@127.0.0.1:${await freePort()}/shop`
    const said = await refused({ ...env, PORT: await freePort(), DATABASE_URL: nowhere })
    expect(said).toContain('no connection to 127.0.0.1')
    expect(said).not.toContain('s3cret')
    expect(said).not.toContain('    at ')
  })

  it('lists every wrong setting at once', async () => {
    const said = await refused({ PORT: 'eighty', DEMO: 'perhaps', DATA_DIR: await testFolder() })
    expect(said).toContain('PORT')
    expect(said).toContain('DEMO')
  })
})
