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
      .getByRole('group', { name: t('shell.language') })
      .getByText('EN')
      .click()
    await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Switch to the dark theme' }).click()
    await check()
    await page.reload()
    await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
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

  it('finds pages in the palette with the keyboard alone', async () => {
    const { page, t, check, visit } = await startJourney()
    await visit('/nowhere')
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: t('palette.title') })
    await palette.getByRole('option', { name: t('nav.today') }).waitFor()
    await check()
    await page.keyboard.type('aujourd')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: t('today:title') }).waitFor()
    await palette.waitFor({ state: 'hidden' })
  })

  it('explains its keys, which go where they say and can be turned off', async () => {
    const { page, t, check, visit } = await startJourney({ locale: 'en' })
    await visit('/nowhere')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: t('keys.title') })
    await check()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.getByRole('heading', { level: 1, name: t('today:title') }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('switch', { name: t('keys.letters') }).click()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
    await page.keyboard.press('?')
    await check()
    expect(await help.count()).toBe(0)
  })

  it('lists running jobs in a drawer and opens the user menu', async () => {
    const { page, t, check, visit } = await startJourney()
    await visit('/')
    await page.getByRole('button', { name: t('jobs:title') }).click()
    const drawer = page.getByRole('dialog', { name: t('jobs:title') })
    await drawer.waitFor()
    await check()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: t('shell.user', { name: 'Camille Perrin' }) }).click()
    await page.getByRole('menuitem', { name: t('keys.title') }).waitFor()
    await check()
  })
})
