/** The calendar of the company: every day that is made from an instant is made by its time zone. */
import { AppError } from '#core/kernel/app-error.ts'
import { dayOf } from '#core/kernel/zone.ts'
import type { Database } from '#platform/db/database.ts'
import * as queries from './queries.ts'

/* Read by its key wherever a day is made: cheaper than the statement that follows, and right at once in every
   process after a change, which no copy kept in memory would be. */
export const companyZone = (db: Database): Promise<string> => queries.timeZone(db)

export const companyDay = async (db: Database, instant: Date): Promise<string> =>
  dayOf(instant, await companyZone(db))

export async function zoneChoices(db: Database): Promise<string[]> {
  const known = await queries.knownZones(db)
  return Intl.supportedValuesOf('timeZone').filter((zone) => known.has(zone))
}

export async function saveZone(db: Database, zone: string): Promise<void> {
  if (!(await queries.knownZones(db)).has(zone))
    throw new AppError(
      'invalid',
      'company/zone-unknown',
      `The database does not know the time zone ${zone}.`,
      { details: { zone } },
    )
  await queries.keepTimeZone(db, zone)
}
