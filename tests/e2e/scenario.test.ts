import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Services } from '#platform/http/app.ts'
import { ensureMailboxes } from '../../src/server/features/delivery/service.ts'
import { type Journey, startJourney } from './support/journey.ts'

const shots = process.env.SHOTS
const patience = 60_000

/** Calls are allowed at any hour; that a consumer must have agreed to them stays as it is. */
async function allowEveryHour({ db }: Services): Promise<void> {
  const value = JSON.stringify({
    weekdays: [0, 1, 2, 3, 4, 5, 6],
    hours: [{ from: '00:00', to: '23:59' }],
    onHolidays: true,
  })
  await db.insertInto('settings').values({ name: 'calls', value }).execute()
}

/** One of those who have just got the e-mail agrees to be called. */
async function somebodyWhoAgrees({ db }: Services, emails: number) {
  const person = await db
    .selectFrom('parties')
    .innerJoin('messages', 'messages.partyId', 'parties.id')
    .where('messages.stepId', '=', emails)
    .where('messages.state', '=', 'submitted')
    .where('parties.nature', '=', 'person')
    .where('parties.firstName', '<>', '')
    .where('parties.mobileNumber', 'is not', null)
    .select(['parties.id', 'lastName', 'firstName', 'parties.email'])
    .orderBy('parties.id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('consents')
    .values({ partyId: person.id, channel: 'phone', state: 'granted', source: 'staff' })
    .execute()
  return { ...person, name: `${person.lastName} ${person.firstName}` }
}

const statusesOf = ({ server }: Journey, stepId: number) =>
  server.db
    .selectFrom('targets')
    .select(['status', 'partyId'])
    .where('stepId', '=', stepId)
    .orderBy('partyId')
    .execute()

it('the reference scenario, from prospecting e-mails to the catalogue of who asked for it (D-21)', async () => {
  const journey = await startJourney({ demo: 200 })
  const { page, t, check, visit, server } = journey
  const shoot = async (name: string) => {
    if (shots) await page.screenshot({ path: `${shots}/scenario-${name}.png`, fullPage: true })
  }
  await ensureMailboxes(server)
  await allowEveryHour(server)
  const tab = (name: string) =>
    page.getByRole('tab', { name: t(`operations:${name}`), exact: true }).click()
  const dialog = page.getByRole('dialog')
  const left = async (stepId: number) =>
    (await statusesOf(journey, stepId)).filter(({ status }) => status === 'to-do').length

  async function openStep(label: string): Promise<number> {
    await page.getByRole('button', { name: new RegExp(`^E\\d ${label}`) }).click()
    await page.getByRole('heading', { name: label, level: 2 }).waitFor()
    return Number(new URL(page.url()).searchParams.get('step'))
  }

  /** For all to do of the step that is open; how many that is, by the number to type. */
  async function launch(stepId: number): Promise<number> {
    const before = await left(stepId)
    await tab('stepTabs.sending')
    await page.getByRole('button', { name: t('delivery:before.launch') }).click()
    const typed = dialog.getByLabel(new RegExp(t('delivery:launch.type', { n: '\\d+' })))
    const label = await dialog.getByText(t('delivery:launch.type', { n: '' })).textContent()
    const number = Number(label?.replace(/\D/g, ''))
    await typed.fill(String(number))
    await check()
    await dialog.getByRole('button', { name: t('delivery:launch.send') }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => left(stepId), { timeout: patience }).toBe(before - number)
    return number
  }

  async function distribute(into: string, count = 0): Promise<void> {
    await tab('stepTabs.conditions')
    await page.getByRole('button', { name: t('routing:distribute.action') }).click()
    await dialog.getByText(t('routing:distribute.into', { label: into })).waitFor()
    await check()
    await dialog
      .getByRole('button', {
        name: count > 0 ? t('routing:distribute.do', { count, n: String(count) }) : /\d/,
      })
      .click()
    await dialog.waitFor({ state: 'detached' })
  }

  // From the tree and its list into the operation.
  await visit('/operations')
  await page.getByRole('row', { name: /Prospection rentrée/ }).click()
  await page.waitForURL(/\/operations\/\d+/)
  const operation = new URL(page.url()).pathname

  // 1. The e-mails, over SMTP into the mailbox, to all who are to do but one whose address another has too.
  const emails = await openStep('E-mails de prospection')
  const sent = await launch(emails)
  expect([sent, await left(emails)]).toEqual([35, 1])
  await shoot('sent')

  // 2. The telephone: they come to those who are there, and one of them agrees to be called.
  await distribute('Contact téléphonique', sent)
  const calls = await openStep('Contact téléphonique')
  expect(await statusesOf(journey, calls)).toHaveLength(24 + sent)
  const person = await somebodyWhoAgrees(server, emails)
  await visit(`/calls/${calls}?among=${person.id}`)
  await page.getByText('Vous avez reçu notre message de rentrée', { exact: false }).waitFor()
  await page.getByText(`${person.firstName} ${person.lastName}`).first().waitFor()
  await page.getByRole('button', { name: t('phoning:before.open') }).click()
  await page.getByRole('radio', { name: 'Oui' }).click()
  // The yes asks for the department, and no longer for what was missing.
  await page.getByRole('radio', { name: 'Maison' }).click()
  expect(await page.getByText('Qu’est-ce qui vous a manqué chez nous ?').count()).toBe(0)
  await check()
  await shoot('call')
  await page.getByRole('button', { name: t('phoning:during.end') }).click()
  expect(await page.getByRole('radio', { name: /OK, on continue/ }).isChecked()).toBe(true)
  await page.getByRole('button', { name: t('phoning:result.validate') }).click()
  await page.getByText(t('phoning:idle.nobody')).waitFor()

  // 3. The catalogue: of those called, who said yes; their file names the one just called.
  await visit(operation)
  await openStep('Contact téléphonique')
  await distribute('Catalogue aux intéressés')
  const catalogue = await openStep('Catalogue aux intéressés')
  const interested = await statusesOf(journey, catalogue)
  expect(interested.map(({ partyId }) => partyId)).toContain(person.id)
  expect(interested.length).toBeLessThan(24)
  expect(await launch(catalogue)).toBe(interested.length)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /\.csv$/ }).click(),
  ])
  const file = await readFile(await download.path(), 'utf8')
  expect(file.trim().split('\n')).toHaveLength(interested.length + 1)
  expect(file).toContain(person.email)
  await shoot('exported')

  // Why is this person there? By the way they came, and by their answer.
  await page.goto(`${operation}?tab=people&step=${catalogue}`)
  await page.getByRole('searchbox', { name: t('targets:find') }).fill(person.lastName)
  await page.getByRole('button', { name: t('targets:menu.of', { name: person.name }) }).click()
  await page.getByRole('menuitem', { name: t('targets:menu.why') }).click()
  await dialog.getByText('INTERESSE', { exact: true }).first().waitFor()
  await dialog.getByText(t('routing:why.in'), { exact: true }).waitFor()
  await dialog
    .getByText(t('routing:why.reasons.entered', { origin: 'Contact téléphonique', status: '' }))
    .waitFor()
  await check()
  await shoot('why')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  // What the steps left: an outgoing letter for each of them, done.
  await tab('tabs.activities')
  await page.getByText(t('activities:states.all'), { exact: true }).click()
  await page.getByText('Catalogue aux intéressés', { exact: true }).last().waitFor()
  await check()
  await shoot('activities')
  const letters = await server.db
    .selectFrom('activities')
    .select('partyId')
    .where('stepId', 'in', [emails, catalogue])
    .where('partyId', '=', person.id)
    .execute()
  expect(letters).toHaveLength(2)

  // And the mailbox has what came by SMTP.
  await page.goto('/mailbox')
  await page.getByText('La nouvelle collection de rentrée vous attend').first().waitFor()
  const arrived = await server.db.selectFrom('mailboxMessages').select('id').execute()
  expect(arrived).toHaveLength(sent)
})
