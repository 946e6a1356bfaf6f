/**
 * Pictures of the built app (`npm run build` first) with the demo shop on a temporary data folder.
 *
 *   npm run screenshots                    README's pictures, the same at every run, into docs/images
 *   npm run screenshots -- --all FOLDER    every page × 1440, 1024, 390 × light, dark × fr, en, for review; narrowed by
 *                                          --only=/customers,… --locale=fr --theme=dark --width=390
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { createApp } from '../src/server/app.ts'
import { ensureMailboxes } from '../src/server/features/delivery/service.ts'
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
import { pagePaths } from '../tests/e2e/support/page-paths.ts'
import { signIn } from '../tests/e2e/support/sign-in.ts'

const repository = join(import.meta.dirname, '..')
/** The demo shop is made back from this day, so that the pictures change only when the product does. */
const today = new Date('2026-11-20T09:30:00Z')

type Look = { locale: string; theme: string; width: number }
type Picture = Look & { name: string; path: string }

const readme: Picture[] = [
  { name: 'mailing-results', path: '/mailings/1?tab=results', width: 1440 },
  { name: 'segment', path: '/segments/1', width: 1440 },
  { name: 'customers', path: '/customers', width: 1440, theme: 'dark' },
  { name: 'today-phone', path: '/', width: 390 },
].map((picture) => ({ locale: 'fr', theme: 'light', ...picture }))

const { values } = parseArgs({
  options: {
    all: { type: 'string' },
    only: { type: 'string' },
    locale: { type: 'string', default: 'fr,en' },
    theme: { type: 'string', default: 'light,dark' },
    width: { type: 'string', default: '1440,1024,390' },
  },
})
const folder = resolve(values.all ?? join(repository, 'docs/images'))
if (values.all && !relative(repository, folder).startsWith('..')) {
  throw new Error('pictures for review go into a folder outside the repository')
}

await using closing = new AsyncDisposableStack()
const services = await startServices()
await mkdir(folder, { recursive: true })
const browser = await launchChromium()
closing.defer(() => browser.close())
for (const picture of values.all ? await everything() : readme) await shoot(browser, picture)

async function startServices(): Promise<Services> {
  const dataDir = await mkdtemp(join(tmpdir(), 'malleposte-pictures-'))
  closing.defer(() => rm(dataDir, { recursive: true, force: true }))
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
    now: () => today,
  }
  await offerDemo(started)
  await ensureMailboxes(started)
  const worker = await startWorker(started)
  closing.defer(() => worker.stop())
  const server = serve({ fetch: createApp(started).http.fetch, port: Number(port) })
  closing.defer(() => {
    server.close()
  })
  return started
}

/** Every page in every look that was asked for, and each tab of a mailing. */
async function everything(): Promise<Picture[]> {
  const paths = values.only?.split(',') ?? [
    ...(await pagePaths(services.db)),
    ...['people', 'messages', 'sending', 'results'].map((tab) => `/mailings/4?tab=${tab}`),
    ...['sending', 'results'].map((tab) => `/mailings/1?tab=${tab}`),
    '/u/unknown',
    '/nowhere',
  ]
  return values.locale.split(',').flatMap((locale) =>
    values.theme.split(',').flatMap((theme) =>
      values.width.split(',').flatMap((width) =>
        paths.map((path) => {
          const page = path === '/' ? 'today' : path.slice(1).replaceAll(/[/?=&:]+/g, '-')
          return {
            name: `${page}-${locale}-${theme}-${width}`,
            path,
            locale,
            theme,
            width: Number(width),
          }
        }),
      ),
    ),
  )
}

async function shoot(browser: Browser, { name, path, locale, theme, width }: Picture) {
  const context = await browser.newContext({
    baseURL: services.config.publicUrl,
    locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    viewport: { width, height: width === 390 ? 844 : 900 },
    reducedMotion: 'reduce',
  })
  const isDoor = ['/sign-in', '/link', '/u/'].some((door) => path.startsWith(door))
  if (!isDoor) await context.addCookies([await signIn(services)])
  const page = await context.newPage()
  page.on('pageerror', (error) => say(`${path}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') say(`${path}: ${message.text()}`)
  })
  await page.clock.setFixedTime(today)
  await page.goto(path)
  await settle(page)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  if (values.all && (await isTooWide(page))) say(`${name}: wider than the window`)
  await context.close()
}

/** Until nothing is on its way and nothing says it is busy. */
async function settle(page: Page): Promise<void> {
  const heading = page.locator('h1').first()
  await heading.waitFor({ timeout: 10_000 }).catch(() => say(`${page.url()}: no heading`))
  await page.waitForLoadState('networkidle')
  const busy = page.locator('[aria-busy="true"], .mantine-Loader-root, .mantine-Skeleton-root')
  await busy
    .first()
    .waitFor({ state: 'detached', timeout: 10_000 })
    .catch(() => say(`${page.url()}: still busy`))
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}

function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
