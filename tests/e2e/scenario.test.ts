import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Services } from '#platform/http/app.ts'
import { ensureMailboxes } from '../../src/server/features/delivery/service.ts'
import { startJourney } from './support/journey.ts'
import { inOperation, statusesOf } from './support/operation.ts'

const shots = process.env.SHOTS

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

/** In ten days at half past two, as it is typed in French. */
function inTenDays(): { typed: string; day: string } {
  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  return { typed: `${day.split('-').reverse().join('/')} 14h30`, day }
}

it('the reference scenario, from prospecting e-mails to the satisfaction survey (D-21)', async () => {
  const journey = await startJourney({ demo: 200 })
  const { page, t, check, visit, server } = journey
  const shoot = async (name: string) => {
    if (!shots) return
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: `${shots}/scenario-${name}-${width}.png`, fullPage: true })
    }
  }
  await ensureMailboxes(server)
  await allowEveryHour(server)
  const { dialog, tab, left, openStep, launch, distribute, callOne } = inOperation(journey)

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
  await distribute('Contact téléphonique')
  const calls = await openStep('Contact téléphonique')
  expect(await statusesOf(journey, calls)).toHaveLength(24 + sent)
  const person = await somebodyWhoAgrees(server, emails)
  const partyId = person.id
  await callOne(
    { stepId: calls, partyId },
    {
      hears: 'Vous avez reçu notre message de rentrée',
      // The yes asks for the department, and no longer for what was missing.
      answers: ['Oui', 'Maison'],
      result: () => shoot('call'),
    },
  )

  // 3. The catalogue: of those called, who said yes; their file names the one just called.
  await visit(operation)
  await openStep('Contact téléphonique')
  await distribute('Catalogue aux intéressés')
  const catalogue = await openStep('Catalogue aux intéressés')
  const interested = await statusesOf(journey, catalogue)
  expect(interested.map((one) => one.partyId)).toContain(partyId)
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

  // 4. The reminder: an appointment is agreed upon, at a day and hour that is typed.
  await page.goto(`${operation}?tab=steps&step=${catalogue}`)
  await distribute('Relance et rendez-vous')
  const reminder = await openStep('Relance et rendez-vous')
  expect(await left(reminder)).toBe(interested.length)
  const { typed, day } = inTenDays()
  await callOne(
    { stepId: reminder, partyId },
    {
      hears: 'vous avez reçu notre catalogue',
      answers: ['Oui'],
      result: async () => {
        await page.getByLabel(t('phoning:appointment.take')).check()
        await page.getByRole('button', { name: t('phoning:result.validate') }).click()
        await page.getByText(t('phoning:appointment.missing')).waitFor()
        await page.getByRole('textbox', { name: t('phoning:appointment.at') }).fill(typed)
        await page.getByLabel(t('phoning:appointment.place')).fill('Maison Valette, 1er étage')
        await check()
        await shoot('appointment')
      },
    },
  )

  // 5. The confirmation, to who wants an appointment: it says when and where.
  await visit(`${operation}?tab=steps&step=${reminder}`)
  await distribute('E-mails de confirmation')
  const confirmation = await openStep('E-mails de confirmation')
  expect((await statusesOf(journey, confirmation)).map((one) => one.partyId)).toEqual([partyId])
  expect(await launch(confirmation)).toBe(1)
  await visit('/mailbox')
  await page.getByText('Votre rendez-vous est confirmé').first().click()
  const mail = page.frameLocator('iframe')
  const weekday = new Intl.DateTimeFormat('fr', { weekday: 'long', timeZone: 'UTC' })
  const when = new RegExp(`${weekday.format(new Date(day))} \\d+.* à 14:30`)
  await mail.getByText(when).waitFor()
  await mail.getByText('Maison Valette, 1er étage', { exact: false }).waitFor()
  await check()
  await shoot('confirmed')

  // 6. The survey by telephone: the agent sees and says of which appointment it is.
  await page.goto(`${operation}?tab=steps&step=${confirmation}`)
  await distribute('Enquête de satisfaction')
  const survey = await openStep('Enquête de satisfaction')
  await callOne(
    { stepId: survey, partyId },
    {
      hears: 'vous aviez rendez-vous à la boutique',
      answers: ['Très satisfait'],
      result: () => shoot('survey'),
    },
  )

  // What stands at the end: each step with its people, what was left behind, and the way of one person.
  await visit(operation)
  expect(await left(survey)).toBe(0)
  await page
    .getByRole('button', { name: /^E6 Enquête de satisfaction/ })
    .getByText(t('operations:people.ofStatus', { status: 'OK, on continue', n: '1' }))
    .waitFor()
  await shoot('end')
  await tab('tabs.activities')
  await page.getByText(t('activities:states.all'), { exact: true }).click()
  await page.getByText('Catalogue aux intéressés', { exact: true }).last().waitFor()
  await page.getByText('Rendez-vous · Prospection rentrée').first().click()
  await page.getByRole('link', { name: t('activities:calendar') }).waitFor()
  await check()
  await shoot('activities')
  await visit(`/customers/${partyId}?tab=answers`)
  await page.getByText('Très satisfait').first().waitFor()
  const arrived = await server.db.selectFrom('mailboxMessages').select('id').execute()
  expect(arrived).toHaveLength(sent + 1)
}, 300_000)
