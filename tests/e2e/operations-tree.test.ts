import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

const looks = [
  { locale: 'fr', theme: 'light', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 },
] as const

/** The line that the keys have reached. */
async function activeLine(page: Page, tree: Locator): Promise<string> {
  const id = await tree.getAttribute('aria-activedescendant')
  return (await page.locator(`[id="${id}"]`).textContent()) ?? ''
}

it.each(looks)(
  'the tree of operations is built, searched and moved by keyboard alone in $locale, $theme, $width (D-13 to D-18)',
  async (look) => {
    const { page, t, check, visit } = await startJourney(look)
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
    const tree = page.getByRole('tree', { name: t('operations:tree.label') })
    const line = (name: string) => tree.getByRole('treeitem', { name })
    const at = (name: string) =>
      expect.poll(() => activeLine(page, tree), { timeout: 15_000 }).toContain(name)
    const fairs = t('operations:tree.example.fairs')
    const paris = t('operations:tree.example.paris')
    const regions = t('operations:tree.example.regions')
    const fair = (year: number) => t('operations:tree.example.fair', { year })

    await visit('/operations')
    await page.getByRole('button', { name: t('operations:tree.empty.example') }).press('Enter')
    await line(fairs).waitFor()
    await tree.focus()
    await press('ArrowRight', 'ArrowRight')
    await at(paris)
    await press('ArrowRight')
    await line(fair(2011)).waitFor()
    expect(await line(regions).getAttribute('aria-level')).toBe('2')
    await check()

    // An empty sub-title takes an operation, which is renamed, moved up and given back from the bin.
    await press('End')
    await at(regions)
    await press('Shift+F10')
    await page.getByRole('menuitem', { name: t('operations:tree.do.newOperation') }).press('Enter')
    const label = page.getByRole('textbox', { name: t('operations:tree.dialog.label') })
    await label.fill('Épicerie')
    await check()
    await label.press('Enter')
    await at('Épicerie')
    await press('F2')
    await label.fill('Épicerie fine')
    await label.press('Enter')
    await at('Épicerie fine')
    await press('Delete')
    await line('Épicerie fine').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: t('ui.undo') }).press('Enter')
    await line('Épicerie fine').waitFor()

    // A word found from a folded tree opens what is above it.
    await page
      .getByRole('button', { name: t('operations:tree.foldAll'), exact: true })
      .press('Enter')
    await line(paris).waitFor({ state: 'detached' })
    await press('Control+f')
    await page.keyboard.type(fair(2010).slice(0, -4).toUpperCase())
    await page.getByText('1 / 2').waitFor()
    await press('F3')
    await page.getByText('2 / 2').waitFor()
    await at(fair(2011))
    expect(await line(fair(2011)).locator('mark').count()).toBe(1)
    await check()
    await press('Shift+F3', 'Escape')
    await at(fair(2010))
    await press('Alt+ArrowDown')
    await expect
      .poll(() => line(fair(2010)).getAttribute('aria-posinset'), { timeout: 15_000 })
      .toBe('2')
    await press('Shift+F10')
    await page.getByRole('menuitem', { name: t('operations:tree.do.move') }).press('Enter')
    const into = page.getByRole('combobox', {
      name: t('operations:tree.dialog.into', { name: fair(2010) }),
    })
    await into.fill(regions)
    await into.press('ArrowDown')
    await into.press('Enter')
    await page.getByRole('button', { name: t('operations:tree.dialog.moveDo') }).press('Enter')
    await page.getByText(t('operations:tree.moved', { name: fair(2010) })).waitFor()

    // The list shows what is below the chosen title.
    await tree.focus()
    await press('Home')
    await page.keyboard.type(paris.slice(0, 9))
    await at(paris)
    await press('Enter')
    if (look.width === 390) {
      await page.getByText(t('operations:tree.paneList'), { exact: true }).click()
    }
    const list = page.getByRole('grid', { name: t('operations:list.title') })
    await list.getByText(fair(2011)).waitFor()
    expect(await list.getByText(fair(2010)).count()).toBe(0)
    await check()
    await press('Control+k')
    await page.getByRole('combobox', { name: t('palette.title') }).fill('epicerie')
    await page.getByRole('option', { name: 'Épicerie fine' }).waitFor()
  },
  120_000,
)

it.each(looks)(
  'the tables of operations are extended by keyboard in $locale, $theme, $width (D-24, D-107 to D-110)',
  async (look) => {
    const { server, page, t, check, visit } = await startJourney(look)
    const key = await server.db
      .insertInto('confidentialityKeys')
      .values({ label: 'Direction' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await visit('/settings/operations')
    await server.db
      .insertInto('confidentialityGrants')
      .values({ keyId: key.id, userId: 'camille' })
      .execute()
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const box = (name: string) =>
      page.getByRole('textbox', { name: t(`operations:settings.${name}`) })
    const save = () => button(t('operations:settings.save')).press('Enter')
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })

    await button(t('operations:settings.new.step-types')).press('Enter')
    await box('labelFr').fill('Visite')
    await box('labelEn').fill('Visit')
    await box('code').fill('visite')
    const document = page.getByRole('radiogroup', {
      name: t('operations:settings.fields.document'),
    })
    await document
      .getByRole('radio', { name: t('operations:settings.use.mandatory') })
      .press('ArrowRight')
    await check()
    await save()
    const visite = look.locale === 'fr' ? 'Visite' : 'Visit'
    await row(visite).waitFor()
    await button(t('operations:tree.actionsOf', { name: visite })).press('Enter')
    await page.getByRole('menuitem', { name: t('operations:settings.retire') }).press('Enter')
    await row(visite).getByText(t('operations:settings.retired')).waitFor()
    await button(t('operations:tree.actionsOf', { name: visite })).press('Enter')
    await page.getByRole('menuitem', { name: t('operations:tree.do.up') }).press('Enter')
    await expect
      .poll(() => page.getByRole('row').nth(-2).textContent(), { timeout: 15_000 })
      .toContain(visite)
    await check()

    await visit('/settings/operations?tab=states')
    await row(t('operations:settings.meanings.not-done-stop')).waitFor()
    await visit('/settings/operations?tab=families')
    await button(t('operations:settings.new.families')).press('Enter')
    await box('name').fill('Fusion')
    const keys = page.getByRole('combobox', { name: t('operations:settings.key') })
    await keys.press('ArrowDown')
    await page.getByRole('option', { name: 'Direction' }).waitFor()
    await keys.press('ArrowDown')
    await keys.press('Enter')
    await save()
    await row('Fusion').getByText('Direction').waitFor()
    await check()
  },
  120_000,
)
