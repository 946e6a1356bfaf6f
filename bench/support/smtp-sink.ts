/** postfix' smtp-sink on loopback: takes every message, keeps none, counts all. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const program = '/usr/sbin/smtp-sink'

export type SmtpSink = { port: number; count: () => Promise<number>; stop: () => Promise<void> }

export async function startSmtpSink(): Promise<SmtpSink> {
  install()
  const port = await freePort()
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn(program, [...user, '-c', `127.0.0.1:${port}`, '1024'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('latin1')).slice(-500)
  })
  await waitFor(port)
  return {
    port,
    // It prints its counters as they change, the last ones a moment later.
    count: async () => {
      await sleep(1_500)
      return Number([...said.matchAll(/mesg=(\d+)/g)].at(-1)?.[1] ?? 0)
    },
    stop: async () => {
      child.kill()
    },
  }
}

function install(): void {
  if (existsSync(program)) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('smtp-sink is missing: install the package postfix, then run this again.')
  }
  console.log('Installing postfix for its smtp-sink…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
  execFileSync('apt-get', ['install', '-y', '-qq', 'postfix'], { env, stdio: 'ignore' })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function waitFor(port: number): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.end('QUIT\r\n')
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (isUp) return
    await sleep(100)
  }
  throw new Error('smtp-sink does not answer')
}
