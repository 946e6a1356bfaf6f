/** An analysis as rows of a file. */
import { minorDigits } from '../kernel/money.ts'
import type { Locale } from '../kernel/values.ts'
import type { Analysis, AnalysisRow, AnalysisSubject } from './api.ts'

const words = {
  fr: {
    customer: 'Client',
    store: 'Magasin',
    department: 'Rayon',
    article: 'Article',
    month: 'Mois',
    columns: ['CA', 'Marge', 'Quantité', 'Visites', 'Panier moyen', 'Clients', 'Devise'],
  },
  en: {
    customer: 'Customer',
    store: 'Store',
    department: 'Department',
    article: 'Article',
    month: 'Month',
    columns: ['Revenue', 'Margin', 'Quantity', 'Visits', 'Average basket', 'Customers', 'Currency'],
  },
} as const

/** Minor units; 0 where nobody came. */
export const basketOf = ({ revenue, visits }: Pick<AnalysisRow, 'revenue' | 'visits'>): number =>
  visits > 0 ? Math.round(revenue / visits) : 0

type Shape = { by: AnalysisSubject; currency: string; locale: Locale }

export function analysisTable(
  { rows }: Analysis,
  { by, currency, locale }: Shape,
): (string | number)[][] {
  const unit = 10 ** minorDigits(currency)
  return [
    [words[locale][by], ...words[locale].columns],
    ...rows.map((row) => [
      row.label,
      row.revenue / unit,
      row.margin / unit,
      row.quantity / 1_000,
      row.visits,
      basketOf(row) / unit,
      row.customers,
      currency,
    ]),
  ]
}
