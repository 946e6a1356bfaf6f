/** Starts the parts in order and stops them in reverse: database, services, worker, web. */
import { createApp } from './app.ts'
import { welcome, welcomeText } from './features/access/first-run.ts'
import { ensureMailboxes } from './features/delivery/service.ts'
import { offerDemo } from './features/demo/service.ts'
import { type Config, readConfig } from './platform/config.ts'
import { lockDataDir } from './platform/data-lock.ts'
import { createDatabase, createPool } from './platform/db/database.ts'
import { startEmbedded } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
import { checkServer } from './platform/db/server-version.ts'
import type { Services } from './platform/http/app.ts'
import { checkPort, listen } from './platform/http/listen.ts'
import { releaseAbandoned } from './platform/jobs/queue.ts'
import { createLog } from './platform/log.ts'
import { loadSecrets } from './platform/secrets.ts'
import { StartProblem } from './platform/start-problem.ts'
import { startWorker } from './worker.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2))
  const told = toldToStop()
  await using closing = new AsyncDisposableStack()
  if (config.role !== 'worker') await checkPort(config)
  const url = await openDatabase(config, closing)
  await migrate(url)
  const db = createDatabase(createPool(url, 20))
  closing.defer(() => db.destroy())
  const services: Services = {
    db,
    config,
    log: createLog(config.logLevel),
    secrets: await loadSecrets(config),
    now: () => new Date(),
  }
  if (await offerDemo(services))
    say('La boutique de démonstration est prête. / The demo shop is ready.')
  await ensureMailboxes(services)
  if (config.role !== 'web') {
    if (!config.databaseUrl) await releaseAbandoned(db)
    const worker = await startWorker(services)
    closing.defer(() => worker.stop())
  }
  if (config.role !== 'worker') {
    // Last of what needs the database: from here on it may go away and come back.
    const text = welcomeText(config.publicUrl, await welcome(services))
    const web = await listen(createApp(services), config)
    closing.defer(() => web.stop())
    say(text)
  }
  await told
  say('Arrêt… / Stopping…')
}

/** The address of the database: the one given, checked, or that of our own, started. */
async function openDatabase(config: Config, closing: AsyncDisposableStack): Promise<string> {
  if (config.databaseUrl) {
    await checkServer(config.databaseUrl)
    return config.databaseUrl
  }
  const release = await lockDataDir(config.dataDir)
  closing.defer(release)
  const embedded = await startEmbedded(config.dataDir)
  closing.defer(() => embedded.stop())
  return embedded.url
}

/**
 * Resolves at the first signal, or when the launcher that started us is gone. The handlers stay, so
 * that a second Ctrl+C, or the terminal's and the launcher's signal both arriving, cannot cut the
 * orderly stop short.
 */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve())
    process.on('SIGTERM', () => resolve())
    process.on('SIGHUP', () => resolve())
    process.on('disconnect', () => resolve())
  })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  await main()
} catch (error) {
  const isPlain = error instanceof StartProblem
  process.stderr.write(`${isPlain ? error.message : ((error as Error).stack ?? String(error))}\n`)
  process.exitCode = 1
}
// The channel to the launcher would keep the process alive.
if (process.connected) process.disconnect()
