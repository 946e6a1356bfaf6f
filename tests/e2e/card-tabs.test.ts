import { describe, expect, it } from 'vitest'
import { type Journey, startJourney } from './support/journey.ts'

/** The customer with the most receipts. */
async function regular({ server }: Journey): Promise<number> {
  const row = await server.db
    .selectFrom('partyPurchases')
    .select('partyId')
    .orderBy('visits', 'desc')
    .orderBy('partyId')
    .executeTakeFirstOrThrow()
  return row.partyId
}

describe('the tabs of a card', () => {
  it.each([
    { locale: 'fr', theme: 'light', width: 1440 },
    { locale: 'en', theme: 'dark', width: 390 },
  ] as const)(
    'are searched and sorted, hold files, and are looked at through saved views, in $locale, $theme, $width',
    async (look) => {
      const journey = await startJourney({ ...look, demo: 300 })
      const { page, t, check, visit } = journey
      const id = await regular(journey)
      await visit(`/customers/${id}?tab=purchases`)
      const field = page.getByRole('textbox', { name: t('parties:find.purchases') })
      await page.keyboard.press('Control+F8')
      await field.fill('20')
      const place = page.getByRole('status').filter({ hasText: '/' })
      await expect.poll(() => place.textContent()).toMatch(/^1 \//)
      await page.keyboard.press('Control+F8')
      await expect.poll(() => place.textContent()).toMatch(/^2 \//)
      await page.keyboard.press('Control+F7')
      await expect.poll(() => place.textContent()).toMatch(/^1 \//)
      await check()
      await page.keyboard.press('Escape')
      if (look.width > 600) {
        await page.getByRole('button', { name: t('parties:purchases.amount') }).click()
        await page.getByRole('columnheader', { name: t('parties:purchases.amount') }).waitFor()
        await check()
      }
      await visit(`/customers/${id}?tab=card`)
      const bytes = { name: 'mesures.txt', mimeType: 'text/plain', buffer: Buffer.from('102 cm') }
      await page.locator('input[type=file]').setInputFiles(bytes)
      await page.getByRole('link', { name: 'mesures.txt' }).waitFor()
      await check()
      await page.getByRole('link', { name: 'mesures.txt' }).scrollIntoViewIfNeeded()
      await visit(`/customers/${id}?tab=timeline`)
      await page.getByRole('link', { name: 'mesures.txt' }).waitFor()
      await visit(`/customers/${id}?tab=activities`)
      await page.getByText(t('activities:states.open'), { exact: true }).first().click()
      await saveView(journey, 'À faire ici')
      await check()
      await visit('/activities?state=all')
      await page.getByRole('button', { name: t('views:title'), exact: true }).click()
      await check()
      await page.getByRole('menuitem', { name: 'À faire ici' }).click()
      await expect.poll(() => page.url()).toContain('owner=all')
      await page.getByRole('button', { name: 'À faire ici' }).waitFor()
    },
    120_000,
  )

  it('ask a segment for the activities of a type, which has an image', async () => {
    const journey = await startJourney({ demo: 200 })
    const { page, t, check, visit } = journey
    await visit('/settings/activities')
    await page.getByRole('button', { name: t('activities:settings.new.types') }).click()
    const drawer = page.getByRole('dialog')
    await drawer
      .getByRole('textbox', { name: t('activities:settings.labelFr') })
      .fill('Réclamation')
    await drawer.getByRole('radio', { name: t('activities:settings.images.sad') }).click()
    await drawer.getByRole('radio', { name: t('activities:settings.colors.red') }).click()
    await check()
    await drawer.getByRole('button', { name: t('activities:save') }).click()
    await page.getByRole('table').getByText('Réclamation').waitFor()
    await page.goto('/segments/new')
    const rule = page.getByRole('group', { name: t('segments:builder.rule', { n: 1 }) })
    await rule.getByRole('combobox', { name: t('segments:builder.field') }).click()
    await page.getByRole('option', { name: t('segments:fields.activity'), exact: true }).click()
    await rule.getByRole('combobox', { name: t('segments:builder.activityTypes') }).fill('Récl')
    await page.getByRole('option', { name: 'Réclamation' }).click()
    await page.keyboard.press('Escape')
    await page
      .getByText('Clients qui ont une activité « Réclamation » sur les 12 derniers mois.')
      .waitFor()
    await check()
  }, 120_000)

  it('leave a view of the customers for next time', async () => {
    const journey = await startJourney({ demo: 200 })
    const { page, t, check, visit } = journey
    await visit('/customers?search=martin&sort=city')
    await saveView(journey, 'Les Martin')
    await visit('/customers')
    await page.getByRole('button', { name: t('views:title'), exact: true }).click()
    await page.getByRole('menuitem', { name: 'Les Martin' }).click()
    await expect.poll(() => page.url()).toContain('search=martin')
    await check()
    await page.getByRole('button', { name: 'Les Martin' }).click()
    await page.getByRole('menuitem', { name: t('views:saveAndManage') }).click()
    await page.getByRole('dialog').getByRole('table').waitFor()
    await check()
  }, 120_000)
})

async function saveView({ page, t }: Journey, name: string): Promise<void> {
  await page.getByRole('button', { name: t('views:title'), exact: true }).click()
  await page.getByRole('menuitem', { name: t('views:save') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: t('views:name') }).fill(name)
  await dialog.getByRole('button', { name: t('views:save') }).click()
  await page.getByRole('button', { name }).waitFor()
}
