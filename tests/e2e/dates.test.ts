import { expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

it('days are typed as English writes them, or chosen by keyboard in a calendar, on a phone in the dark', async () => {
  const { page, t, check, visit } = await startJourney({
    locale: 'en',
    theme: 'dark',
    width: 390,
    height: 844,
  })
  const search = () => new URL(page.url()).searchParams
  await visit('/settings/audit')
  const from = page.getByRole('textbox', { name: t('access:audit.from') })
  await from.fill('12 March 2026')
  await expect.poll(() => search().get('from')).toBe('2026-03-12')
  await from.blur()
  expect(await from.inputValue()).toBe('Mar 12, 2026')
  await from.fill('03/13/2026')
  await expect.poll(() => search().get('from')).toBe('2026-03-13')

  // What is no day is said, and changes nothing.
  await from.fill('soon')
  await from.blur()
  await page.getByText(t('common:ui.date.unreadable', { sample: 'Mar 12, 2026' })).waitFor()
  expect(search().get('from')).toBe('2026-03-13')
  await check()
  await from.fill('Mar 13, 2026')

  const open = t('common:ui.date.open', { name: t('access:audit.from') })
  await page.getByRole('button', { name: open }).click()
  const calendar = page.getByRole('dialog', { name: open })
  await calendar.getByRole('button', { name: '13 March 2026' }).focus()
  await check()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/dates.png` })
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await calendar.waitFor({ state: 'detached' })
  await expect.poll(() => search().get('from')).toBe('2026-03-14')
  expect(await from.inputValue()).toBe('Mar 14, 2026')

  // Emptied, it is a filter no more.
  await from.fill('')
  await expect.poll(() => search().get('from')).toBe(null)
})
