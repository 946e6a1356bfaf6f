import { AppError } from '#core/kernel/app-error.ts'
import type { CampaignResults, FrozenResults } from '#core/results/results.ts'
import { toCurrencies } from '#core/results/series.ts'
import type { Database } from '#platform/db/database.ts'
import { countSelection } from '../segments/service.ts'
import * as queries from './queries.ts'

const today = (now: Date) => now.toISOString().slice(0, 10)

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
  const from = mailing.sendOn ?? mailing.frozenAt?.slice(0, 10) ?? today(now)
  const to = mailing.closedAt?.slice(0, 10) ?? today(now)
  const [total, people, returning, days] = await Promise.all([
    queries.countCustomers(db),
    queries.countPeople(db, mailing.id),
    queries.countReturning(db, mailing.id, { from, to }),
    queries.sumDays(db, mailing.id, { from, to }),
  ])
  const counters = { total, ...people, ...returning }
  return { frozenAt: null, from, to, counters, currencies: toCurrencies(days) }
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
