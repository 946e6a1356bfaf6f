import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Database } from '#platform/db/database.ts'
import { testDatabase } from '#tests/support/test-database.ts'
import { refreshPurchases } from './service.ts'

async function shop(db: Database) {
  const store = await db
    .insertInto('stores')
    .values({ code: 'A', name: 'A' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const department = await db
    .insertInto('departments')
    .values({ code: 'CH', label: 'Chemises' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const party = await db
    .insertInto('parties')
    .values({ code: 'C1', lastName: 'Un' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const line = (saleId: number, soldOn: string, amount: number, more: object = {}) => ({
    saleId,
    lineNo: 1,
    partyId: party.id,
    storeId: store.id,
    soldOn,
    currency: 'EUR',
    articleId: null,
    departmentId: null,
    quantity: amount > 0 ? 1_000 : -1_000,
    amount,
    margin: null,
    importId: null,
    ...more,
  })
  return { party, department, store, line }
}

describe('refreshPurchases', () => {
  it('keeps running totals by day and what is of the whole person', async () => {
    const db = await testDatabase()
    const { party, department, store, line } = await shop(db)
    await db
      .insertInto('saleLines')
      .values([
        line(1, '2026-01-10', 5_000, { margin: 2_000 }),
        line(1, '2026-01-10', 1_000, { lineNo: 2, departmentId: department.id }),
        line(2, '2026-01-10', 2_000),
        line(3, '2026-03-01', -1_000),
        line(4, '2026-05-01', 700, { currency: 'CHF' }),
      ])
      .execute()
    await db
      .insertInto('purchasesStale')
      .values([{ partyId: party.id }, { partyId: party.id }])
      .execute()

    expect(await refreshPurchases(db)).toBe(1)

    const rows = await db
      .selectFrom('partyPurchases')
      .selectAll()
      .orderBy('currency', 'desc')
      .execute()
    expect(rows[0]).toMatchObject({
      currency: 'EUR',
      revenue: 7_000,
      revenueCeiling: 8_000,
      margin: 2_000,
      visits: 3,
      firstVisitOn: '2026-01-10',
      lastVisitOn: '2026-05-01',
      departmentIds: [department.id],
      revenueTo: [0, 8_000, 7_000],
    })
    const details = await db
      .selectFrom('partyPurchaseDetails')
      .selectAll()
      .orderBy('currency', 'desc')
      .execute()
    expect(details[0]).toMatchObject({
      currency: 'EUR',
      departmentDays: ['2026-01-10'],
      storeIds: [store.id],
      storeDays: ['2026-05-01'],
      visitsTo: [0, 2, 3],
      quantityTo: [0, 3_000, 2_000],
    })
    expect(rows[1]).toMatchObject({ currency: 'CHF', revenue: 700, firstVisitOn: '2026-01-10' })
  })

  it('forgets people whose lines are gone, and marks nobody twice over', async () => {
    const db = await testDatabase()
    const { party, line } = await shop(db)
    await db
      .insertInto('saleLines')
      .values(line(1, '2026-01-10', 5_000))
      .execute()
    await db.insertInto('purchasesStale').values({ partyId: party.id }).execute()
    await refreshPurchases(db)
    await db.deleteFrom('saleLines').execute()
    await db.insertInto('purchasesStale').values({ partyId: party.id }).execute()
    expect(await refreshPurchases(db)).toBe(1)
    expect(await db.selectFrom('partyPurchases').selectAll().execute()).toEqual([])
    expect(await db.selectFrom('partyPurchaseDetails').selectAll().execute()).toEqual([])
    expect(await refreshPurchases(db)).toBe(0)
  })

  it('rebuilds many people at once, each once, whoever else is at it', async () => {
    const db = await testDatabase()
    const { store } = await shop(db)
    await sql`with people as (
        insert into parties (code, last_name) select 'M' || n, 'M' from generate_series(1, 20000) n returning id
      ), marks as (
        insert into purchases_stale select id from people, generate_series(1, 2)
      )
      insert into sale_lines (sale_id, line_no, party_id, store_id, sold_on, currency, quantity, amount)
      select id, 1, id, ${store.id}, '2026-01-10', 'EUR', 1000, 500 from people`.execute(db)
    const [one, other] = await Promise.all([refreshPurchases(db), refreshPurchases(db)])
    expect(one + other).toBe(20_000)
    const { total } = await db
      .selectFrom('partyPurchases')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    expect(total).toBe(20_000)
  })
})
