import { describe, expect, it } from 'vitest'
import { getSender, listMergeFields, previewContent, saveSender } from '#core/content/api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { refreshPurchases } from '../sales/service.ts'
import { loadMergeValues } from './service.ts'

const now = new Date('2026-11-22T10:00:00Z')

async function aShop() {
  const app = await testApp({ now })
  await app.db
    .insertInto('customFields')
    .values({
      key: 'pointure',
      labelFr: 'Pointure',
      labelEn: 'Shoe size',
      type: 'number',
    })
    .execute()
  const { id } = await app.db
    .insertInto('parties')
    .values({
      code: 'C1',
      salutation: 'Madame',
      lastName: 'Lefèvre',
      firstName: 'Zoé <b>',
      birthYear: 1980,
      birthMonth: 12,
      birthDay: 1,
      custom: JSON.stringify({ pointure: 38.5 }),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { app, id }
}

/** Two visits of 617.25 € and one of 100 CHF. */
async function buys(app: TestApp, partyId: number) {
  const store = await app.db
    .insertInto('stores')
    .values({ code: 'L', name: 'Lyon' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const bought = [
    { soldOn: '2025-01-02', currency: 'EUR', amount: 61_725 },
    { soldOn: '2026-10-05', currency: 'EUR', amount: 61_725 },
    { soldOn: '2026-03-01', currency: 'CHF', amount: 10_000 },
  ]
  for (const [at, { soldOn, currency, amount }] of bought.entries()) {
    const sale = { storeId: store.id, soldOn, currency, partyId }
    const { id: saleId } = await app.db
      .insertInto('sales')
      .values({ ...sale, receipt: `r${at}`, soldAt: `${soldOn}T10:00:00Z` })
      .returning('id')
      .executeTakeFirstOrThrow()
    await app.db
      .insertInto('saleLines')
      .values({ ...sale, saleId, lineNo: 1, quantity: 1_000, amount })
      .execute()
  }
  await app.db.insertInto('purchasesStale').values({ partyId }).execute()
  await refreshPurchases(app.db)
}

describe('merge values', () => {
  it('are formatted in the language of the person, per currency', async () => {
    const { app, id } = await aShop()
    await buys(app, id)
    const fields = [
      'greeting',
      'fullName',
      'age',
      'birthday',
      'country',
      'custom.pointure',
      'purchases.revenue',
      'purchases.lastVisit',
      'purchases.visits',
      'city',
      'kind',
    ]
    const values = await loadMergeValues(app.db, [id, 999], fields, { now })
    expect(values.size).toBe(1)
    expect(values.get(id)).toEqual({
      greeting: 'Madame Lefèvre',
      fullName: 'Zoé <b> Lefèvre',
      age: '45',
      birthday: '1er décembre 1980',
      country: 'France',
      'custom.pointure': '38,5',
      'purchases.revenue': '1\u00a0234,50\u00a0€ + 100,00\u00a0CHF',
      'purchases.lastVisit': '5 octobre 2026',
      'purchases.visits': '3',
      city: '',
      kind: 'Client',
    })
    await app.db.updateTable('parties').set({ language: 'en' }).where('id', '=', id).execute()
    const english = await loadMergeValues(app.db, [id], ['birthday', 'purchases.revenue'], {
      now,
    })
    expect(english.get(id)).toMatchObject({
      birthday: '1 December 1980',
      'purchases.revenue': '€1,234.50 + CHF\u00a0100.00',
    })
  })
})

describe('the preview', () => {
  it('is what the recipient would get, and tells what is missing', async () => {
    const { app, id } = await aShop()
    await app.call(saveSender, { name: 'Maison Roy', address: '1 rue Haute, Lyon' })
    const seen = await app.call(previewContent, {
      partyId: id,
      body: {
        channel: 'email',
        subject: 'Pour {{firstName}} à {{city|votre ville}}',
        mode: 'html',
        html: '<p>{{firstName}}, {{custom.pointure}}</p>',
      },
    })
    expect(seen.email?.subject).toBe('Pour Zoé <b> à votre ville')
    expect(seen.email?.html).toContain('<p>Zoé &lt;b&gt;, 38,5</p>')
    expect(seen.email?.html).toContain('Maison Roy · 1 rue Haute, Lyon')
    expect(seen).toMatchObject({
      problems: [],
      missing: [{ field: 'city', fallback: 'votre ville' }],
    })
  })

  it('of an unknown field is its name and place, of a file its columns', async () => {
    const { app, id } = await aShop()
    const sms = await app.call(previewContent, {
      body: { channel: 'sms', text: 'Bonjour {{pointure}}' },
    })
    expect(sms).toMatchObject({
      sms: null,
      problems: [{ place: 'body', code: 'unknown-field', column: 9, text: '{{pointure}}' }],
    })
    const columns = ['lastName', 'custom.pointure']
    const file = await app.call(previewContent, { partyId: id, body: { channel: 'file', columns } })
    expect(file.file).toEqual({ headings: ['Nom', 'Pointure'], rows: [['Lefèvre', '38,5']] })
  })

  it('takes the right to view; the sender’s identity the right to manage', async () => {
    const { app } = await aShop()
    app.grant('customers.view')
    const body = { channel: 'sms', text: 'x' }
    expect(await app.refusal(previewContent, { body })).toMatchObject({ status: 403 })
    app.grant('mailings.view')
    expect(await app.call(getSender, {})).toEqual({ name: '', address: '' })
    expect(await app.refusal(saveSender, { name: 'x', address: '' })).toMatchObject({ status: 403 })
    const fields = await app.call(listMergeFields, {})
    expect(fields.at(-1)).toEqual({
      key: 'custom.pointure',
      group: 'custom',
      labelFr: 'Pointure',
      labelEn: 'Shoe size',
    })
  })
})
