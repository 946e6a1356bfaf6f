import { minorDigits } from '../kernel/money.ts'
import type { Locale } from '../kernel/values.ts'
import type { CampaignResults } from './results.ts'

const headings = {
  fr: [
    'Devise',
    'Jour',
    'CA sur le publipostage',
    'Quantité vendue sur le publipostage',
    'Marge de sortie cumulée sur le publipostage',
    'Marge de sortie cumulée totale',
  ],
  en: [
    'Currency',
    'Day',
    'Revenue on the mailing',
    'Quantity sold on the mailing',
    'Cumulative margin on the mailing',
    'Total cumulative margin',
  ],
} as const satisfies Record<Locale, readonly string[]>

/** The days of every currency one after the other, for a file: amounts in whole units, quantities in pieces. */
export function resultTable(
  { currencies }: Pick<CampaignResults, 'currencies'>,
  locale: Locale,
): (string | number)[][] {
  const rows = currencies.flatMap(({ currency, days }) => {
    const money = (minor: number) => minor / 10 ** minorDigits(currency)
    return days.map((day) => [
      currency,
      day.day,
      money(day.revenue),
      day.quantity / 1_000,
      money(day.marginToDate),
      money(day.totalMarginToDate),
    ])
  })
  return [[...headings[locale]], ...rows]
}

/** For CSV: the decimal comma that spreadsheets expect in French, and with it the semicolon between cells. */
export function textRows(rows: readonly (string | number)[][], locale: Locale): string[][] {
  const point = locale === 'fr' ? ',' : '.'
  return rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? String(cell).replace('.', point) : cell)),
  )
}

export const csvSeparator = (locale: Locale) => (locale === 'fr' ? ';' : ',')
