import { describe, expect, it } from 'vitest'
import { type Journey, startJourney } from './support/journey.ts'

const customers = `Code;Nom;Prénom;CP;Ville;Tél. portable;E-mail;Date de naissance;Souhaite recevoir
C1;Dupont;Zoé;75011;Paris;06 12 34 56 78;zoe@example.org;17/05/1980;oui
C2;Martin;Paul;69001;Lyon;;paul@example.org;;non
C3;Petit;Ana;44000;Nantes;;pas une adresse;;oui
`

const shots = process.env.SHOTS
const shoot = (page: Journey['page'], name: string) =>
  shots ? page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }) : undefined

async function bring({ page, t }: Journey, name: string, text: string) {
  await page.getByLabel(t('imports:drop.title')).setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  })
}

describe('an import', () => {
  it.each([
    { locale: 'fr', theme: 'light', width: 1440 },
    { locale: 'en', theme: 'dark', width: 390 },
  ] as const)('goes from file to customers and back ($locale, $theme, $width)', async (look) => {
    const journey = await startJourney(look)
    const { page, t, check, visit } = journey
    const name = (step: string) => `imports-${step}-${look.locale}-${look.theme}-${look.width}`
    await visit('/imports')
    await shoot(page, name('empty'))
    await page.getByRole('link', { name: t('imports:new') }).click()
    await page.getByRole('heading', { level: 1, name: t('imports:new') }).waitFor()
    await check()
    await shoot(page, name('file'))
    await bring(journey, 'clients.csv', customers)
    await page.getByRole('button', { name: t('imports:next.rules') }).waitFor()
    await check()
    await shoot(page, name('columns'))
    await page.getByRole('button', { name: t('imports:next.rules') }).click()
    await page.getByText(t('imports:rules.emptyClear')).waitFor()
    await check()
    await shoot(page, name('rules'))
    await page.getByRole('button', { name: t('imports:next.trial') }).click()
    await page.getByRole('button', { name: t('imports:trial.start') }).click()
    await page.getByText('pas une adresse', { exact: true }).waitFor()
    await check()
    await shoot(page, name('trial'))
    await page.getByRole('button', { name: t('imports:run.start'), exact: true }).click()
    await page.getByText(t('imports:counts.customers.created')).waitFor()
    await page.getByRole('button', { name: t('imports:undo.start') }).waitFor()
    await check()
    await shoot(page, name('done'))
    expect(await journey.server.db.selectFrom('parties').select('code').execute()).toHaveLength(2)
    await page.getByRole('button', { name: t('imports:undo.start') }).click()
    const asking = page.getByRole('dialog')
    await asking.getByRole('button', { name: t('imports:undo.start') }).click()
    await page.getByRole('heading', { name: t('imports:undo.done') }).waitFor()
    await check()
    await shoot(page, name('undone'))
    expect(await journey.server.db.selectFrom('parties').select('code').execute()).toEqual([])
    await visit('/imports')
    await shoot(page, name('list'))
  })
})
