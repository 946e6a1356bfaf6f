import { addDays } from '../kernel/days.ts'
import { dayOf, instantAt } from '../kernel/zone.ts'

/** When the clock of the place next shows this hour. */
export function nextNight(after: Date, hour: number, zone: string): Date {
  const time = `${String(hour).padStart(2, '0')}:00`
  const day = dayOf(after, zone)
  const tonight = instantAt(day, time, zone)
  return tonight > after ? tonight : instantAt(addDays(day, 1), time, zone)
}
