import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import { readConfig } from '#platform/config.ts'
import type { Services } from '#platform/http/app.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { testFolder } from '#tests/support/test-app.ts'
import { testDatabase } from '#tests/support/test-database.ts'
import { createApp } from '../../../src/server/app.ts'
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
  const worker = await startWorker(services)
  const server = serve({ fetch: createApp(services).http.fetch, port, hostname: '127.0.0.1' })
  onTestFinished(async () => {
    await worker.stop()
    await new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  })
  return services
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
