import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import type { Right } from '#core/kernel/right.ts'
import { browser } from './browser.ts'
import { type ServerOptions, startServer } from './server.ts'
import { signIn } from './sign-in.ts'
import { type Locale, texts } from './texts.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Options = ServerOptions & {
  locale?: Locale
  theme?: 'light' | 'dark'
  width?: number
  height?: number
  /** Of the browser. */
  zone?: string
  /** All by default; null stays signed out. */
  rights?: readonly Right[] | null
}

/**
 * A person before the product: a server of their own, a browser page, and the texts of their language.
 * Whatever goes wrong on the page, console errors and missing texts included, fails the journey at `check`.
 */
export async function startJourney(options: Options = {}) {
  const { locale = 'fr', theme = 'light', width = 1440, height = 900, zone, rights } = options
  const server = await startServer(options)
  const context = await (await browser()).newContext({
    baseURL: server.config.publicUrl,
    locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: 'reduce',
    ...(zone ? { timezoneId: zone } : {}),
  })
  if (rights !== null) await context.addCookies([await signIn(server, rights)])
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const problems = listen(page)
  onTestFinished(() => context.close())

  /** Console errors, missing texts and accessibility violations in what is on screen now. */
  async function problemsNow(): Promise<string[]> {
    // Evaluated through the debugger, which the page's content security policy rightly does not see.
    await page.evaluate(axe)
    await settle(page)
    return [...problems.splice(0), ...(await violations(page))]
  }

  async function check(): Promise<void> {
    expect(await problemsNow(), page.url()).toEqual([])
  }

  return {
    server,
    page,
    t: await texts(locale),
    /** Fails when anything is wrong with what is on screen. */
    check,
    problemsNow,
    /** Opens an address and checks what it shows. */
    async visit(path: string): Promise<void> {
      await page.goto(path)
      await check()
    },
  }
}

export type Journey = Awaited<ReturnType<typeof startJourney>>

function listen(page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // A conflict, or no network, is what a page is made to handle; the browser logs it all the same.
    const isHandled = /status of 409|ERR_INTERNET_DISCONNECTED/.test(message.text())
    if (message.type() === 'error' && !isHandled) problems.push(message.text())
  })
  return problems
}

/* What an unfinished page shows; with the word of the app itself that nothing is under way, see shell/rest-sign.tsx. */
const unfinished = '[data-busy="yes"], [aria-busy="true"], .mantine-Loader-root'

/**
 * Until the page is there: at one and the same moment it shows its heading, has its fonts, nothing under way
 * and nothing that says it is busy; and still so after the next frame has been drawn. A heading may be in
 * the document and not shown: what waits for a catalogue or for code hides the page that it belongs to.
 */
async function settle(page: Page): Promise<void> {
  // Asked from outside: a poll inside the page would be an eval, which its policy forbids.
  const isSettled = `(() => {
    const settled = () => document.fonts.status === 'loaded'
      && [...document.querySelectorAll('h1')].some((heading) => heading.checkVisibility())
      && document.querySelector('${unfinished}') === null
    return settled() && new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(settled()))))
  })()`
  await expect.poll(() => page.evaluate(isSettled), { timeout: 30_000 }).toBe(true)
}

const Violations = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
)

/** What axe finds under WCAG 2.0–2.2 A and AA and best practice, one readable line for each element. */
async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then((result) => result.violations)`,
  )
  return Violations.parse(found).flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} — ${node.failureSummary ?? ''}`),
  )
}
