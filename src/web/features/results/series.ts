import type { CurrencyResults, ResultDay } from '#core/results/results.ts'

/** The four curves of a mailing (P-16 to P-19). */
export const seriesKeys = ['revenue', 'quantity', 'margin', 'totalMargin'] as const
export type SeriesKey = (typeof seriesKeys)[number]

/** What is drawn before the reader chooses: the margins (P-14). */
const shownAtFirst: readonly SeriesKey[] = ['margin', 'totalMargin']

/** The curves that the address names, `revenue,margin`; those shown at first when it names none. */
export function curvesIn(text: string | undefined): readonly SeriesKey[] {
  if (text === undefined) return shownAtFirst
  const named = text.split(',')
  return seriesKeys.filter((key) => named.includes(key))
}

/** The same as text; undefined for those shown at first, which the address need not say. */
export function curvesText(keys: readonly SeriesKey[]): string | undefined {
  const text = seriesKeys.filter((key) => keys.includes(key)).join(',')
  return text === shownAtFirst.join(',') ? undefined : text || 'none'
}

const columns = {
  revenue: 'revenue',
  quantity: 'quantity',
  margin: 'marginToDate',
  totalMargin: 'totalMarginToDate',
} as const satisfies Record<SeriesKey, keyof ResultDay>

export const seriesValue = (day: ResultDay, key: SeriesKey): number => day[columns[key]]

/** A mailing from an older program may have brought totals without days, and no total margin. */
export const hasSeries = (results: CurrencyResults, key: SeriesKey): boolean =>
  key !== 'totalMargin' || results.totalMargin !== null
