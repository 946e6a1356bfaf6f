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
  await visit('/customers/merges')
  await page.getByRole('button', { name: p('merges.undoNamed', { code: 'TWIN' }) }).click()
  await page.getByText(p('merges.undone', { code: 'TWIN' })).waitFor()
  await page.getByRole('link', { name: 'Zoe LEFEVRE · TWIN' }).click()
  await page.getByRole('heading', { level: 1, name: 'Zoe LEFEVRE' }).waitFor()

  await visit('/settings/nightly-merge')
  await page.getByRole('switch', { name: p('settings.mergeNightly') }).click({ force: true })
  await check()
  await page.keyboard.press('Control+s')
  await page.getByText(p('settings.saved')).waitFor()

  await visit('/settings/labels')
  await page.getByRole('button', { name: t('labels:formats.add') }).click()
  const format = page.getByRole('dialog', { name: t('labels:formats.add') })
  await format.getByLabel(t('labels:formats.name')).fill('Planche maison')
  await check()
  await format.getByRole('button', { name: t('labels:formats.save') }).click()
  await page.getByRole('table', { name: t('labels:formats.own') }).waitFor()

  await visit('/customers')
  await page.getByRole('grid').getByRole('checkbox').first().click()
  await page.getByRole('button', { name: t('labels:print'), exact: true }).click()
  const labels = page.getByRole('dialog', { name: t('labels:title') })
  await labels.getByRole('img', { name: t('labels:sample') }).waitFor()
  await check()
  await labels.getByRole('button', { name: t('labels:make') }).click()
  const pdf = labels.getByRole('link', { name: t('labels:download') })
  await pdf.waitFor()
  const file = await page.request.get((await pdf.getAttribute('href')) ?? '')
  expect(file.headers()['content-type']).toBe('application/pdf')
})

it('a scanned card opens its customer or starts a new one; an account customer has its members', async () => {
  const { server, page, t, check, visit } = await startJourney()
  const p = (key: string, values: Record<string, unknown> = {}) => t(`parties:${key}`, values)
  const draft = { company: 'Atelier Roux', nature: 'account', code: 'CPT-1' }
  const account = await createParty(server.db, PartyDraft.parse(draft), colleague)
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  await visit('/customers')
  // In one go, as fast as a scanner: keys sent one by one are as slow as the machine is busy.
  await page.evaluate(`for (const key of [...'4006381333930', 'Enter'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`)
  await page.getByText(p('scan.unknown', { number: '4006381333930' })).waitFor()
  await check()
  await button(p('scan.create')).click()
  const cardNumber = page.getByRole('textbox', { name: p('fields.cardNumber'), exact: true })
  await expect.poll(() => cardNumber.inputValue()).toBe('4006381333930')
  await page.getByText(p('card.eanMistake', { digit: 1 })).waitFor()
  await page.getByRole('textbox', { name: p('fields.lastName'), exact: true }).fill('Petit')
  await check()
  await button(p('card.create')).click()
  await page.getByRole('heading', { level: 1, name: 'Petit' }).waitFor()

  await visit('/customers')
  await page.keyboard.press('F3')
  await page.getByRole('heading', { level: 1, name: p('new') }).waitFor()
  await visit('/customers')
  await button(p('scan.title')).click()
  await page.getByRole('dialog').getByRole('textbox').fill('4006381333930')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Petit' }).waitFor()

  await visit(`/customers/${account.id}?tab=members`)
  await page.getByRole('combobox', { name: p('members.add') }).fill('petit')
  await page.getByRole('option').first().click()
  await page.getByRole('link', { name: 'Petit' }).waitFor()
  await check()
  await page.getByRole('textbox', { name: p('members.functionOf', { name: 'Petit' }) }).fill('DG')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Petit' }).click()
  await page.getByRole('link', { name: 'Atelier Roux' }).waitFor()
  await page.getByText(`CPT-1 · ${p('nature.account')} · DG`).waitFor()
  await check()
})
