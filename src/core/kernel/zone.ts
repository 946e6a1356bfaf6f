/** Days and times of day on the clock of a place; days themselves are in days.ts. */
import { addDays } from './days.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const kept = formats.get(zone)
  if (kept) return kept
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(zone, format)
  return format
}

/** Whether clocks can be read there, by whatever name. */
export function isTimeZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined
  } catch {
    return false
  }
}

/** `{ day: '2026-11-22', time: '09:30' }`. */
export function clockAt(now: Date, zone: string): { day: string; time: string } {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    day: `${of('year')}-${of('month')}-${of('day')}`,
    time: `${of('hour')}:${of('minute')}`,
  }
}

const oneDay = 86_400_000

const asUtc = ({ day, time }: { day: string; time: string }) => Date.parse(`${day}T${time}:00Z`)

/** How far the clock of the place is ahead of UTC. */
const aheadAt = (instant: number, zone: string) => asUtc(clockAt(new Date(instant), zone)) - instant

/**
 * When the clock shows this. A time that summer time leaps over is the one an hour later; of two that
 * show the same, when it ends, it is the first.
 */
export function instantAt(day: string, time: string, zone: string): Date {
  const wanted = asUtc({ day, time })
  const before = wanted - aheadAt(wanted - oneDay, zone)
  const after = wanted - aheadAt(wanted + oneDay, zone)
  const shows = [before, after].filter((instant) => instant + aheadAt(instant, zone) === wanted)
  return new Date(shows.length > 0 ? Math.min(...shows) : before)
}

export const dayOf = (instant: Date, zone: string): string => clockAt(instant, zone).day

/** When a day begins: at midnight, or where summer time leaps over midnight, at one. */
export const startOfDay = (day: string, zone: string): Date => instantAt(day, '00:00', zone)

/** All of the days, as the first instant and the one after the last. */
export const spanOfDays = (
  from: string,
  to: string,
  zone: string,
): { from: Date; until: Date } => ({
  from: startOfDay(from, zone),
  until: startOfDay(addDays(to, 1), zone),
})

/** `2026-11-22T14:30`, as forms have it. */
export function wallClockAt(instant: Date, zone: string): string {
  const { day, time } = clockAt(instant, zone)
  return `${day}T${time}`
}

export const instantOf = (wallClock: string, zone: string): Date =>
  instantAt(wallClock.slice(0, 10), wallClock.slice(11, 16), zone)

/** “Port of Spain” of `America/Port_of_Spain`. */
export const placeOf = (zone: string): string =>
  (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
