import { describe, expect, it } from 'vitest'
import { type AnalysisQuery, analyse } from '#core/analyses/api.ts'
import { createParty } from '#core/parties/api.ts'
import { createStore } from '#core/parties/catalogue-api.ts'
import { allOf } from '#core/segments/criteria.ts'
import { testApp } from '#tests/support/test-app.ts'
import { refreshPurchases } from '../sales/service.ts'

type Line = [who: number, day: string, amount: number, currency?: string]

/** Two people of Lyon and one of Nice, and a line with 40 % margin per entry, one receipt each. */
async function shop(lines: Line[]) {
  const app = await testApp()
  const { id: store } = await app.call(createStore, { code: 'B', name: 'Bastille' })
  const ids: number[] = []
  for (const [lastName, city] of [
    ['Un', 'Lyon'],
    ['Deux', 'Lyon'],
    ['Trois', 'Nice'],
  ])
    ids.push((await app.call(createParty, { lastName, city })).id)
  const { db } = app
  const department = await db
    .insertInto('departments')
    .values({ code: 'CH', label: 'Chemises' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('saleLines')
    .values(
      lines.map(([who, soldOn, amount, currency = 'EUR'], at) => ({
        saleId: at + 1,
        lineNo: 1,
        partyId: ids[who] ?? 0,
        storeId: store,
        soldOn,
        currency,
        departmentId: at % 2 === 0 ? department.id : null,
        quantity: 1_000,
        amount,
        margin: amount * 0.4,
      })),
    )
    .execute()
  await db
    .insertInto('purchasesStale')
    .values(ids.map((partyId) => ({ partyId })))
    .execute()
  await refreshPurchases(db)
  const ask = (query: Partial<AnalysisQuery>) =>
    app.call(analyse, {
      selection: { filter: { search: '' }, except: [] },
      currency: 'EUR',
      ...query,
    })
  return { app, ids, ask }
}

const lines: Line[] = [
  [0, '2026-01-10', 10_000],
  [0, '2026-03-10', 2_000],
  [1, '2026-01-20', 9_000],
  [1, '2026-01-21', 9_000],
  [2, '2026-01-05', 50_000],
  [2, '2026-01-05', 70_000, 'CHF'],
]
const january = { kind: 'between', from: '2026-01-01', to: '2026-01-31' } as const
const lyon = allOf({ kind: 'text', field: 'city', test: { op: 'is', value: 'Lyon' } })

describe('an analysis', () => {
  it('names the top customers of those filtered, in a window and a currency', async () => {
    const { ids, ask } = await shop(lines)
    const top = await ask({})
    expect(top).toMatchObject({ people: 3, rowCount: 3, total: { revenue: 80_000, visits: 5 } })
    expect(top.rows.map(({ id, revenue }) => [id, revenue])).toEqual([
      [ids[2], 50_000],
      [ids[1], 18_000],
      [ids[0], 12_000],
    ])
    const filter = { search: '', criteria: lyon }
    const some = await ask({
      selection: { filter, except: [] },
      measure: 'basket',
      window: january,
    })
    expect(some.rows).toMatchObject([
      { label: 'Un', revenue: 10_000, margin: 4_000, quantity: 1_000, visits: 1 },
      { label: 'Deux', revenue: 18_000, visits: 2 },
    ])
    const franc = await ask({ currency: 'CHF', limit: 1 })
    expect(franc.rows).toMatchObject([{ id: ids[2], revenue: 70_000 }])
    const ticked = await ask({ selection: { ids: [ids[0] ?? 0] } })
    expect(ticked).toMatchObject({ people: 1, total: { revenue: 12_000, customers: 1 } })
  })

  it('lays the same people’s purchases out by store, department and month', async () => {
    const { ask } = await shop(lines)
    const selection = { filter: { search: '', criteria: lyon }, except: [] }
    expect((await ask({ selection, by: 'store' })).rows).toMatchObject([
      { label: 'Bastille', revenue: 30_000, visits: 4, customers: 2 },
    ])
    const departments = await ask({ selection, by: 'department', measure: 'visits' })
    expect(departments.rows.map(({ label, revenue }) => [label, revenue]).sort()).toEqual([
      ['', 11_000],
      ['Chemises', 19_000],
    ])
    expect(departments.total).toMatchObject({ revenue: 30_000, customers: 2, visits: 4 })
    const months = await ask({ selection, by: 'month' })
    expect(months.rows.map(({ label, revenue }) => [label, revenue])).toEqual([
      ['2026-01', 28_000],
      ['2026-03', 2_000],
    ])
    const article = await ask({ selection, by: 'article', window: january })
    expect(article).toMatchObject({ rowCount: 1, total: { customers: 2, visits: 3 } })
  })

  it('is a file too, and refuses what is no analysis', async () => {
    const { app } = await shop(lines)
    const query = { selection: { filter: { search: '' } }, currency: 'EUR' }
    const fetch = (text: string) =>
      app.http.request(`/api/analyses/file?locale=en&query=${encodeURIComponent(text)}`)
    const good = await fetch(JSON.stringify(query))
    expect(await good.text()).toContain('Trois,500')
    expect((await fetch('{"by":"magic"}')).status).toBe(400)
  })
})
