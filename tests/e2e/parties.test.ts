import { expect, it } from 'vitest'
import type { Actor } from '#core/kernel/actor.ts'
import { rights } from '#core/kernel/right.ts'
import { PartyDraft } from '#core/parties/party.ts'
import { createParty, updateParty } from '../../src/server/features/parties/service.ts'
import { startJourney } from './support/journey.ts'

const colleague: Actor = {
  id: null,
  name: 'Sacha',
  locale: 'fr',
  rights: new Set(rights),
  keys: [],
}

it('a customer is created, found, edited by two people at once, tagged, untagged and merged', async () => {
  const { server, page, t, check, visit } = await startJourney()
  const p = (key: string, values: Record<string, unknown> = {}) => t(`parties:${key}`, values)
  const { db } = server
  const input = (field: string) =>
    page.getByRole('textbox', { name: p(`fields.${field}`), exact: true })

  await visit('/customers')
  await page.getByRole('heading', { name: p('none.title') }).waitFor()
  await page
    .getByRole('button', { name: p('new') })
    .first()
    .click()
  await input('lastName').fill('Lefèvre')
  await input('firstName').fill('Zoé')
  await input('mobile').fill('06.12.34.56.78')
  await input('email').fill('zoe@example.org')
  await check()
  await page.getByRole('button', { name: p('card.create') }).click()
  await page.getByRole('heading', { level: 1, name: 'Zoé Lefèvre' }).waitFor()
  await page.getByText(p('card.phoneRead', { number: '06 12 34 56 78' })).waitFor()
  await check()
  const id = Number(new URL(page.url()).pathname.split('/').pop())

  // A colleague changes the town while this one is being typed.
  const town = input('city')
  await town.fill('Nice')
  await input('salutation').fill('Madame')
  const theirs = { city: { from: '', to: 'Lyon' }, address1: { from: '', to: '1 rue Haute' } }
  await updateParty(db, id, theirs, colleague)
  await page.keyboard.press('Control+s')
  const conflict = page.getByRole('dialog', { name: p('conflict.title') })
  await conflict.getByLabel(p('conflict.yours', { value: 'Nice' })).click()
  await check()
  await conflict.getByRole('button', { name: p('conflict.settle') }).click()
  await conflict.waitFor({ state: 'hidden' })
  await page.getByText(p('card.saved')).waitFor()
  expect(await town.inputValue()).toBe('Nice')
  expect(await input('address1').inputValue()).toBe('1 rue Haute')

  const twin = { lastName: 'LEFEVRE', firstName: 'Zoe', email: 'ZOE@example.org', code: 'TWIN' }
  await createParty(db, PartyDraft.parse(twin), colleague)
  await visit('/customers?search=lefevre')
  await page.getByRole('checkbox', { name: t('ui.grid.selectPage') }).click()
  await page.getByRole('button', { name: p('bulk.tags'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(p('bulk.addTags'), { exact: true }).first().fill('Fidèle')
  await page.keyboard.press('Enter')
  await check()
  await dialog.getByRole('button', { name: p('bulk.apply') }).click()
  await page.getByText(p('bulk.done', { count: 2, n: '2' })).waitFor()
  const tagged = async () => (await db.selectFrom('partyTags').selectAll().execute()).length
  expect(await tagged()).toBe(2)
  await page
    .getByRole('button', { name: t('ui.undo'), exact: true })
    .last()
    .click()
  await page.getByText(t('ui.undone')).waitFor()
  expect(await tagged()).toBe(0)

  await visit('/customers/duplicates')
  await page.getByRole('button', { name: p('duplicates.detect') }).click()
  await page.getByRole('button', { name: p('duplicates.merge') }).click()
  await check()
  await page.getByRole('button', { name: p('merge.action'), exact: true }).click()
  await page.getByText(p('merge.done', { name: 'Zoé Lefèvre' })).waitFor()
  await page.getByRole('heading', { name: p('duplicates.none') }).waitFor()
  await visit(`/customers/${id}?tab=timeline`)
  await page.getByText(p('timeline.mergedFrom', { code: 'TWIN' })).waitFor()
})
