/**
 * Pictures of every page: `node scripts/screenshots.ts [folder] [--only=/customers,…] [--locale=fr]
 * [--theme=light] [--width=1440]`. Starts the built app (`npm run build` first) with the demo shop in
 * DATA_DIR, or in a temporary folder, and visits each page in both languages, both themes, three widths.
 */
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { createApp } from '../src/server/app.ts'
import { offerDemo } from '../src/server/features/demo/service.ts'
import { readConfig } from '../src/server/platform/config.ts'
import { createDatabase, createPool } from '../src/server/platform/db/database.ts'
import { startEmbedded } from '../src/server/platform/db/embedded.ts'
import { migrate } from '../src/server/platform/db/migrate.ts'
import type { Services } from '../src/server/platform/http/app.ts'
import { createLog } from '../src/server/platform/log.ts'
import { createSecrets } from '../src/server/platform/secrets.ts'
import { startWorker } from '../src/server/worker.ts'
import { launchChromium } from '../tests/e2e/support/chromium.ts'
import { signIn } from '../tests/e2e/support/sign-in.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    locale: { type: 'string', default: 'fr,en' },
    theme: { type: 'string', default: 'light,dark' },
    width: { type: 'string', default: '1440,1024,390' },
  },
})
const folder = resolve(positionals[0] ?? 'screenshots')

await using closing = new AsyncDisposableStack()
const services = await startServices()
await mkdir(folder, { recursive: true })
const browser = await launchChromium()
closing.defer(() => browser.close())
for (const locale of values.locale.split(',')) {
  for (const theme of values.theme.split(',')) {
    for (const width of values.width.split(',')) await shootAll(browser, { locale, theme, width })
  }
}

async function startServices(): Promise<Services> {
  const dataDir = process.env.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'malleposte-shots-')))
  const embedded = await startEmbedded(dataDir)
  closing.defer(() => embedded.stop())
  await migrate(embedded.url)
  const db = createDatabase(createPool(embedded.url, 10))
  closing.defer(() => db.destroy())
  const port = process.env.PORT ?? '8102'
  const started: Services = {
    db,
    config: readConfig({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'error' }),
    secrets: createSecrets('00'.repeat(32)),
    log: createLog('error'),
    now: () => new Date(),
  }
  await offerDemo(started)
  const worker = startWorker(started)
  closing.defer(() => worker.stop())
  const server = serve({ fetch: createApp(started).http.fetch, port: Number(port) })
  closing.defer(() => {
    server.close()
  })
  return started
}

type Look = { locale: string; theme: string; width: string }

async function shootAll(browser: Browser, { locale, theme, width }: Look): Promise<void> {
  const context = await browser.newContext({
    baseURL: services.config.publicUrl,
    locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    viewport: { width: Number(width), height: width === '390' ? 844 : 900 },
    reducedMotion: 'reduce',
  })
  await context.addCookies([await signIn(services)])
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`${page.url()}: ${message.text()}`)
  })
  for (const path of await paths()) {
    await open(page, path)
    const name = path === '/' ? 'today' : path.slice(1).replaceAll(/[/?=&:]+/g, '-')
    await page.screenshot({ path: join(folder, `${name}-${locale}-${theme}-${width}.png`) })
  }
  await context.close()
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page
    .locator('h1')
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => console.log(`${path}: no heading`))
  await page.waitForLoadState('networkidle')
}

/** Every page; of lists the first entry too. */
async function paths(): Promise<string[]> {
  if (values.only) return values.only.split(',')
  const customer = await services.db
    .selectFrom('parties')
    .select('id')
    .orderBy('id')
    .executeTakeFirst()
  const mailing = await services.db
    .selectFrom('campaigns')
    .select('id')
    .orderBy('id')
    .executeTakeFirst()
  return [
    '/',
    '/customers',
    ...(customer ? [`/customers/${customer.id}`] : []),
    '/segments',
    '/mailings',
    ...(mailing ? [`/mailings/${mailing.id}`] : []),
    '/imports',
    '/mailbox',
    '/settings',
  ]
}
