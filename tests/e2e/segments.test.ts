import { describe, it } from 'vitest'
import { startJourney } from './support/journey.ts'

describe('segments', () => {
  it('are built by keyboard and mouse, counted live, read back as a sentence and saved (X-4)', async () => {
    const { page, t, check, visit } = await startJourney({ demo: 400 })
    await visit('/segments/new?starter=sleeping')
    const criteria = page.getByRole('group', { name: t('segments:builder.criteria') })
    await criteria.getByRole('button', { name: t('segments:builder.addRule'), exact: true }).click()
    const third = page.getByRole('group', { name: t('segments:builder.rule', { n: 3 }) })
    await third.getByRole('combobox', { name: t('segments:builder.field') }).fill('rayons')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText(t('segments:count.pending')).waitFor()
    await third.getByRole('combobox', { name: t('segments:goods.department') }).fill('Chemises')
    await page.getByRole('option', { name: 'Chemises', exact: true }).click()
    await page.keyboard.press('Escape')
    const sentence = page.getByText(
      'Clients dont le dernier achat remonte à plus de 2 mois et dont le chiffre d’affaires sur les 24 derniers mois dépasse 300\u00a0€ et qui ont acheté dans le rayon « Chemises ».',
    )
    await sentence.waitFor()
    await page.getByRole('button', { name: t('segments:builder.stages') }).click()
    await criteria
      .getByText(/restent? \d/)
      .nth(2)
      .waitFor()
    await check()

    const person = page.getByRole('button', { name: /Pourquoi/ }).first()
    await person.click()
    await page.getByText('sa valeur', { exact: false }).first().waitFor()
    await check()

    await third.getByRole('combobox', { name: t('segments:builder.field') }).focus()
    await page.keyboard.press('Control+z')
    await page.getByText(t('segments:count.pending')).waitFor()
    await page.keyboard.press('Control+y')
    await sentence.waitFor()

    await page.getByRole('textbox', { name: t('segments:edit.name') }).fill('Chemises endormies')
    await page.getByRole('button', { name: t('segments:edit.create') }).click()
    await page.getByRole('heading', { level: 1, name: 'Chemises endormies' }).waitFor()
    await visit('/segments')
    await page.getByRole('rowheader', { name: 'Chemises endormies' }).waitFor()
    await page
      .getByRole('row', { name: 'Chemises endormies' })
      .filter({ hasText: 'dans le rayon « Chemises »' })
      .waitFor()
  })
})
