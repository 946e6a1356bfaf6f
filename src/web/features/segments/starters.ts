/** Segments to begin with: only what criteria say honestly. Names are `starters.<key>` of the catalogue. */
import { allOf, type Criteria, type Criterion } from '#core/segments/criteria.ts'
import type { SumTest } from '#core/segments/tests.ts'

const visit = (which: 'last' | 'first', test: Extract<Criterion, { kind: 'visit' }>['test']) =>
  ({ kind: 'visit', which, test }) satisfies Criterion

const overMonths = (n: number) => ({ kind: 'last', n, unit: 'months' }) as const

const spent = (currency: string, months: number, test: SumTest): Criterion => ({
  kind: 'purchases',
  measure: 'revenue',
  currency,
  window: overMonths(months),
  of: null,
  test,
})

const visits: Criterion = {
  kind: 'purchases',
  measure: 'visits',
  currency: null,
  window: overMonths(12),
  of: null,
  test: { op: 'at-least', value: 6 },
}

const without = (field: 'hasEmail' | 'hasMobile'): Criterion => ({ kind: 'flag', field, is: false })

/** Amounts are in the currency of the shop. */
export const startersIn = (currency: string) =>
  ({
    lost: allOf(visit('last', { op: 'older-than', n: 12, unit: 'months' })),
    sleeping: allOf(
      visit('last', { op: 'older-than', n: 2, unit: 'months' }),
      spent(currency, 24, { op: 'more-than', value: 30_000 }),
    ),
    big: allOf(spent(currency, 12, { op: 'more-than', value: 50_000 })),
    loyal: allOf(visits),
    recent: allOf(visit('first', { op: 'in-last', n: 3, unit: 'months' })),
    birthday: allOf({ kind: 'birthday', test: { op: 'this-month' } }),
    never: allOf(visit('last', { op: 'empty' })),
    unreachable: allOf(without('hasEmail'), without('hasMobile')),
  }) as const satisfies Record<string, Criteria>

export type Starter = keyof ReturnType<typeof startersIn>
export const starterKeys = Object.keys(startersIn('EUR')) as Starter[]
