import { describe, expect, it } from 'vitest'
import { mergeParties } from '#core/duplicates/api.ts'
import {
  addNote,
  changeConsent,
  createParty,
  deleteParty,
  findPartyByCode,
  getParty,
  listConsents,
  listNotes,
  restoreParty,
  tagParty,
  undoPartyChange,
  updateParty,
} from '#core/parties/api.ts'
import { PartyDefaults } from '#core/parties/catalogue.ts'
import {
  createCustomField,
  createStore,
  createTag,
  deleteStore,
  savePartyDefaults,
  updateCustomField,
} from '#core/parties/catalogue-api.ts'
import { testApp } from '#tests/support/test-app.ts'

describe('a new card', () => {
  it('starts with the defaults of the settings and keeps phones as typed and as E.164', async () => {
    const app = await testApp()
    const store = await app.call(createStore, { code: 'LYO', name: 'Lyon' })
    await app.call(savePartyDefaults, {
      ...PartyDefaults.parse({}),
      salutation: 'Madame',
      store: store.id,
      doNotContact: true,
    })
    const party = await app.call(createParty, {
      lastName: 'Dupont',
      firstName: 'Élise',
      phone: '06.12.34.56.78',
      mobile: '0049 151 23456789',
      birthday: '--05-17',
    })
    expect(party).toMatchObject({
      code: 'C000001',
      salutation: 'Madame',
      store: store.id,
      country: 'FR',
      doNotContact: true,
      phone: '06.12.34.56.78',
      phoneNumber: '+33612345678',
      mobileNumber: '+4915123456789',
      birthday: '--05-17',
    })
    expect(await app.call(listConsents, { id: party.id })).toMatchObject([
      { channel: 'all', state: 'withdrawn', source: 'staff', actorName: 'Testeuse' },
    ])
  })

  it('may hold an address from before that no server would take, but is not given a new one', async () => {
    const app = await testApp()
    await app.db
      .insertInto('parties')
      .values({ code: 'OLD', lastName: 'Roux', email: 'roux@' })
      .execute()
    const old = await app.call(findPartyByCode, { code: 'OLD' })
    expect(old.email).toBe('roux@')
    await app.call(updateParty, { id: old.id, changes: { city: { from: '', to: 'Lyon' } } })
    expect(await app.call(getParty, { id: old.id })).toMatchObject({ city: 'Lyon', email: 'roux@' })
    expect(await app.refusal(createParty, { lastName: 'Roux', email: 'roux@' })).toMatchObject({
      status: 400,
    })
  })

  it('needs a name, a code of its own, and existing references', async () => {
    const app = await testApp()
    await app.call(createParty, { lastName: 'Un', code: 'A1' })
    expect(await app.refusal(createParty, { firstName: 'Seul' })).toMatchObject({ status: 400 })
    expect(await app.refusal(createParty, { lastName: 'Deux', code: 'A1' })).toMatchObject({
      code: 'parties/code-taken',
    })
    expect(await app.refusal(createParty, { lastName: 'Trois', store: 99 })).toMatchObject({
      code: 'parties/invalid-field',
      details: { field: 'store' },
    })
    const injected = { lastName: 'Quatre\r\nBcc: x@example.org' }
    expect(await app.refusal(createParty, injected)).toMatchObject({ status: 400 })
    expect(
      await app.refusal(createParty, { lastName: 'Cinq', email: 'pas une adresse' }),
    ).toMatchObject({ status: 400 })
  })

  it('takes custom fields of every type and refuses values that do not fit', async () => {
    const app = await testApp()
    const label = { labelFr: 'Champ', labelEn: 'Field' }
    const options = [{ value: 'a', labelFr: 'A', labelEn: 'A' }]
    await app.call(createCustomField, { key: 'size', type: 'choice', options, ...label })
    await app.call(createCustomField, { key: 'budget', type: 'money', ...label })
    await app.call(createCustomField, { key: 'likes', type: 'choices', options, ...label })
    const custom = { size: 'a', budget: 12_050, likes: ['a'] }
    const party = await app.call(createParty, { lastName: 'Martin', custom })
    expect(party.custom).toEqual(custom)
    const wrongs = [{ size: 'b' }, { budget: 1.5 }, { unknown: 'x' }, { likes: ['a', 'a'] }]
    for (const wrong of wrongs) {
      expect(await app.refusal(createParty, { lastName: 'Martin', custom: wrong })).toMatchObject({
        code: 'parties/invalid-field',
      })
    }
    const changes = { 'custom.size': { from: 'a', to: null } }
    const { party: saved } = await app.call(updateParty, { id: party.id, changes })
    expect(saved.custom).toEqual({ budget: 12_050, likes: ['a'] })
  })

  it('keeps the key and the type of a custom field, and a choice something to choose from', async () => {
    const app = await testApp()
    const options = [{ value: 'a', labelFr: 'A', labelEn: 'A' }]
    const draft = { key: 'size', type: 'choice', labelFr: 'Taille', labelEn: 'Size' } as const
    const { id } = await app.call(createCustomField, { ...draft, options })
    for (const wrong of [{ type: 'text' }, { key: 'length' }, { options: [] }] as const) {
      const refusal = await app.refusal(updateCustomField, { id, ...draft, options, ...wrong })
      expect(refusal.status).toBe(400)
    }
    expect(
      await app.call(updateCustomField, { id, ...draft, options, labelFr: 'Mesure' }),
    ).toMatchObject({ labelFr: 'Mesure', type: 'choice', options })
  })

  it('holds nobody yet to be born, and no mark that turns text around', async () => {
    const app = await testApp({ now: new Date('2026-11-22T10:00:00Z') })
    const mobile = '\u202a06 12 34 56 78\u202c'
    const { id, ...party } = await app.call(createParty, {
      lastName: 'Né',
      birthday: '2026-11-22',
      mobile,
    })
    expect(party).toMatchObject({ mobile: '06 12 34 56 78', mobileNumber: '+33612345678' })
    const refused = { code: 'parties/invalid-field', details: { field: 'birthday' } }
    const draft = { lastName: 'À naître', birthday: '2026-11-23' }
    expect(await app.refusal(createParty, draft)).toMatchObject(refused)
    const changes = { birthday: { from: '2026-11-22', to: '2027-01-01' } }
    expect(await app.refusal(updateParty, { id, changes })).toMatchObject(refused)
    await app.call(updateParty, {
      id,
      changes: { birthday: { from: '2026-11-22', to: '--12-31' } },
    })
  })
})

describe('two people saving the same card', () => {
  it('keep both when they changed different fields', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Petit', city: 'Lyon' })
    await app.call(updateParty, { id, changes: { city: { from: 'Lyon', to: 'Paris' } } })
    const { party } = await app.call(updateParty, {
      id,
      changes: { firstName: { from: '', to: 'Zoé' } },
    })
    expect(party).toMatchObject({ city: 'Paris', firstName: 'Zoé' })
  })

  it('are told both values when they changed the same field, and nothing is lost', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Petit', city: 'Lyon' })
    await app.call(updateParty, { id, changes: { city: { from: 'Lyon', to: 'Paris' } } })
    const mine = { city: { from: 'Lyon', to: 'Nice' }, firstName: { from: '', to: 'Zoé' } }
    expect(await app.refusal(updateParty, { id, changes: mine })).toMatchObject({
      status: 409,
      code: 'parties/changed-meanwhile',
      details: { fields: 'city', 'theirs.city': '"Paris"', 'yours.city': '"Nice"', by: 'Testeuse' },
    })
    expect(await app.call(getParty, { id })).toMatchObject({ city: 'Paris', firstName: '' })
    const chosen = { ...mine, city: { from: 'Paris', to: 'Nice' } }
    const { party } = await app.call(updateParty, { id, changes: chosen })
    expect(party).toMatchObject({ city: 'Nice', firstName: 'Zoé' })
  })

  it('at the same instant lose nothing either', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Petit' })
    const fields = ['city', 'firstName', 'address1', 'postalCode', 'cardNumber']
    await Promise.all(
      fields.map((field) =>
        app.call(updateParty, { id, changes: { [field]: { from: '', to: 'x' } } }),
      ),
    )
    const party = await app.call(getParty, { id })
    expect(party).toMatchObject(Object.fromEntries(fields.map((field) => [field, 'x'])))
    expect(party.version).toBe(1 + fields.length)
  })

  it('can take one save back, unless the field has changed again', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Petit', city: 'Lyon' })
    const { changeId } = await app.call(updateParty, {
      id,
      changes: { city: { from: 'Lyon', to: 'Paris' } },
    })
    const undo = { id, changeId: changeId ?? 0 }
    expect(await app.call(undoPartyChange, undo)).toMatchObject({ city: 'Lyon' })
    await app.call(updateParty, { id, changes: { city: { from: 'Lyon', to: 'Nice' } } })
    expect(await app.refusal(undoPartyChange, undo)).toMatchObject({
      code: 'parties/changed-meanwhile',
    })
  })
})

describe('a card', () => {
  it('keeps tags, notes and the consent ledger', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Roux' })
    const tag = await app.call(createTag, { label: 'Fidèle' })
    expect((await app.call(createTag, { label: 'fidele' })).id).toBe(tag.id)
    expect((await app.call(tagParty, { id, add: [tag.id] })).tags).toEqual([tag.id])
    await app.call(addNote, { id, text: 'Rappeler lundi' })
    expect(await app.call(listNotes, { id })).toMatchObject([{ text: 'Rappeler lundi' }])
    const party = await app.call(changeConsent, { id, channel: 'sms', state: 'withdrawn' })
    expect(party).toMatchObject({ smsOptOut: true, emailOptOut: false, doNotContact: false })
    await app.call(updateParty, { id, changes: { doNotContact: { from: false, to: true } } })
    expect(await app.call(listConsents, { id })).toMatchObject([
      { channel: 'all', state: 'withdrawn' },
      { channel: 'sms', state: 'withdrawn' },
    ])
  })

  it('takes no word once it has gone into another: a withdrawal there would be lost', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Roux' })
    const { id: other } = await app.call(createParty, { lastName: 'Roux' })
    await app.call(mergeParties, { id, other })
    const withdrawal = { id: other, channel: 'email', state: 'withdrawn' }
    expect(await app.refusal(changeConsent, withdrawal)).toMatchObject({ status: 404 })
    expect(await app.refusal(addNote, { id: other, text: 'x' })).toMatchObject({ status: 404 })
  })

  it('shows and saves what an import brought and hand entry would refuse', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Gris' })
    await app.db.updateTable('parties').set({ email: 'pas une adresse' }).execute()
    const changes = { city: { from: '', to: 'Lyon' } }
    const { party } = await app.call(updateParty, { id, changes })
    expect(party).toMatchObject({ email: 'pas une adresse', city: 'Lyon' })
  })

  it('is found by its code, deleted and brought back', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Blanc', code: 'X9' })
    expect(await app.call(findPartyByCode, { code: 'X9' })).toMatchObject({ id })
    await app.call(deleteParty, { id })
    const edit = { id, changes: { city: { from: '', to: 'Lyon' } } }
    expect(await app.refusal(updateParty, edit)).toMatchObject({ status: 404 })
    expect(await app.call(restoreParty, { id })).toMatchObject({ deletedAt: null })
  })

  it('is read-only without the right to change', async () => {
    const app = await testApp()
    const { id } = await app.call(createParty, { lastName: 'Noir' })
    app.grant('customers.view')
    expect(await app.call(getParty, { id })).toMatchObject({ lastName: 'Noir' })
    expect(await app.refusal(createParty, { lastName: 'X' })).toMatchObject({ status: 403 })
    expect(await app.refusal(deleteParty, { id })).toMatchObject({ status: 403 })
    app.grant()
    expect(await app.refusal(getParty, { id })).toMatchObject({ status: 403 })
  })

  it('keeps its store: one in use cannot be deleted', async () => {
    const app = await testApp()
    const store = await app.call(createStore, { code: 'A', name: 'A' })
    await app.call(createParty, { lastName: 'Vert', store: store.id })
    expect(await app.refusal(deleteStore, { id: store.id })).toMatchObject({
      code: 'parties/still-used',
    })
  })
})

it('needs a town where the settings say so, and never takes one away; cards without stay editable', async () => {
  const app = await testApp()
  const without = await app.call(createParty, { lastName: 'Roux' })
  await app.call(savePartyDefaults, { ...PartyDefaults.parse({}), cityRequired: true })
  const town = { code: 'parties/invalid-field', details: { field: 'city' } }
  expect(await app.refusal(createParty, { lastName: 'Petit' })).toMatchObject(town)
  const { id } = await app.call(createParty, { lastName: 'Petit', city: 'Lyon' })
  const emptied = { city: { from: 'Lyon', to: '' } }
  expect(await app.refusal(updateParty, { id, changes: emptied })).toMatchObject(town)
  const changes = { firstName: { from: '', to: 'Zoé' } }
  await app.call(updateParty, { id: without.id, changes })
})
