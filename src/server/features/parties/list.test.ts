import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listAudit } from '#core/access/api.ts'
import { cancelJob, getJob } from '#core/jobs/api.ts'
import {
  changeConsent,
  createParty,
  deleteParty,
  getParty,
  listConsents,
  updateParty,
} from '#core/parties/api.ts'
import type { BulkAction } from '#core/parties/bulk.ts'
import { createStore, createTag, deleteTag } from '#core/parties/catalogue-api.ts'
import type { PartySelection } from '#core/parties/list.ts'
import { sortKeys } from '#core/parties/list.ts'
import {
  bulkParties,
  countParties,
  exportParties,
  listParties,
  undoBulk,
} from '#core/parties/list-api.ts'
import type { PartyDraft } from '#core/parties/party.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { refreshPurchases } from '../sales/service.ts'

type Draft = Partial<PartyDraft> & { lastName: string }

async function appWith(...drafts: Draft[]) {
  const app = await testApp()
  const ids: number[] = []
  for (const draft of drafts) ids.push((await app.call(createParty, draft)).id)
  return { app, ids }
}

const names = async (app: TestApp, search: string) =>
  (await app.call(listParties, { search })).rows.map((row) => row.lastName)

async function bulk(app: TestApp, selection: PartySelection, action: BulkAction) {
  const { jobId } = await app.call(bulkParties, { selection, action })
  await app.runJobs()
  const { state, result } = await app.call(getJob, { id: jobId })
  return { jobId, state, result }
}

const everybody: PartySelection = { filter: { search: '' }, except: [] }

describe('the search', () => {
  it('finds by name without accents, first name, company, town, e-mail, code and card', async () => {
    const { app } = await appWith(
      { lastName: 'Lefèvre', firstName: 'Zoé', city: 'Nîmes', email: 'Zoe@Example.org' },
      { lastName: 'Dupont', firstName: 'Lea', code: 'AB-77', cardNumber: '2990001' },
      { lastName: '', company: 'Établissements Roux' },
    )
    expect(await names(app, 'LEFEVRE zo')).toEqual(['Lefèvre'])
    expect(await names(app, 'zoe le')).toEqual(['Lefèvre'])
    expect(await names(app, 'le')).toEqual(['Lefèvre', 'Dupont'])
    expect(await names(app, 'etabl')).toEqual([''])
    expect(await names(app, 'nimes')).toEqual(['Lefèvre'])
    expect(await names(app, 'zoe@ex')).toEqual(['Lefèvre'])
    expect(await names(app, 'ab-7')).toEqual(['Dupont'])
    expect(await names(app, '29900')).toEqual(['Dupont'])
    expect(await names(app, '%')).toEqual([])
  })

  it('finds a phone in any spelling, and a postal code', async () => {
    const { app } = await appWith(
      { lastName: 'Un', phone: '+33 6 12 34 56 78', postalCode: '69003' },
      { lastName: 'Deux', mobile: '07.98.76.54.32' },
    )
    for (const typed of ['06 12 34', '06.12', '+33 6 12', '0033612', '06 12 34 56 78'])
      expect(await names(app, typed)).toEqual(['Un'])
    expect(await names(app, '0798')).toEqual(['Deux'])
    expect(await names(app, '690')).toEqual(['Un'])
  })
})

describe('the list', () => {
  it('gives every row once in any order, from either end, and counts what it shows', async () => {
    const { app, ids } = await appWith(
      ...Array.from({ length: 23 }, (_, at) => ({
        lastName: `N${at % 7}`,
        city: `C${at % 3}`,
        email: at % 2 ? `a${at}@example.org` : '',
      })),
    )
    const store = await app.call(createStore, { code: 'A', name: 'A' })
    // Every other one has bought, the deleted one too.
    const buyers = ids.filter((_, at) => at % 2 === 0)
    await app.db
      .insertInto('saleLines')
      .values(
        buyers.map((partyId, at) => ({
          ...{ saleId: at, lineNo: 1, partyId, storeId: store.id, currency: 'EUR' },
          ...{ soldOn: `2026-01-0${1 + (at % 4)}`, quantity: 1_000, amount: 500 },
        })),
      )
      .execute()
    await app.db
      .insertInto('purchasesStale')
      .values(buyers.map((partyId) => ({ partyId })))
      .execute()
    await refreshPurchases(app.db)
    await app.call(deleteParty, { id: ids[0] ?? 0 })
    const filter = fc.constantFrom('', 'n', 'n3', 'c')
    const sort = fc.record({ key: fc.constantFrom(...sortKeys), descending: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(
        filter,
        sort,
        fc.integer({ min: 1, max: 9 }),
        async (search, sort, limit) => {
          const { total } = await app.call(countParties, { search })
          const whole = (await app.call(listParties, { search, sort, limit: 100 })).rows
          const pages: number[] = []
          for (let offset = 0; offset < total; offset += limit) {
            const page = await app.call(listParties, { search, sort, limit, offset, total })
            pages.push(...page.rows.map((row) => row.id))
          }
          expect(pages).toEqual(whole.map((row) => row.id))
          expect(new Set(pages).size).toBe(total)
        },
      ),
      { numRuns: 40 },
    )
    expect(await app.call(countParties, {})).toMatchObject({ total: 22, withEmail: 11 })
    for (const descending of [false, true]) {
      const { rows } = await app.call(listParties, { sort: { key: 'lastVisit', descending } })
      const days = rows.flatMap(({ lastVisitOn }) => lastVisitOn ?? [])
      const upwards = [...days].sort()
      expect(days).toEqual(descending ? upwards.reverse() : upwards)
      expect(rows.map((row) => row.lastVisitOn !== null).lastIndexOf(true)).toBe(10)
    }
  })
})

describe('bulk work', () => {
  it('adds tags to all that match, new ones too, and can be taken back', async () => {
    const { app, ids } = await appWith({ lastName: 'A' }, { lastName: 'A' }, { lastName: 'B' })
    const vip = await app.call(createTag, { label: 'VIP' })
    await bulk(app, { ids: [ids[0] ?? 0] }, { kind: 'tags', add: [vip.id], remove: [], create: [] })
    const selection = { filter: { search: 'a' }, except: [] }
    const create = [{ label: 'Noël', colour: 'green' as const }]
    const work = await bulk(app, selection, { kind: 'tags', add: [vip.id], remove: [], create })
    expect(work).toMatchObject({ state: 'done', result: { total: 2, changed: 2 } })
    const tagsOf = async () => (await app.call(listParties, {})).rows.map((row) => row.tags.length)
    expect(await tagsOf()).toEqual([2, 2, 0])
    await app.call(undoBulk, { jobId: work.jobId })
    const twice = { code: 'parties/already-undone' }
    expect(await app.refusal(undoBulk, { jobId: work.jobId })).toMatchObject(twice)
    await app.runJobs()
    expect(await app.refusal(undoBulk, { jobId: work.jobId })).toMatchObject(twice)
    // The first had VIP before and keeps it.
    expect(await tagsOf()).toEqual([1, 0, 0])
  })

  it('edits fields of P-S8, and its undo leaves what was changed again since', async () => {
    const { app, ids } = await appWith(
      { lastName: 'A', city: 'Lyon', phone: '0471234567' },
      { lastName: 'B', city: 'Nice' },
      { lastName: 'C', city: 'Paris' },
    )
    const values = { city: 'Paris', criterion1: 4, country: 'BE', doNotContact: true }
    const work = await bulk(app, everybody, { kind: 'edit', values })
    expect(work.result).toEqual({ total: 3, changed: 3 })
    const [first = 0, second = 0, third = 0] = ids
    expect(await app.call(getParty, { id: first })).toMatchObject({
      ...values,
      phoneNumber: '+32471234567',
    })
    expect(await app.call(listConsents, { id: first })).toMatchObject([{ state: 'withdrawn' }])
    await app.call(updateParty, { id: second, changes: { city: { from: 'Paris', to: 'Metz' } } })
    await app.call(undoBulk, { jobId: work.jobId })
    await app.runJobs()
    expect(await app.call(getParty, { id: first })).toMatchObject({
      city: 'Lyon',
      criterion1: null,
      country: 'FR',
      phoneNumber: '+33471234567',
      doNotContact: false,
    })
    expect(await app.call(getParty, { id: second })).toMatchObject({ city: 'Metz', country: 'FR' })
    expect(await app.call(getParty, { id: third })).toMatchObject({ city: 'Paris' })
    expect(await app.call(listConsents, { id: first })).toMatchObject([
      { state: 'granted' },
      { state: 'withdrawn' },
    ])
  })

  it('notes an agreement to measuring, but of nobody who refused, and takes it back', async () => {
    const { app, ids } = await appWith(
      { lastName: 'A' },
      { lastName: 'B', opensConsent: false },
      { lastName: 'C', opensConsent: true },
    )
    const [first = 0, second = 0] = ids
    const words = () =>
      Promise.all(ids.map(async (id) => (await app.call(getParty, { id })).opensConsent))
    const values = { opensConsent: true }
    const work = await bulk(app, everybody, { kind: 'edit', values })
    expect(work.result).toEqual({ total: 3, changed: 1 })
    expect(await words()).toEqual([true, false, true])
    const change = { opensConsent: { from: false, to: true } }
    await app.call(updateParty, { id: second, changes: change })
    await app.call(undoBulk, { jobId: work.jobId })
    await app.runJobs()
    expect(await words()).toEqual([false, true, true])
    expect(await app.call(listConsents, { id: first })).toMatchObject([
      { purpose: 'measurement', state: 'withdrawn' },
      { purpose: 'measurement', state: 'granted' },
    ])
    const wrong = { id: first, channel: 'sms', purpose: 'measurement', state: 'granted' }
    expect(await app.refusal(changeConsent, wrong)).toMatchObject({ status: 400 })
  })

  it('deletes all but the unticked and brings them back', async () => {
    const { app, ids } = await appWith({ lastName: 'A' }, { lastName: 'B' }, { lastName: 'C' })
    const selection = { filter: { search: '' }, except: [ids[1] ?? 0] }
    const work = await bulk(app, selection, { kind: 'delete' })
    expect(await names(app, '')).toEqual(['B'])
    await app.call(undoBulk, { jobId: work.jobId })
    await app.runJobs()
    expect(await names(app, '')).toEqual(['A', 'B', 'C'])
  })

  it('refuses fields and values that do not fit, and work without the right', async () => {
    const { app } = await appWith({ lastName: 'A' })
    const edit = (values: object) => ({ selection: everybody, action: { kind: 'edit', values } })
    for (const values of [
      { lastName: 'X' },
      { country: 'France' },
      { store: 7 },
      { 'custom.x': 1 },
      {},
    ])
      expect(await app.refusal(bulkParties, edit(values))).toMatchObject({ status: 400 })
    expect(await app.refusal(undoBulk, { jobId: 99 })).toMatchObject({ status: 404 })
    app.grant('customers.view')
    expect(await app.refusal(bulkParties, edit({ city: 'X' }))).toMatchObject({ status: 403 })
  })

  it('does nothing once it is cancelled', async () => {
    const { app } = await appWith({ lastName: 'A' })
    const { jobId } = await app.call(bulkParties, {
      selection: everybody,
      action: { kind: 'delete' },
    })
    await app.call(cancelJob, { id: jobId })
    await app.runJobs()
    expect(await names(app, '')).toEqual(['A'])
  })
})

it('exports the chosen customers and columns, guarded against formulas', async () => {
  const { app, ids } = await appWith(
    { lastName: '=HYPERLINK("x")', city: 'Lyon', doNotContact: true },
    { lastName: 'Blanc; Noir', custom: {} },
    { lastName: 'Absent' },
  )
  const selection = { filter: { search: '' }, except: [ids[2] ?? 0] }
  const columns = ['lastName', 'city', 'doNotContact'].map((field) => ({ field, heading: field }))
  const order = { selection, columns, format: 'csv' as const, locale: 'fr' as const }
  const { jobId } = await app.call(exportParties, order)
  await app.runJobs()
  const { result } = await app.call(getJob, { id: jobId })
  expect(result).toMatchObject({ rows: 2 })
  const answer = await app.http.request(`/api/parties/exports/${result?.fileId}`)
  expect((await answer.text()).replace('\ufeff', '').split('\r\n')).toEqual([
    'lastName;city;doNotContact',
    `"'=HYPERLINK(""x"")";Lyon;oui`,
    '"Blanc; Noir";;non',
    '',
  ])
  app.grant('customers.view', 'customers.write')
  expect(await app.refusal(exportParties, order)).toMatchObject({ status: 403 })
  app.grant('exports.run')
  expect(await app.refusal(exportParties, order)).toMatchObject({ status: 403 })
  app.grant('exports.run', 'customers.view')
  for (const field of ['constructor', '__proto__', 'custom.__proto__', 'nothing']) {
    const unknown = { ...order, columns: [{ field, heading: 'x' }] }
    expect(await app.refusal(exportParties, unknown)).toMatchObject({ status: 400 })
  }
})

it('leaves a line in the audit for bulk work, exports and settings', async () => {
  const { app } = await appWith({ lastName: 'A' }, { lastName: 'B' })
  const { id } = await app.call(createTag, { label: 'VIP' })
  await app.call(createTag, { label: 'vip' })
  const { jobId } = await bulk(app, everybody, { kind: 'tags', add: [id], remove: [], create: [] })
  await bulk(app, everybody, { kind: 'edit', values: { city: 'Lyon' } })
  await app.call(undoBulk, { jobId })
  const columns = [{ field: 'code', heading: 'Code' }]
  await app.call(exportParties, { selection: everybody, columns, format: 'csv', locale: 'fr' })
  await app.call(deleteTag, { id })
  const { events } = await app.call(listAudit, {})
  expect(
    events.map(({ action, subject, details }) => [action, subject, details]).reverse(),
  ).toEqual([
    ['settings/tag-created', 'VIP', {}],
    ['customers/bulk-tags', '+VIP', { customers: 2 }],
    ['customers/bulk-edit', '', { customers: 2, fields: ['city'] }],
    ['customers/bulk-undo', '', { jobId }],
    ['customers/export', '', { customers: 2, format: 'csv' }],
    ['settings/tag-deleted', 'VIP', {}],
  ])
})

describe('an order without an index', () => {
  it('is kept like any other while the list is short enough', async () => {
    const { app, ids } = await appWith(
      { lastName: 'Un', loyaltyPoints: 5 },
      { lastName: 'Deux', loyaltyPoints: 50 },
      { lastName: 'Trois' },
    )
    const sort = { key: 'loyaltyPoints', descending: true } as const
    const { rows } = await app.call(listParties, { sort })
    expect(rows.map(({ id }) => id)).toEqual([ids[1], ids[0], ids[2]])
    expect(rows[0]).toMatchObject({ loyaltyPoints: 50, loyaltyCurrency: 'EUR' })
  })
})
