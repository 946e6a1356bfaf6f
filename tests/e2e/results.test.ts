import { describe, expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

/** The second mailing of the demo shop: closed, with people kept out, sales in euros and Swiss francs. */
const mailing = '/mailings/2?tab=results'

describe('the results of a mailing', () => {
  it.each([
    ['fr', 'light', 1440],
    ['en', 'dark', 390],
  ] as const)(
    'are read as curves and as a table, per currency, in %s, %s, at %i px',
    async (locale, theme, width) => {
      const { page, t, visit, check } = await startJourney({ locale, theme, width, demo: 700 })
      await visit(mailing)
      const counters = page.getByText(t('results:returning'), { exact: true }).first()
      await counters.waitFor()
      const euros = page.getByRole('region', { name: t('results:inCurrency', { currency: 'EUR' }) })
      await euros.getByRole('heading').waitFor()
      await page
        .getByRole('region', { name: t('results:inCurrency', { currency: 'CHF' }) })
        .waitFor()

      const revenue = euros.getByRole('button', {
        name: `${t('results:series.revenue')} (EUR)`,
      })
      expect(await revenue.getAttribute('aria-pressed')).toBe('false')
      if (width > 1_000) {
        await revenue.click()
        await expect.poll(() => revenue.getAttribute('aria-pressed')).toBe('true')
        // What is looked at is in the address, to be shared.
        await page.reload()
        await euros.getByRole('heading').waitFor()
        expect(await revenue.getAttribute('aria-pressed')).toBe('true')
      } else {
        await page.getByText(t('results:table'), { exact: true }).click()
      }
      const table = euros.getByRole('table', { name: t('results:tableOf', { currency: 'EUR' }) })
      expect(await table.getByRole('row').count()).toBeGreaterThan(10)

      await page.getByText('CHF', { exact: true }).click()
      await euros.waitFor({ state: 'detached' })
      await page.getByRole('heading', { name: t('results:control.title') }).waitFor()
      await page.getByText(t('results:definitions.returning.text')).waitFor()
      await check()
    },
  )

  it('can be taken away as a file', async () => {
    const { page, t } = await startJourney({ demo: 300 })
    await page.goto(mailing)
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: t('results:export.csvLabel') }).click()
    expect((await coming).suggestedFilename()).toMatch(/\.csv$/)
  })
})
