/** The eleven public holidays of France (Code du travail, L3133-1). */
import { addDays } from '../kernel/days.ts'

const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']
/** Days after Easter Sunday: Easter Monday, Ascension, Whit Monday. */
const movable = [1, 39, 50]

/** Easter Sunday of a year of the Gregorian calendar, by Butcher's rule. */
export function easter(year: number): string {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h =
    (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  const two = (part: number) => String(part).padStart(2, '0')
  return `${year}-${two(Math.floor(n / 31))}-${two((n % 31) + 1)}`
}

export function frenchHolidays(year: number): string[] {
  const sunday = easter(year)
  return [
    ...fixed.map((day) => `${year}-${day}`),
    ...movable.map((days) => addDays(sunday, days)),
  ].sort()
}

export const isFrenchHoliday = (day: string): boolean =>
  frenchHolidays(Number(day.slice(0, 4))).includes(day)
