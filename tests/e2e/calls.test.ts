import { expect, it } from 'vitest'
import type { Services } from '#platform/http/app.ts'
import { startJourney } from './support/journey.ts'
import { signIn } from './support/sign-in.ts'

/** A phoning step with people who agreed to be called, at an hour that is allowed whatever the hour. */
async function aPhoningStep({ db }: Services): Promise<number> {
  const value = JSON.stringify({
    weekdays: [0, 1, 2, 3, 4, 5, 6],
    hours: [{ from: '00:00', to: '23:59' }],
    onHolidays: true,
  })
  await db.insertInto('settings').values({ name: 'calls', value }).execute()
  const question = (code: string, label: string, kind: 'yes-no' | 'text') =>
    db
      .insertInto('questions')
      .values({ code, label, kind })
      .returning('id')
      .executeTakeFirstOrThrow()
  const [catalogue, remark] = [
    await question('catalogue', 'Souhaitez-vous recevoir le catalogue ?', 'yes-no'),
    await question('remarque', 'Une remarque ?', 'text'),
  ]
  const questionnaire = await db
    .insertInto('questionnaires')
    .values({ code: 'Q1', label: 'Prospection de printemps' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('questionnaireItems')
    .values([
      {
        questionnaireId: questionnaire.id,
        questionId: catalogue.id,
        position: 1,
        isRequired: true,
      },
      { questionnaireId: questionnaire.id, questionId: remark.id, position: 2 },
    ])
    .execute()
  const campaign = await db
    .insertInto('campaigns')
    .values({ label: 'Portes ouvertes', form: 'operation' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const step = await db
    .insertInto('steps')
    .values({
      campaignId: campaign.id,
      label: 'Appels de printemps',
      typeCode: 'phoning',
      questionnaireId: questionnaire.id,
      script: 'Bonjour {{firstName}}, ici la boutique. Avez-vous deux minutes ?',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const people = await db
    .insertInto('parties')
    .values(
      ['Ana', 'Bruno', 'Chloé', 'Denis', 'Émile'].map((firstName, n) => ({
        code: `C${n}`,
        firstName,
        lastName: 'Blanc',
        city: 'Lyon',
        mobileNumber: `+33612345${String(100 + n)}`,
      })),
    )
    .returning('id')
    .execute()
  await db
    .insertInto('consents')
    .values(
      people.map(({ id }) => ({
        partyId: id,
        channel: 'phone',
        state: 'granted',
        source: 'staff',
      })),
    )
    .execute()
  await db
    .insertInto('targets')
    .values(people.map(({ id }) => ({ stepId: step.id, partyId: id })))
    .execute()
  return step.id
}

it('two agents call at once, by keyboard, through a reload and without network', async () => {
  const rights = ['calls.make'] as const
  const { server, page, t, check, visit } = await startJourney({ rights })
  const stepId = await aPhoningStep(server)
  const answersOf = () =>
    server.db.selectFrom('answers').select(['value']).where('isCurrent', '=', true).execute()

  await visit('/calls')
  await page
    .getByRole('link', { name: t('phoning:steps.callNamed', { label: 'Appels de printemps' }) })
    .click()
  await page.getByText('Bonjour Ana, ici la boutique.', { exact: false }).waitFor()
  await check()

  // The colleague never gets the same person.
  const colleague = { id: 'noa', name: 'Noa Petit', email: 'noa@example.org' }
  const other = await (page.context().browser() ?? expect.fail()).newContext({
    baseURL: server.config.publicUrl,
    locale: 'fr-FR',
  })
  await other.addCookies([await signIn(server, rights, colleague)])
  const second = await other.newPage()
  await second.goto(`/calls/${stepId}`)
  await second.getByText('Bonjour Bruno, ici la boutique.', { exact: false }).waitFor()

  // One person by keyboard alone: open, answer with a digit, end, validate.
  await page.keyboard.press('Control+Enter')
  const yes = page.getByRole('radio', { name: 'Oui' })
  await yes.waitFor()
  await check()
  await page.keyboard.press('1')
  await expect.poll(() => answersOf(), { timeout: 15_000 }).toEqual([{ value: true }])

  // A reload finds the person, the open call and the answer.
  await page.reload()
  await yes.waitFor()
  expect(await yes.isChecked()).toBe(true)

  // Without network answers wait here, and leave when it is back.
  await page.context().setOffline(true)
  await page.getByRole('textbox').first().fill('Rappeler le matin')
  await page.keyboard.press('Tab')
  await page.getByText(t('phoning:offline', { count: 1 })).waitFor()
  await page.context().setOffline(false)
  await page.getByText(t('phoning:offline', { count: 1 })).waitFor({ state: 'detached' })
  expect(await answersOf()).toHaveLength(2)

  await page.keyboard.press('Control+Enter')
  await page.getByRole('radio', { name: /OK, on continue/ }).waitFor()
  await check()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Bonjour Chloé, ici la boutique.', { exact: false }).waitFor()
  const done = await server.db
    .selectFrom('targets')
    .select('status')
    .where('status', '=', 'ok-continue')
    .execute()
  expect(done).toHaveLength(1)

  // The result can be taken back; on a phone the offer stands below what is done next, not on it.
  await page.setViewportSize({ width: 390, height: 740 })
  const undo = page.getByRole('button', { name: t('common:ui.undo') })
  const next = page.getByRole('button', { name: t('phoning:before.open') })
  await undo.hover()
  const free = async () => {
    await next.evaluate((button) => button.scrollIntoView({ block: 'end' }))
    const [button, offer] = [await next.boundingBox(), await undo.boundingBox()]
    return button !== null && offer !== null && button.y + button.height <= offer.y
  }
  await expect.poll(free).toBe(true)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/toast.png` })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: t('common:ui.undo') }).click()
  await page.getByText('Bonjour Ana, ici la boutique.', { exact: false }).waitFor()
  await page.keyboard.press('b')
  await page.getByRole('button', { name: t('phoning:callback.choices.week') }).click()
  await page.getByRole('button', { name: t('phoning:result.validate') }).click()
  await page.getByText('Bonjour Chloé, ici la boutique.', { exact: false }).waitFor()
  await visit('/')
  await page.getByRole('link', { name: 'Ana Blanc' }).waitFor()
  await other.close()
})
