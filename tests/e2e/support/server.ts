import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { generateSignedCookie } from 'hono/cookie'
import { onTestFinished } from 'vitest'
import { type Right, rights } from '#core/kernel/right.ts'
import { readConfig } from '#platform/config.ts'
import type { Services } from '#platform/http/app.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { testFolder } from '#tests/support/test-app.ts'
import { testDatabase } from '#tests/support/test-database.ts'
import { createApp } from '../../../src/server/app.ts'
import { sessionCookie } from '../../../src/server/features/access/auth.ts'
import { offerDemo } from '../../../src/server/features/demo/service.ts'
import { startWorker } from '../../../src/server/worker.ts'

const built = join(import.meta.dirname, '../../../dist/web/index.html')

export type ServerOptions = {
  /** Fills the database with this many customers of the demo shop. */
  demo?: number | undefined
}

/** The real server with its worker and the built web app, on a port and a database of its own. */
export async function startServer({ demo }: ServerOptions = {}) {
  if (!existsSync(built)) throw new Error('dist/web is missing: run `npm run build` first')
  const port = await freePort()
  const services: Services = {
    db: await testDatabase(),
    config: readConfig({
      PORT: String(port),
      DATA_DIR: await testFolder(),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      DEMO: demo ? 'yes' : 'no',
    }),
    secrets: createSecrets('00'.repeat(32)),
    log: createLog('silent'),
    now: () => new Date(),
  }
  await offerDemo(services, demo)
  const worker = startWorker(services)
  const server = serve({ fetch: createApp(services).http.fetch, port, hostname: '127.0.0.1' })
  onTestFinished(async () => {
    await worker.stop()
    await new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  })
  return { ...services, origin: services.config.publicUrl }
}

export type TestServer = Awaited<ReturnType<typeof startServer>>

/** A user with these rights, signed in: the cookie a browser sends. */
export async function signIn(server: TestServer, given: readonly Right[] = rights) {
  const user = { id: 'camille', name: 'Camille Perrin', email: 'camille@example.org' }
  await server.db.insertInto('users').values(user).execute()
  if (given.length > 0) {
    const granted = given.map((right) => ({ right, userId: user.id }))
    await server.db.insertInto('rightsGranted').values(granted).execute()
  }
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  await server.db
    .insertInto('sessions')
    .values({ id: token, userId: user.id, token, expiresAt })
    .execute()
  const { name, secret } = sessionCookie(server)
  const signed = await generateSignedCookie(name, token, secret)
  const value = signed.slice(name.length + 1).split(';')[0] ?? ''
  return { name, value, url: server.origin }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
