import { z } from 'zod'
import { Bytes, endpoint } from '../kernel/endpoint.ts'
import { Currency, Id, Locale } from '../kernel/values.ts'
import { PartySelection } from '../parties/list.ts'
import { measures } from '../segments/criteria.ts'
import { Window } from '../segments/tests.ts'

/** What the purchases of the people are laid out by. */
export const subjects = ['customer', 'store', 'department', 'article', 'month'] as const
export type AnalysisSubject = (typeof subjects)[number]

/** More rows than these are counted in the totals but not listed. */
export const mostRows = 1_000

export const AnalysisQuery = z.object({
  selection: PartySelection,
  by: z.enum(subjects).default('customer'),
  measure: z.enum(measures).default('revenue'),
  window: Window.default({ kind: 'ever' }),
  /** One at a time: amounts of two currencies are never added up. */
  currency: Currency,
  limit: z.coerce.number().int().positive().max(mostRows).default(100),
})
export type AnalysisQuery = z.infer<typeof AnalysisQuery>

const Figures = z.object({
  /** Minor units. */
  revenue: z.number().int(),
  margin: z.number().int(),
  /** Thousandths. */
  quantity: z.number().int(),
  /** Receipts, returns included. */
  visits: z.number().int(),
  customers: z.number().int(),
})

export const Analysis = z.object({
  /** How many the selection holds, whether they bought or not. */
  people: z.number().int(),
  /** How many rows there are, those beyond the limit included. */
  rowCount: z.number().int(),
  total: Figures,
  rows: z.array(
    Figures.extend({
      /** Of the customer, store, department or article; null where the sale names none, or for a month. */
      id: Id.nullable(),
      /** A name; `2026-11` for a month. */
      label: z.string(),
    }),
  ),
})
export type Analysis = z.infer<typeof Analysis>
export type AnalysisRow = Analysis['rows'][number]

export const analyse = endpoint('POST', '/api/analyses', {
  may: 'customers.view',
  summary:
    'What the chosen customers bought in a window and a currency: the top customers, or by store, department, article or month',
  input: AnalysisQuery,
  output: Analysis,
  asks: true,
})

export const exportAnalysis = endpoint('GET', '/api/analyses/file', {
  may: 'exports.run',
  summary: 'An analysis as a table; `query` is the body of `POST /api/analyses` as JSON',
  input: z.object({
    query: z.string().max(60_000),
    format: z.enum(['csv', 'xlsx']).default('csv'),
    locale: Locale.default('fr'),
  }),
  output: Bytes,
})
