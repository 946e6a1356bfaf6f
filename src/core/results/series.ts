import { z } from 'zod'
import { Currency, Day } from '../kernel/values.ts'
import type { CurrencyResults } from './results.ts'

const Sum = z.number().int()

/** What the sales of one day and currency add up to, as the database or a test counts it. */
export const DaySums = z.object({
  currency: Currency,
  day: Day,
  revenue: Sum,
  quantity: Sum,
  margin: Sum,
  totalMargin: Sum,
  linesWithoutMargin: Sum,
  controlRevenue: Sum,
})
export type DaySums = z.infer<typeof DaySums>

/** All that has to be added up from the sale lines of a mailing's days. */
export const SalesSums = z.object({ returning: Sum, controlReturning: Sum, days: z.array(DaySums) })
export type SalesSums = z.infer<typeof SalesSums>

/** Running totals per currency. `sums` has each day of a currency once, in the order of the days. */
export function toCurrencies(sums: readonly DaySums[]): CurrencyResults[] {
  const found = new Map<string, CurrencyResults>()
  for (const sum of sums) {
    const { currency, day, revenue, quantity } = sum
    const result = found.get(currency) ?? nothing(currency)
    found.set(currency, result)
    result.revenue += revenue
    result.quantity += quantity
    result.margin += sum.margin
    result.totalMargin = (result.totalMargin ?? 0) + sum.totalMargin
    result.linesWithoutMargin += sum.linesWithoutMargin
    result.controlRevenue += sum.controlRevenue
    result.days.push({
      day,
      revenue,
      quantity,
      marginToDate: result.margin,
      totalMarginToDate: result.totalMargin,
    })
  }
  return [...found.values()].sort(byUse)
}

const nothing = (currency: string): CurrencyResults => ({
  currency,
  revenue: 0,
  quantity: 0,
  margin: 0,
  totalMargin: 0,
  linesWithoutMargin: 0,
  controlRevenue: 0,
  days: [],
})

/** The currency with most days first: it is the shop's own. Amounts of two currencies cannot be compared. */
const byUse = (a: CurrencyResults, b: CurrencyResults) =>
  b.days.length - a.days.length || (a.currency < b.currency ? -1 : 1)
