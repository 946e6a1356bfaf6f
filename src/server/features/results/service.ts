import { AppError } from '#core/kernel/app-error.ts'
import { dayOf } from '#core/kernel/zone.ts'
import type { CampaignResults, FrozenResults } from '#core/results/results.ts'
import { type SalesSums, toCurrencies } from '#core/results/series.ts'
import type { Database } from '#platform/db/database.ts'
import { companyZone } from '../company/service.ts'
import { countSelection } from '../segments/service.ts'
import * as keeping from './kept-queries.ts'
import * as queries from './queries.ts'

export async function loadMailing(db: Database, campaignId: number): Promise<queries.Mailing> {
  const mailing = await queries.findMailing(db, campaignId)
  if (mailing) return mailing
  throw new AppError('not-found', 'results/mailing-not-found', 'There is no such mailing.')
}

export async function loadResults(
  db: Database,
  mailing: queries.Mailing,
  now: Date,
): Promise<CampaignResults> {
  const { isLegacy, frozenResults } = mailing
  if (frozenResults) return { ...frozenResults, state: 'frozen', isLegacy }
  if (mailing.frozenAt === null) return { ...(await nothingYet(db, mailing, now)), isLegacy }
  return { ...(await compute(db, mailing, now)), state: 'live', isLegacy }
}

/**
 * Keeps the results as they are now, for the closing of a mailing. A mailing whose results are
 * kept already, or came with it from an older program, keeps those.
 */
export async function freezeResults(db: Database, campaignId: number, now: Date): Promise<void> {
  const mailing = await loadMailing(db, campaignId)
  if (mailing.frozenResults) return
  const results = await compute(db, { ...mailing, closedAt: now.toISOString() }, now)
  await queries.keepFrozen(db, campaignId, {
    ...results,
    version: 1,
    frozenAt: now.toISOString(),
  })
}

type Computed = Omit<FrozenResults, 'version'>

/** From the send date, or the day of the launch when none is given, to the closing or today, both included. */
async function compute(db: Database, mailing: queries.Mailing, now: Date): Promise<Computed> {
  const zone = await companyZone(db)
  const dayAt = (instant: string | null) => dayOf(instant === null ? now : new Date(instant), zone)
  const from = mailing.sendOn ?? dayAt(mailing.frozenAt)
  const to = dayAt(mailing.closedAt)
  const [total, people] = await Promise.all([
    queries.countCustomers(db),
    queries.countPeople(db, mailing.id),
  ])
  const sales = await salesOf(db, mailing.id, { from, to, people: people.selected })
  const { days, ...returning } = sales
  const counters = { total, ...people, ...returning }
  return { frozenAt: null, from, to, counters, currencies: toCurrencies(days) }
}

/* So many rows are still summed at once; their number grows by one per statement that changes sales. */
const manyChanges = 1_000

/** The sums of the lines: as they were kept when nothing they depend on has changed since, else added up anew. */
async function salesOf(db: Database, campaignId: number, { people, ...window }: queries.Asked) {
  // Read before adding up: what is committed meanwhile makes the sums look older than they are, never newer.
  const { changes, rows } = await keeping.countChanges(db)
  if (rows > manyChanges) await keeping.compactChanges(db)
  const kept = await keeping.find(db, campaignId, { ...window, changes })
  if (kept) return kept
  const [returning, days] = await Promise.all([
    queries.countReturning(db, campaignId, window),
    queries.sumDays(db, campaignId, { ...window, people }),
  ])
  const sales: SalesSums = { ...returning, days }
  await keeping.keep(db, campaignId, { ...window, changes, sales })
  return sales
}

/** Before the launch: whom the selection names as it stands. */
async function nothingYet(
  db: Database,
  { selection }: queries.Mailing,
  now: Date,
): Promise<Computed & { state: 'none' }> {
  const { total, selected, withEmail, withMobile } = selection
    ? await countSelection(db, selection, now)
    : { total: await queries.countCustomers(db), selected: 0, withEmail: 0, withMobile: 0 }
  const nobodyYet = { returning: 0, control: 0, controlReturning: 0 }
  const counters = { total, selected, withEmail, withMobile, ...nobodyYet }
  return { state: 'none', frozenAt: null, from: null, to: null, counters, currencies: [] }
}
