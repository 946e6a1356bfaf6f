import { expect, it } from 'vitest'
import { welcome } from '../../src/server/features/access/first-run.ts'
import { startJourney } from './support/journey.ts'

const password = 'une phrase assez longue'

it('from the first-run link to a colleague who may only look', async () => {
  const { server, page, t, check, visit } = await startJourney({ rights: null })
  const { firstRun } = await welcome(server)
  if (!firstRun) throw new Error('no first-run link')
  const field = (key: string) => page.getByRole('textbox', { name: t(key) })
  const button = (key: string) => page.getByRole('button', { name: t(key), exact: true })

  // The administrator comes in by the link on the console.
  await visit(firstRun)
  expect(new URL(page.url()).hash).toBe('')
  await button('access:firstRun.action').click()
  await page.getByText(t('access:fields.nameInvalid')).waitFor()
  await check()
  await field('access:fields.name').fill('Jeanne Petit')
  await field('access:fields.email').fill('jeanne@example.org')
  await field('access:password.new').fill(password)
  await button('access:firstRun.action').click()
  await page.getByRole('heading', { level: 1, name: t('today:title') }).waitFor()

  // A group from a ready role, and a colleague invited into nothing but the right to look.
  await visit('/settings/users')
  await button('access:roles.cashier').click()
  await check()
  await button('access:people.createGroup').click()
  await page.getByRole('table', { name: t('access:people.groupRights') }).waitFor()
  await button('access:people.invite').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('access:fields.name')).fill('Paul Martin')
  await dialog.getByLabel(t('access:fields.email')).fill('paul@example.org')
  await dialog.getByLabel(t('access:rights.mailings.view.name')).check()
  await dialog.getByLabel(t('access:rights.customers.view.name')).check()
  await check()
  await dialog.getByRole('button', { name: t('access:people.inviteAction') }).click()
  const link = await dialog.getByLabel(t('access:people.link')).inputValue()
  await check()
  await dialog.getByRole('button', { name: t('access:people.done') }).click()
  await page.getByRole('button', { name: 'Paul Martin' }).waitFor()

  // Every other page of the administrator.
  for (const path of ['/account', '/settings/tokens', '/settings/audit']) await visit(path)
  await page.getByRole('button', { name: t('shell.user', { name: 'Jeanne Petit' }) }).click()
  await page.getByRole('menuitem', { name: t('shell.signOut') }).click()
  await page.getByRole('heading', { level: 1, name: t('access:signIn.title') }).waitFor()
  await check()

  // The colleague chooses a password, and finds the buttons shown but disabled.
  await visit(link)
  await field('access:password.new').fill(password)
  await button('access:link.save').click()
  await page.getByRole('heading', { level: 1, name: t('today:title') }).waitFor()
  await visit('/mailings')
  const create = page.getByRole('button', { name: t('campaigns:create') }).first()
  expect(await create.isDisabled()).toBe(true)
  await visit('/settings/users')
  expect(await button('access:people.invite').isDisabled()).toBe(true)
  expect(await button('access:people.newGroup').isDisabled()).toBe(true)
})

it('signs in on a phone in the dark, in English, and goes where the address said', async () => {
  const { server, page, t, check } = await startJourney({
    rights: null,
    locale: 'en',
    theme: 'dark',
    width: 390,
    height: 844,
  })
  const { firstRun } = await welcome(server)
  const token = String(firstRun).split('#')[1]
  const answer = await fetch(`${server.config.publicUrl}/api/links/first-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      name: 'Jeanne Petit',
      email: 'jeanne@example.org',
      password,
      locale: 'en',
    }),
  })
  expect(answer.status).toBe(200)
  await page.goto('/sign-in?next=%2Fsettings%2Fusers')
  await check()
  await page.getByRole('textbox', { name: t('access:fields.email') }).fill('jeanne@example.org')
  await page.getByRole('textbox', { name: t('access:password.label') }).fill(password)
  await page.getByRole('button', { name: t('access:signIn.action') }).click()
  await page.getByRole('heading', { level: 1, name: t('access:people.title') }).waitFor()
  await check()
  await page.getByRole('button', { name: 'Jeanne Petit' }).last().click()
  await page.getByRole('dialog').waitFor()
  await check()
})

it('shows the API to browse under the strict policy', async () => {
  const { page } = await startJourney()
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto('/api/docs')
  await page.getByRole('heading', { name: 'access' }).click({ timeout: 45_000 })
  await page.getByText('/api/users', { exact: true }).first().waitFor()
  expect(errors).toEqual([])
})

it('keeps what is being written when the session ends, until the same person is back', async () => {
  const { server, page, t, problemsNow } = await startJourney()
  await page.goto('/customers/new')
  const name = page.getByRole('textbox', { name: t('parties:fields.lastName'), exact: true })
  await name.fill('Valette-Morin')
  const sessions = await server.db.deleteFrom('sessions').returningAll().execute()
  await page.getByRole('button', { name: t('parties:card.create') }).click()
  const dialog = page.getByRole('dialog', { name: t('sessionEnded.title') })
  await dialog.waitFor()
  const refused = (problem: string) => problem.includes('status of 401')
  expect((await problemsNow()).filter((problem) => !refused(problem))).toEqual([])
  await dialog.getByRole('button', { name: t('sessionEnded.continue') }).click()
  await dialog.getByText(t('sessionEnded.stillOut')).waitFor()
  await server.db.insertInto('sessions').values(sessions).execute()
  await dialog.getByRole('button', { name: t('sessionEnded.continue') }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect(await name.inputValue()).toBe('Valette-Morin')
})
