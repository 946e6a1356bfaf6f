import { describe, it } from 'vitest'
import { startJourney } from './support/journey.ts'

describe('activities', () => {
  it('are written down, found in one’s own list, completed, counted and taken back', async () => {
    const { page, t, check, visit } = await startJourney({ demo: 200 })
    await visit('/activities')
    await page.getByRole('button', { name: t('activities:new') }).click()
    const drawer = page.getByRole('dialog')
    await drawer
      .getByRole('textbox', { name: t('activities:fields.subject') })
      .fill('Rappeler Mme Roux')
    await check()
    await drawer.getByRole('button', { name: t('activities:create') }).click()
    await drawer.getByText(t('activities:files'), { exact: true }).waitFor()
    await check()
    await page.keyboard.press('Escape')
    await page
      .getByRole('button', { name: /Rappeler Mme Roux/ })
      .first()
      .waitFor()
    await page.getByRole('checkbox', { name: t('activities:selectAll') }).check()
    await page.getByRole('button', { name: t('activities:bulk.done'), exact: true }).click()
    await page.getByRole('button', { name: t('activities:apply') }).click()
    await page.getByText(t('activities:none')).waitFor()
    await visit('/activities?by=owner&state=all')
    await page.getByRole('table').waitFor()
    await visit('/settings/activities')
    await page.getByRole('button', { name: t('activities:settings.new.types') }).click()
    await check()
  })
})
