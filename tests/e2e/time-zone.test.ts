import { describe, expect, it } from 'vitest'
import { readDayTime } from '#core/kernel/typed-time.ts'
import { wallClockAt } from '#core/kernel/zone.ts'
import { startJourney } from './support/journey.ts'

const sizes = [
  { locale: 'fr', theme: 'light', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 },
] as const

describe('the time zone of the company', () => {
  it.each(sizes)('is chosen, and is the clock of a browser elsewhere ($locale)', async (size) => {
    const { page, t, check, visit } = await startJourney({ ...size, zone: 'Asia/Tokyo' })
    await visit('/settings/time-zone')
    const city = page.getByRole('combobox', { name: t('company:zone.label') })
    await city.click()
    await page.keyboard.type('guadel')
    await page.getByRole('option', { name: 'Guadeloupe (America)' }).click()
    await check()
    await page.getByRole('button', { name: t('ui.save.save') }).click()
    await page.getByRole('button', { name: t('ui.save.save') }).waitFor({ state: 'detached' })
    await page.reload()
    await expect.poll(() => city.inputValue(), { timeout: 30_000 }).toBe('Guadeloupe (America)')

    await visit('/activities')
    await page.getByRole('button', { name: t('activities:new') }).click()
    const start = page.getByRole('textbox', { name: t('activities:fields.startsAt') })
    const typed = Date.parse(`${readDayTime(await start.inputValue(), size.locale, '')}Z`)
    const now = Date.parse(`${wallClockAt(new Date(), 'America/Guadeloupe')}Z`)
    expect(Math.abs(typed - now)).toBeLessThan(30 * 60_000)
    await page
      .getByText(t('ui.zone', { place: 'Guadeloupe' }))
      .first()
      .waitFor()
  })
})
