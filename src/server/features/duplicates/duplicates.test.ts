import { expect, it } from 'vitest'
import {
  decideDuplicate,
  detectDuplicates,
  listDuplicates,
  mergeParties,
} from '#core/duplicates/api.ts'
import { getTimeline, listPurchases } from '#core/history/api.ts'
import {
  addNote,
  changeConsent,
  createParty,
  deleteParty,
  findPartyByCode,
  getParty,
  listConsents,
  listNotes,
  updateParty,
} from '#core/parties/api.ts'
import { createStore, createTag } from '#core/parties/catalogue-api.ts'
import { listParties } from '#core/parties/list-api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

async function detected(app: TestApp) {
  await app.call(detectDuplicates, {})
  await app.runJobs()
  return app.call(listDuplicates, {})
}

/** A receipt of one line, as an import leaves it. */
async function sell(app: TestApp, partyId: number, storeId: number, receipt: string) {
  const common = { partyId, storeId, soldOn: '2026-10-01', currency: 'EUR' }
  const { id } = await app.db
    .insertInto('sales')
    .values({ ...common, receipt, soldAt: '2026-10-01T10:00:00Z' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.db
    .insertInto('saleLines')
    .values({ ...common, saleId: id, lineNo: 1, quantity: 1_000, amount: 4_990 })
    .execute()
}

it('finds pairs by e-mail, phone, name with postal code or birthday, and remembers what they are not', async () => {
  const app = await testApp()
  const create = (draft: object) => app.call(createParty, { lastName: 'Z', ...draft })
  const a = await create({ lastName: 'Dupont', firstName: 'Léa', email: 'lea@example.org' })
  const b = await create({ lastName: 'DUPONT', firstName: 'Lea', email: 'LEA@example.org' })
  await create({ lastName: 'Dupont', firstName: 'Jean', mobile: '06 12 34 56 78' })
  await create({ lastName: 'Durand', firstName: 'Jean', mobile: '+33612345678' })
  await create({ lastName: 'Petit', firstName: 'Jo', birthday: '--02-29' })
  await create({ lastName: 'Petit', firstName: 'Jo', birthday: '--02-29' })
  // A couple sharing an address is not a double.
  await create({ lastName: 'Blanc', firstName: 'Ana', email: 'blanc@example.org' })
  await create({ lastName: 'Blanc', firstName: 'Luc', email: 'blanc@example.org' })
  const found = await detected(app)
  expect(found.total).toBe(3)
  expect(found.pairs.map(({ reasons }) => reasons)).toEqual([
    ['name-birthday'],
    ['email'],
    ['phone'],
  ])
  await app.call(decideDuplicate, { a: b.id, b: a.id, state: 'different' })
  expect((await detected(app)).total).toBe(2)
  await app.call(decideDuplicate, { a: a.id, b: b.id, state: 'open' })
  expect((await app.call(listDuplicates, {})).total).toBe(3)
})

it('merges two cards: nothing either had is lost, withdrawals win, the old code leads to the new card', async () => {
  const app = await testApp({ now: new Date('2026-11-22T10:00:00Z') })
  const store = await app.call(createStore, { code: 'A', name: 'A' })
  const vip = await app.call(createTag, { label: 'VIP' })
  const kept = await app.call(createParty, { lastName: 'Dupont', city: 'Lyon', code: 'K' })
  const lost = await app.call(createParty, {
    lastName: 'Dupond',
    firstName: 'Léa',
    city: 'Nice',
    code: 'L',
    tags: [vip.id],
  })
  await app.call(addNote, { id: lost.id, text: 'Aime le bleu' })
  await app.call(changeConsent, { id: lost.id, channel: 'email', state: 'withdrawn' })
  await app.call(changeConsent, { id: kept.id, channel: 'email', state: 'granted' })
  await sell(app, kept.id, store.id, '1')
  await sell(app, lost.id, store.id, '2')

  const values = { firstName: 'Léa' }
  expect(await app.refusal(mergeParties, { id: kept.id, other: kept.id })).toMatchObject({
    code: 'duplicates/same-card',
  })
  const merged = await app.call(mergeParties, { id: kept.id, other: lost.id, values })
  expect(merged).toMatchObject({
    lastName: 'Dupont',
    firstName: 'Léa',
    city: 'Lyon',
    tags: [vip.id],
    emailOptOut: true,
  })
  expect(await app.call(findPartyByCode, { code: 'L' })).toMatchObject({ id: kept.id })
  expect(await app.call(listNotes, { id: kept.id })).toMatchObject([{ text: 'Aime le bleu' }])
  expect((await app.call(listConsents, { id: kept.id }))[0]).toMatchObject({
    channel: 'email',
    state: 'withdrawn',
    source: 'merge',
  })
  expect(await app.call(listPurchases, { id: kept.id })).toMatchObject({
    total: 2,
    totals: [{ currency: 'EUR', visits: 2, revenue: 9_980 }],
  })
  expect((await app.call(listParties, {})).rows).toHaveLength(1)
  const again = { id: kept.id, other: lost.id }
  expect(await app.refusal(mergeParties, again)).toMatchObject({ code: 'duplicates/card-gone' })
})

it('tells everything that happened to a card, latest first, and pages without gaps', async () => {
  const app = await testApp()
  const store = await app.call(createStore, { code: 'A', name: 'Lyon' })
  const { id } = await app.call(createParty, { lastName: 'Roux' })
  await app.call(updateParty, { id, changes: { city: { from: '', to: 'Lyon' } } })
  await app.call(addNote, { id, text: 'Rappeler' })
  await app.call(changeConsent, { id, channel: 'sms', state: 'withdrawn' })
  await sell(app, id, store.id, '7')
  const { entries } = await app.call(getTimeline, { id })
  expect(entries.map((entry) => entry.kind).sort()).toEqual([
    'change',
    'change',
    'consent',
    'note',
    'purchase',
  ])
  const paged = []
  for (let offset = 0; offset < 6; offset += 2)
    paged.push(...(await app.call(getTimeline, { id, offset, limit: 2 })).entries)
  expect(paged).toEqual(entries)
  expect(await app.call(listPurchases, { id })).toMatchObject({
    purchases: [{ receipt: '7', store: 'Lyon', revenue: 4_990, lines: [{ quantity: 1_000 }] }],
  })
})

it('forgets deleted cards after 30 days, not before, and keeps their sales as nobody’s', async () => {
  const now = new Date()
  const app = await testApp({ now })
  const { id } = await app.call(createParty, { lastName: 'Roux', code: 'R' })
  const store = await app.call(createStore, { code: 'A', name: 'A' })
  await sell(app, id, store.id, '1')
  await app.call(deleteParty, { id })
  const { purgeJob } = await import('../history/jobs.ts')
  const { enqueue } = await import('#platform/jobs/queue.ts')
  const purge = async () => {
    await enqueue(app.db, purgeJob, {})
    await app.runJobs()
  }
  await purge()
  expect(await app.call(getParty, { id })).toMatchObject({ lastName: 'Roux' })
  app.setNow(new Date(now.getTime() + 31 * 86_400_000))
  await purge()
  expect(await app.refusal(getParty, { id })).toMatchObject({ status: 404 })
  const sales = await app.db.selectFrom('sales').select('partyId').execute()
  expect(sales).toEqual([{ partyId: null }])
})
