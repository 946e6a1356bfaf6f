import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { addDays } from '#core/kernel/days.ts'
import { getResults } from '#core/results/api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { compactChanges } from './kept-queries.ts'
import { sumDays } from './queries.ts'
import { freezeResults } from './service.ts'

const now = new Date('2026-11-22T10:00:00Z')
const sendOn = '2026-11-01'

type Line = {
  party: number | null
  day: number
  currency: string
  quantity: number
  amount: number
  margin: number | null
}
type Target = { party: number; control: boolean; excluded: boolean }

/** Five cards, a store and a launched mailing, with the given sales and people. */
async function fill(app: TestApp, lines: readonly Line[], targets: readonly Target[]) {
  const { db } = app
  await db.deleteFrom('targets').execute()
  await db.deleteFrom('saleLines').execute()
  if (!(await db.selectFrom('campaigns').select('id').executeTakeFirst())) await fillOnce(app)
  if (targets.length > 0) await db.insertInto('targets').values(targets.map(toTarget)).execute()
  if (lines.length > 0) await db.insertInto('saleLines').values(lines.map(toLine)).execute()
}

async function fillOnce({ db }: TestApp) {
  const parties = [1, 2, 3, 4, 5].map((n) => ({ code: `C${n}`, lastName: `Nom ${n}` }))
  await db.insertInto('parties').values(parties).execute()
  await db.insertInto('stores').values({ code: 'S', name: 'S' }).execute()
  await db
    .insertInto('campaigns')
    .values({ label: 'Rappel', sendOn, state: 'in-progress' })
    .execute()
  await db
    .insertInto('steps')
    .values({ campaignId: 1, frozenAt: `${sendOn}T08:00:00Z` })
    .execute()
}

const toTarget = ({ party, control, excluded }: Target) => ({
  stepId: 1,
  partyId: party,
  isControl: control,
  excludedReason: excluded ? 'opted-out' : null,
})

const toLine = ({ party, day, ...line }: Line, at: number) => ({
  ...line,
  saleId: at + 1,
  lineNo: 1,
  storeId: 1,
  partyId: party,
  soldOn: addDays(sendOn, day),
})

const line = (over: Partial<Line>): Line => ({
  party: 1,
  day: 0,
  currency: 'EUR',
  quantity: 1_000,
  amount: 5_000,
  margin: 2_000,
  ...over,
})
const mailed = (party: number): Target => ({ party, control: false, excluded: false })

const anyLine = fc.record({
  party: fc.option(fc.integer({ min: 1, max: 5 })),
  day: fc.integer({ min: -3, max: 24 }),
  currency: fc.constantFrom('EUR', 'CHF'),
  quantity: fc.integer({ min: -2, max: 3 }).map((pieces) => pieces * 1_000),
  amount: fc.integer({ min: -9_000, max: 90_000 }),
  margin: fc.option(fc.integer({ min: -5_000, max: 40_000 })),
})
const anyTargets = fc.uniqueArray(
  fc.record({
    party: fc.integer({ min: 1, max: 5 }),
    control: fc.boolean(),
    excluded: fc.boolean(),
  }),
  { selector: ({ party }) => party },
)

/** The same figures the plain way: one pass over everything in memory. */
function naive(lines: readonly Line[], targets: readonly Target[]) {
  const inTime = lines.filter(({ day, party }) => party !== null && day >= 0 && day <= 21)
  const group = (control: boolean) =>
    targets.filter((t) => !t.excluded && t.control === control).map(({ party }) => party)
  const of = (parties: number[]) => inTime.filter(({ party }) => parties.includes(party ?? 0))
  const sum = (some: readonly Line[], get: (l: Line) => number | null) =>
    some.reduce((total, l) => total + (get(l) ?? 0), 0)
  const buyers = (parties: number[]) =>
    new Set(
      of(parties)
        .filter((l) => l.quantity > 0 || l.amount > 0)
        .map(({ party }) => party),
    ).size
  const currencies = [...new Set(inTime.map(({ currency }) => currency))].sort().map((currency) => {
    const ours = of(group(false)).filter((l) => l.currency === currency)
    const all = inTime.filter((l) => l.currency === currency)
    const days = [...new Set(all.map(({ day }) => day))].sort((a, b) => a - b)
    return {
      currency,
      revenue: sum(ours, (l) => l.amount),
      quantity: sum(ours, (l) => l.quantity),
      margin: sum(ours, (l) => l.margin),
      totalMargin: sum(all, (l) => l.margin),
      linesWithoutMargin: ours.filter((l) => l.margin === null).length,
      controlRevenue: sum(
        of(group(true)).filter((l) => l.currency === currency),
        (l) => l.amount,
      ),
      days: days.map((day) => ({
        day: addDays(sendOn, day),
        revenue: sum(
          ours.filter((l) => l.day === day),
          (l) => l.amount,
        ),
        quantity: sum(
          ours.filter((l) => l.day === day),
          (l) => l.quantity,
        ),
        marginToDate: sum(
          ours.filter((l) => l.day <= day),
          (l) => l.margin,
        ),
        totalMarginToDate: sum(
          all.filter((l) => l.day <= day),
          (l) => l.margin,
        ),
      })),
    }
  })
  return {
    returning: buyers(group(false)),
    controlReturning: buyers(group(true)),
    selected: group(true).length + group(false).length,
    currencies,
  }
}

describe('the results of a mailing', () => {
  it('are the plain sums over any sales', async () => {
    const app = await testApp({ now })
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 30 }), anyTargets, async (lines, targets) => {
        await fill(app, lines, targets)
        const first = await app.call(getResults, { id: 1 })
        expect(await app.call(getResults, { id: 1 })).toEqual(first)
        // Two ways of finding whose a line is, for small mailings and for large ones.
        const window = { from: sendOn, to: '2026-11-22' }
        const [few, many] = [0, 1_000_000].map((people) =>
          sumDays(app.db, 1, { ...window, people }),
        )
        expect(await many).toEqual(await few)
        const { counters, currencies } = first
        const { returning, controlReturning, selected } = counters
        const sorted = currencies.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
        expect({ returning, controlReturning, selected, currencies: sorted }).toEqual(
          naive(lines, targets),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('begin on the send date and never add two currencies up', async () => {
    const app = await testApp({ now })
    await fill(
      app,
      [line({ day: -1 }), line({ day: 0 }), line({ day: 2, currency: 'CHF', amount: 700 })],
      [mailed(1)],
    )
    const results = await app.call(getResults, { id: 1 })
    expect(results).toMatchObject({ state: 'live', from: sendOn, to: '2026-11-22' })
    expect(results.currencies.map(({ currency, revenue }) => [currency, revenue])).toEqual([
      ['CHF', 700],
      ['EUR', 5_000],
    ])
  })

  it('count a returned article as no return of the customer', async () => {
    const app = await testApp({ now })
    await fill(app, [line({ quantity: -1_000, amount: -5_000, margin: -2_000 })], [mailed(1)])
    const { counters, currencies } = await app.call(getResults, { id: 1 })
    expect(counters.returning).toBe(0)
    expect(currencies[0]?.revenue).toBe(-5_000)
  })

  it('follow a card that was merged into another', async () => {
    const app = await testApp({ now })
    await fill(app, [line({ party: 2 })], [mailed(1), mailed(2)])
    await app.db.updateTable('parties').set({ mergedInto: 2 }).where('id', '=', 1).execute()
    const { counters } = await app.call(getResults, { id: 1 })
    expect(counters).toMatchObject({ selected: 1, returning: 1 })
  })

  it('are kept, and follow whatever changes, at the moment it is committed', async () => {
    const app = await testApp({ now })
    const { db } = app
    await fill(app, [line({})], [mailed(1)])
    const asked = async () => {
      const { counters, currencies } = await app.call(getResults, { id: 1 })
      return [counters.selected, counters.returning, currencies[0]?.revenue ?? 0]
    }
    expect([await asked(), await asked()]).toEqual([
      [1, 1, 5_000],
      [1, 1, 5_000],
    ])
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('saleLines')
        .values(toLine(line({ amount: 300 }), 1))
        .execute()
      expect(await asked()).toEqual([1, 1, 5_000])
      await db
        .insertInto('saleLines')
        .values(toLine(line({ amount: 20 }), 2))
        .execute()
      expect(await asked()).toEqual([1, 1, 5_020])
    })
    expect(await asked()).toEqual([1, 1, 5_320])
    await compactChanges(db)
    expect(await asked()).toEqual([1, 1, 5_320])
    await db.updateTable('saleLines').set({ amount: 1 }).where('saleId', '=', 2).execute()
    expect(await asked()).toEqual([1, 1, 5_021])
    await db
      .insertInto('targets')
      .values(toTarget(mailed(2)))
      .execute()
    expect(await asked()).toEqual([2, 1, 5_021])
    await db.updateTable('parties').set({ mergedInto: 2 }).where('id', '=', 1).execute()
    expect(await asked()).toEqual([1, 0, 0])
    await sql`truncate sale_lines`.execute(db)
    expect(await app.call(getResults, { id: 1 })).toMatchObject({ currencies: [] })
  })

  it('stay as they were once frozen, whatever is sold later', async () => {
    const app = await testApp({ now })
    await fill(app, [line({})], [mailed(1)])
    await freezeResults(app.db, 1, now)
    const before = await app.call(getResults, { id: 1 })
    await app.db
      .insertInto('saleLines')
      .values(toLine(line({ day: 1 }), 9))
      .execute()
    await freezeResults(app.db, 1, new Date('2026-12-01T00:00:00Z'))
    expect(await app.call(getResults, { id: 1 })).toEqual(before)
    expect(before).toMatchObject({ state: 'frozen', frozenAt: now.toISOString() })
  })

  it('say so when nothing was launched, and refuse who may not see mailings', async () => {
    const app = await testApp({ now })
    await fill(app, [line({})], [])
    const everybody = JSON.stringify({ version: 1, start: 'everybody' })
    await app.db.updateTable('steps').set({ frozenAt: null, selection: everybody }).execute()
    expect(await app.call(getResults, { id: 1 })).toMatchObject({
      state: 'none',
      counters: { total: 5, selected: 5, withEmail: 0 },
      currencies: [],
    })
    expect(await app.refusal(getResults, { id: 2 })).toMatchObject({ status: 404 })
    app.grant('customers.view')
    expect(await app.refusal(getResults, { id: 1 })).toMatchObject({ status: 403 })
  })

  it('can be taken away as a file, in the writing of the language', async () => {
    const app = await testApp({ now })
    await fill(app, [line({ amount: 5_050, quantity: 1_500 })], [mailed(1)])
    const csv = await app.http.request('/api/mailings/1/results/file?format=csv&locale=fr')
    expect(csv.headers.get('content-disposition')).toContain('Rappel.csv')
    expect((await csv.text()).split('\r\n')[1]).toBe('EUR;2026-11-01;50,5;1,5;20;20')
    const xlsx = await app.http.request('/api/mailings/1/results/file?format=xlsx&locale=en')
    expect((await xlsx.bytes()).subarray(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]))
  })
})
