import { z } from 'zod'
import { type AnalysisQuery, mostRows, subjects } from '#core/analyses/api.ts'
import { Currency, Id } from '#core/kernel/values.ts'
import type { PartySelection } from '#core/parties/list.ts'
import { Criteria, measures } from '#core/segments/criteria.ts'

export const periods = [
  'ever',
  'months-3',
  'months-12',
  'months-24',
  'this-month',
  'last-month',
  'this-year',
  'last-year',
] as const

/** People ticked one by one that an address can hold; more are analysed by a filter or a tag. */
export const mostTicked = 500

const Ids = z.array(Id).max(mostTicked).optional().catch(undefined)

/** Whom and how, kept in the address so that an analysis can be shared. */
export const AnalysisState = z.object({
  search: z.coerce.string().default('').catch(''),
  criteria: Criteria.optional().catch(undefined),
  ids: Ids,
  except: Ids,
  by: z.enum(subjects).default('customer').catch('customer'),
  measure: z.enum(measures).default('revenue').catch('revenue'),
  period: z.enum(periods).default('ever').catch('ever'),
  currency: Currency.optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(mostRows).default(100).catch(100),
})
export type AnalysisState = z.infer<typeof AnalysisState>

export function selectionOf({ search, criteria, ids, except }: AnalysisState): PartySelection {
  if (ids && ids.length > 0) return { ids }
  return { filter: { search, ...(criteria ? { criteria } : {}) }, except: except ?? [] }
}

export function windowOf(period: AnalysisState['period']): AnalysisQuery['window'] {
  switch (period) {
    case 'months-3':
      return { kind: 'last', n: 3, unit: 'months' }
    case 'months-12':
      return { kind: 'last', n: 12, unit: 'months' }
    case 'months-24':
      return { kind: 'last', n: 24, unit: 'months' }
    default:
      return { kind: period }
  }
}
