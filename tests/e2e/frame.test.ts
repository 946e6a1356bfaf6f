import { describe, expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

describe('the frame', () => {
  it.each([
    ['fr', 'light'],
    ['en', 'dark'],
  ] as const)('is whole in %s, %s', async (locale, theme) => {
    const { page, t, visit } = await startJourney({ locale, theme })
    await visit('/')
    expect(await page.getAttribute('html', 'lang')).toBe(locale)
    expect(await page.title()).toBe(`${t('today:title')} · ${t('app')}`)
    await page.getByRole('heading', { level: 1, name: t('today:title') }).waitFor()
    const nav = page.getByRole('navigation', { name: t('nav.label') })
    await nav.getByRole('link', { name: t('nav.today') }).waitFor()
  })

  it('changes language and theme in place and remembers them', async () => {
    const { page, t, check } = await startJourney({ locale: 'fr' })
    await page.goto('/')
    await page
      .getByRole('radiogroup', { name: t('shell.language') })
      .getByText('EN')
      .click()
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await page.getByRole('button', { name: 'Switch to the dark theme' }).click()
    await check()
    await page.reload()
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    expect(await page.getAttribute('html', 'data-mantine-color-scheme')).toBe('dark')
  })

  it('opens its menu on a phone, and says where nothing is', async () => {
    const { page, t, check, visit } = await startJourney({ width: 390, height: 844 })
    await visit('/')
    await page.getByRole('button', { name: t('shell.menu') }).click()
    const menu = page.getByRole('dialog')
    await menu.getByRole('link', { name: t('nav.settings') }).waitFor()
    await check()
    await menu.getByRole('link', { name: t('nav.settings') }).click()
    await menu.waitFor({ state: 'hidden' })
    await visit('/nowhere')
    await page.getByRole('heading', { level: 1, name: t('shell.notFound.title') }).waitFor()
  })
})
