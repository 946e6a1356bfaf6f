import { expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

/** Every page with something on it, in the two looks that differ most. */
it.each([
  { locale: 'fr', theme: 'light', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 },
] as const)(
  'every page of the demo shop is whole in $locale, $theme, $width',
  async (look) => {
    const { server, page, problemsNow } = await startJourney({ ...look, demo: 300 })
    const { db } = server
    const first = async (table: 'parties' | 'segments' | 'campaigns') =>
      (await db.selectFrom(table).select('id').orderBy('id').executeTakeFirstOrThrow()).id
    const paths = [
      '/',
      '/customers',
      '/customers/new',
      '/customers/duplicates',
      `/customers/${await first('parties')}`,
      '/segments',
      `/segments/${await first('segments')}`,
      '/mailings',
      `/mailings/${await first('campaigns')}`,
      '/mailbox',
      '/settings/channels',
      '/imports',
      '/imports/new',
      '/account',
      '/settings/users',
      '/settings/tokens',
      '/settings/audit',
      '/settings/stores',
      '/settings/tags',
      '/settings/customer-fields',
      '/settings/customer-defaults',
      '/settings/demo',
    ]
    const failures: string[] = []
    for (const path of paths) {
      await page.goto(path)
      failures.push(...(await problemsNow()).map((problem) => `${path}: ${problem}`))
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
      if (wide) failures.push(`${path}: wider than the window`)
    }
    expect(failures).toEqual([])
  },
  240_000,
)
