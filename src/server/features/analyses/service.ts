/** Analyses of the people that a list or a segment shows (P-S7). */
import type { Analysis, AnalysisQuery } from '#core/analyses/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { windowRange } from '#core/segments/calendar.ts'
import type { Database } from '#platform/db/database.ts'
import { companyDay } from '../company/service.ts'
import { selectedWhere } from '../parties/service.ts'
import { filterParties } from '../segments/service.ts'
import * as analyses from './queries.ts'

/** Throws `analyses/too-much` when it takes longer than anybody waits. */
export async function analyse(db: Database, query: AnalysisQuery, now: Date): Promise<Analysis> {
  const who = await selectedWhere(db, query.selection, { compile: filterParties, now })
  const asked = { ...query, who, range: windowRange(query.window, await companyDay(db, now)) }
  try {
    return await analyses.withinTime(db, (trx) => load(trx, asked))
  } catch (error) {
    if (analyses.isOutOfTime(error))
      throw new AppError(
        'invalid',
        'analyses/too-much',
        'This takes too long: choose fewer people or a shorter period.',
      )
    throw error
  }
}

async function load(db: Database, asked: analyses.Asked): Promise<Analysis> {
  const { by } = asked
  const people = await analyses.countPeople(db, asked.who)
  const rows =
    by === 'customer'
      ? await analyses.topCustomers(db, asked)
      : await analyses.breakdown(db, by, asked)
  const [first] = rows
  const customers =
    by === 'customer' ? (first?.rowCount ?? 0) : await analyses.countBuyers(db, asked)
  const visits = by === 'customer' ? (first?.allVisits ?? 0) : await analyses.countVisits(db, asked)
  return {
    people,
    rowCount: first?.rowCount ?? 0,
    total: {
      revenue: first?.allRevenue ?? 0,
      margin: first?.allMargin ?? 0,
      quantity: first?.allQuantity ?? 0,
      visits,
      customers,
    },
    rows: rows.map(({ id, label, revenue, margin, quantity, visits: own, customers: who }) => ({
      id,
      label,
      revenue,
      margin,
      quantity,
      visits: own,
      customers: who,
    })),
  }
}
