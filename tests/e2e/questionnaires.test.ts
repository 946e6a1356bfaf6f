import { describe, expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

describe('a questionnaire', () => {
  it('is made in the settings, branches in the preview, and is answered by keyboard on a card (D-75)', async () => {
    const { page, server, t, check, visit } = await startJourney({ demo: 60 })
    await visit('/settings/questionnaires')
    await page.getByRole('link', { name: t('questionnaires:new') }).click()
    await page.getByRole('textbox', { name: t('questionnaires:label') }).fill('Prospection')

    const add = async (label: string, kind?: string, choices: string[] = []) => {
      await page.getByRole('button', { name: t('questionnaires:questions.new') }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: t('questionnaires:questions.label') }).fill(label)
      if (kind) {
        await dialog.getByRole('combobox', { name: t('questionnaires:questions.kind') }).click()
        await page.getByRole('option', { name: kind, exact: true }).click()
      }
      for (const [at, choice] of choices.entries()) {
        await dialog.getByRole('button', { name: t('questionnaires:questions.addChoice') }).click()
        const name = t('questionnaires:questions.choice', { n: at + 1 })
        await dialog.getByRole('textbox', { name }).fill(choice)
      }
      await dialog.getByRole('button', { name: t('parties:save') }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    await add('Quel moment vous convient ?', t('questionnaires:kinds.choice'), ['Matin', 'Soir'])
    await add('Voulez-vous notre catalogue ?')
    await page
      .getByRole('button', {
        name: t('questionnaires:items.up', { question: 'Voulez-vous notre catalogue ?' }),
      })
      .click()
    await page.getByRole('button', { name: t('questionnaires:branch.add') }).click()
    await page
      .getByRole('switch', {
        name: t('questionnaires:items.requiredNamed', { question: 'Quel moment vous convient ?' }),
      })
      .click({ force: true })
    await check()

    // The preview asks the second question only after “yes”.
    const preview = page.getByRole('region', { name: t('questionnaires:preview') })
    expect(await preview.getByRole('radio').count()).toBe(2)
    await preview.getByRole('radio', { name: t('questionnaires:yes') }).check()
    await preview.getByRole('radio', { name: 'Soir' }).waitFor()
    await page.getByRole('button', { name: t('ui.save.save') }).click()
    await page.getByRole('heading', { level: 1, name: 'Prospection' }).waitFor()
    await check()

    // The demo's own are put aside: with one questionnaire the card offers it by a button.
    await server.db
      .updateTable('questionnaires')
      .set({ isActive: false })
      .where('label', '<>', 'Prospection')
      .execute()
    const { id } = await server.db
      .selectFrom('parties')
      .select('id')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    await visit(`/customers/${id}?tab=answers`)
    const fill = t('questionnaires:answers.fill', { label: 'Prospection' })
    await page.getByRole('button', { name: fill }).click()
    const drawer = page.getByRole('dialog', { name: 'Prospection' })
    const yes = drawer.getByRole('radio', { name: t('questionnaires:yes') })
    await expect
      .poll(() => yes.evaluate((input) => input.ownerDocument.activeElement === input))
      .toBe(true)
    await page.keyboard.press('1')
    await drawer.getByRole('radio', { name: 'Soir' }).waitFor()
    await drawer.getByRole('button', { name: t('questionnaires:answers.finish') }).click()
    await drawer.getByText(t('questionnaires:problems.required')).waitFor()
    await check()
    await drawer.getByRole('radio', { name: 'Matin' }).focus()
    await page.keyboard.press('2')
    await drawer.getByRole('button', { name: t('questionnaires:answers.finish') }).click()
    await drawer.waitFor({ state: 'detached' })
    await page.getByRole('region', { name: 'Prospection' }).getByText('Soir').waitFor()
    await check()
    await page.getByRole('tab', { name: t('parties:tabs.timeline') }).click()
    await page.getByText('A répondu « Soir » à « Quel moment vous convient ? »').waitFor()

    // The answer picks people, and the page says why.
    await page.goto('/segments/new')
    await page.getByRole('combobox', { name: t('segments:builder.field') }).fill('notre catalogue')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page
      .getByText('Clients qui ont répondu « oui » à « Voulez-vous notre catalogue ? ».')
      .waitFor()
    await page.getByRole('button', { name: /Pourquoi/ }).click()
    await page.getByText('sa valeur', { exact: false }).first().waitFor()
    await check()
  })
})
