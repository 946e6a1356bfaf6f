import { expect, it } from 'vitest'
import { startJourney } from './support/journey.ts'

type Journey = Awaited<ReturnType<typeof startJourney>>

/** An operation for prospects and customers, one step, two organisations of which one has a contact. */
async function prepare({ server }: Journey) {
  const { db } = server
  const rows = await db
    .insertInto('parties')
    .values([
      {
        code: 'ACME',
        lastName: '',
        company: 'Acme',
        nature: 'company',
        kind: 'prospect',
        city: 'Lyon',
      },
      {
        code: 'BETA',
        lastName: '',
        company: 'Bêta',
        nature: 'company',
        kind: 'prospect',
        city: 'Nice',
      },
      { code: 'ZOE', lastName: 'Roux', firstName: 'Zoé', city: 'Lille' },
      { code: 'FOUR', lastName: 'Fournil', kind: 'supplier' },
      { code: 'ANA', lastName: 'Ana', firstName: 'Lia', kind: 'other' },
    ])
    .returning(['id', 'code'])
    .execute()
  const id = (code: string) => rows.find((row) => row.code === code)?.id ?? 0
  await db
    .insertInto('partyContacts')
    .values({ organisationId: id('ACME'), personId: id('ANA'), function: 'Achats' })
    .execute()
  const operation = await db
    .insertInto('campaigns')
    .values({ label: 'Salon', form: 'operation', kinds: ['prospect', 'customer'] })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('steps')
    .values({
      campaignId: operation.id,
      label: 'Appels',
      typeCode: 'phoning',
      audience: 'contacts',
      position: 1,
    })
    .execute()
  return operation.id
}

const list = `Salon de Lyon;;
FICHE;TIERS;Stand
PRO;ACME;12
PRO;BETA;14
CLI;ZOE;
FOU;FOUR;
CLI;INCONNU;
`

const looks = [
  { locale: 'fr', theme: 'light', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 },
] as const

it.each(looks)(
  'people come into a step by a file that is checked first, get their status and leave the step finished in $locale, $theme, $width (D-94 to D-106)',
  async (look) => {
    const journey = await startJourney(look)
    const { page, t, check, visit } = journey
    const id = await prepare(journey)
    const grid = page.getByRole('grid')
    await visit(`/operations/${id}?tab=people`)
    await page
      .getByRole('button', { name: t('targets:add.button') })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(t('targets:add.method.file'), { exact: true }).click()
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'salon.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(list),
    })
    await dialog.getByText(t('targets:file.reason.unknown-code')).first().waitFor()
    await check()
    await dialog.getByRole('button', { name: t('targets:add.do', { count: 3, n: '3' }) }).click()
    await dialog.waitFor({ state: 'detached' })

    // Those just added stay selected; the contact stands below its organisation.
    await grid.getByText('Ana Lia').waitFor()
    await expect
      .poll(() => grid.locator('[role=row][aria-selected=true]').count(), { timeout: 15_000 })
      .toBe(4)
    await check()

    // By keyboard: the menu of the first line, Acme, gives its contact the status too.
    await page.getByRole('button', { name: t('targets:newest') }).click()
    await grid.getByText('Bêta').waitFor()
    await grid.focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: /OK, (on arrête|stop)/ }).click()
    await page.getByRole('button', { name: t('ui.undo') }).waitFor()
    await expect
      .poll(() => page.getByRole('group', { name: t('targets:filter') }).textContent(), {
        timeout: 15_000,
      })
      .toMatch(/OK, (on arrête|stop)1/)
    await check()

    // Nobody left: the step may be finished.
    await grid.getByRole('checkbox', { name: /Bêta/ }).click()
    await grid.getByRole('checkbox', { name: /Roux/ }).click()
    await page.getByRole('button', { name: t('targets:bulk.status'), exact: true }).click()
    await page.getByRole('menuitem', { name: /^OK, (on continue|go on)/ }).click()
    const banner = page.getByRole('status').filter({ hasText: t('targets:finish.title') })
    await banner.waitFor()
    await check()
    await banner.getByRole('button', { name: t('targets:finish.later') }).click()
    await banner.waitFor({ state: 'detached' })

    // Whoever comes another day is asked again, whatever page of the operation he opens.
    await page.evaluate(() => sessionStorage.clear())
    await visit(`/operations/${id}`)
    await banner.getByRole('button', { name: /Terminée|Finished/ }).click()
    await banner.waitFor({ state: 'detached' })
    const step = await journey.server.db
      .selectFrom('steps')
      .select(['statusCode', 'doneAt'])
      .executeTakeFirstOrThrow()
    expect([step.statusCode, step.doneAt === null]).toEqual(['finished', false])
  },
  240_000,
)
