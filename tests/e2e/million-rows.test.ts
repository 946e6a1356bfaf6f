import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

const people = 1_000_000
const rowHeight = 52

/** Answers for a shop of a million from the shop's own first row, so that the grid is tried and not the database. */
async function pretendMillion(page: Page): Promise<void> {
  let first: Record<string, unknown> | undefined
  await page.route('**/api/parties/count', (route) =>
    route.fulfill({
      json: { total: people, withEmail: people, withMobile: 0, doNotContact: 0 },
    }),
  )
  await page.route('**/api/parties/list', async (route: Route) => {
    const asked = route.request().postDataJSON() as { offset?: number; limit: number }
    if (!first) {
      const real = await route.fetch({
        postData: JSON.stringify({ ...asked, offset: 0, total: 40 }),
      })
      first = ((await real.json()) as { rows: Record<string, unknown>[] }).rows[0]
    }
    const from = asked.offset ?? 0
    const count = Math.min(asked.limit, people - from)
    const rows = Array.from({ length: count }, (_, at) => ({
      ...first,
      id: from + at + 1,
      lastName: `RANG ${from + at + 1}`,
      firstName: '',
      company: '',
    }))
    await route.fulfill({ json: { rows } })
  })
}

it('a list of a million rows scrolls to its last one and is selected whole, with few elements', async () => {
  const { page, t, check } = await startJourney({ demo: 40 })
  await pretendMillion(page)
  await page.goto('/customers')
  const grid = page.getByRole('grid', { name: t('parties:title') })
  const row = (at: number) => grid.getByText(`RANG ${at}`, { exact: true })
  await row(1).waitFor()
  await check()
  expect(await grid.getAttribute('aria-rowcount')).toBe(String(people + 1))

  // The scroller is the element that is higher inside than outside.
  const scroller = await grid.evaluateHandle((element) =>
    [element, ...element.querySelectorAll('*')].find(
      (each) => each.scrollHeight > 4 * each.clientHeight && each.clientHeight > 0,
    ),
  )
  const scroll = (to: 'middle' | 'end') =>
    scroller.evaluate((element, where) => {
      if (element)
        element.scrollTop = where === 'end' ? element.scrollHeight : element.scrollHeight / 2
    }, to)

  await scroll('end')
  await row(people).waitFor()
  await scroll('middle')
  const shown = async () => {
    const names = await grid.getByText(/^RANG \d+$/).allTextContents()
    return Math.min(...names.map((name) => Number(name.slice(5))))
  }
  await expect.poll(shown).toBeGreaterThan(people * 0.45)
  await expect.poll(shown).toBeLessThan(people * 0.55)

  // A turn of the wheel moves by its own distance, not in proportion to the million.
  const before = await shown()
  await grid.hover()
  await page.mouse.wheel(0, 1_000)
  await expect.poll(shown).toBeGreaterThan(before)
  expect((await shown()) - before).toBeLessThanOrEqual(Math.ceil(1_000 / rowHeight) + 2)

  await grid.focus()
  await page.keyboard.press('End')
  await row(people).waitFor()
  await page.keyboard.press('Home')
  await row(1).waitFor()
  expect(await page.locator('*').count()).toBeLessThan(1_500)

  await grid.getByRole('checkbox').first().click()
  await page.getByRole('button', { name: /1.000.000/ }).click()
  await page.getByText(/1.000.000.*sélectionn/).waitFor()
  await check()
})
