/** Starts the parts in order and stops them in reverse: database, services, worker, web. */
import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { offerDemo } from './features/demo/service.ts'
import { readConfig } from './platform/config.ts'
import { createDatabase, createPool } from './platform/db/database.ts'
import { startEmbedded } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
import type { Services } from './platform/http/app.ts'
import { releaseAbandoned } from './platform/jobs/queue.ts'
import { createLog } from './platform/log.ts'
import { loadSecrets } from './platform/secrets.ts'
import { startWorker } from './worker.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2))
  const log = createLog(config.logLevel)
  await using closing = new AsyncDisposableStack()

  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir)
  closing.defer(async () => embedded?.stop())
  const url = config.databaseUrl ?? embedded?.url ?? ''
  await migrate(url)
  const db = createDatabase(createPool(url, 20))
  closing.defer(() => db.destroy())
  const services: Services = {
    db,
    config,
    log,
    secrets: await loadSecrets(config),
    now: () => new Date(),
  }

  if (await offerDemo(services)) log.info('the empty database was filled with the demo shop')
  if (config.role !== 'web') {
    if (embedded) await releaseAbandoned(db)
    const worker = startWorker(services)
    closing.defer(() => worker.stop())
  }
  if (config.role !== 'worker') {
    const app = createApp(services)
    const server = serve({ fetch: app.http.fetch, port: config.port, hostname: config.host })
    closing.defer(() => new Promise((resolve) => server.close(() => resolve())))
    log.info(`Malleposte is at ${config.publicUrl}`)
  }
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  log.info('stopping')
}

await main()
