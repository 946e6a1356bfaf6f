import { expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'
import { pagePaths } from './support/page-paths.ts'

/** Every page with something on it, in the two looks that differ most. */
it.each([
  { locale: 'fr', theme: 'light', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 },
] as const)(
  'every page of the demo shop is whole in $locale, $theme, $width',
  async (look) => {
    const { server, page, problemsNow } = await startJourney({ ...look, demo: 300 })
    const failures: string[] = []
    // The doors are for who is not signed in: the journey of access opens them.
    const isDoor = (path: string) => path === '/sign-in' || path === '/link'
    for (const path of (await pagePaths(server.db)).filter((path) => !isDoor(path))) {
      await page.goto(path)
      failures.push(...(await problemsNow()).map((problem) => `${path}: ${problem}`))
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
      if (wide) failures.push(`${path}: wider than the window`)
    }
    expect(failures).toEqual([])
  },
  240_000,
)
