/** What a mailing brought in. The definitions are here and, in words, in the catalogue `results` of the web app. */
import { z } from 'zod'
import { Currency, Day, Instant } from '../kernel/values.ts'

const Count = z.number().int().nonnegative()

/** One day of one currency. Amounts in minor units, quantities in thousandths; the margins run up to that day. */
export const ResultDay = z.object({
  day: Day,
  revenue: z.number().int(),
  quantity: z.number().int(),
  marginToDate: z.number().int(),
  totalMarginToDate: z.number().int(),
})
export type ResultDay = z.infer<typeof ResultDay>

/** Everything in one currency; currencies are never added up (P-15). */
export const CurrencyResults = z.object({
  currency: Currency,
  /** Of the people the mailing went for (P-16 to P-18). */
  revenue: z.number().int(),
  quantity: z.number().int(),
  margin: z.number().int(),
  /** Of all customers over the same days (P-19). Null when a mailing came without it. */
  totalMargin: z.number().int().nullable(),
  /** Lines of the mailing's sales that came without margin or cost: they count 0 in the margins. */
  linesWithoutMargin: Count,
  /** Of the people kept out to compare with. */
  controlRevenue: z.number().int(),
  /** Only days with a sale; empty when a mailing brought totals only. */
  days: z.array(ResultDay),
})
export type CurrencyResults = z.infer<typeof CurrencyResults>

/** The pane's counters (P-13). Null where an imported mailing did not bring the figure. */
export const ResultCounters = z.object({
  total: Count.nullable(),
  selected: Count,
  withEmail: Count.nullable(),
  withMobile: Count.nullable(),
  /** Selected, not kept out, and bought from the send date on, that day included. */
  returning: Count.nullable(),
  /** Of the selected, those kept out to compare with, and how many of them bought. */
  control: Count,
  controlReturning: Count,
})
export type ResultCounters = z.infer<typeof ResultCounters>

/** Kept in `campaigns.frozen_results` when a mailing is closed or imported from an older program. */
export const FrozenResults = z.object({
  version: z.literal(1),
  frozenAt: Instant.nullable(),
  from: Day.nullable(),
  to: Day.nullable(),
  counters: ResultCounters,
  currencies: z.array(CurrencyResults),
})
export type FrozenResults = z.infer<typeof FrozenResults>

/**
 * `none`: nothing was launched yet, the counters are those of the selection as it stands. `live`: computed
 * from the sales as they are now. `frozen`: as they were at closing, or as an imported mailing brought them.
 */
export const CampaignResults = FrozenResults.omit({ version: true }).extend({
  state: z.enum(['none', 'live', 'frozen']),
  isLegacy: z.boolean(),
})
export type CampaignResults = z.infer<typeof CampaignResults>
