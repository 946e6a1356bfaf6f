/** Days as `2026-11-22`: what "in the last two months" or "birthday in the next 10 days" mean on a given day. */
import { assertNever } from '../kernel/assert-never.ts'
import type { BirthdayTest, DateTest, Period, Unit } from './tests.ts'

/** Both ends included; null is open. */
export type DayRange = { from: string | null; to: string | null }

type CalendarPeriod = 'this-month' | 'last-month' | 'this-year' | 'last-year'

const earliest = '0001-01-01'
const latest = '9999-12-31'

const format = (instant: Date): string => {
  const year = instant.getUTCFullYear()
  if (Number.isNaN(year) || year < 1) return earliest
  return year > 9_999 ? latest : instant.toISOString().slice(0, 10)
}

const parts = (day: string) => day.split('-').map(Number) as [number, number, number]

function addDays(day: string, days: number): string {
  const [year, month, date] = parts(day)
  return format(utc(year, month - 1, date + days))
}

/** The same day of another month, or its last day when it is shorter. */
function addMonths(day: string, months: number): string {
  const [year, month, date] = parts(day)
  const first = utc(year, month - 1 + months, 1)
  const last = utc(first.getUTCFullYear(), first.getUTCMonth() + 1, 0).getUTCDate()
  return format(utc(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last)))
}

function utc(year: number, month: number, date: number): Date {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  return new Date(new Date(0).setUTCFullYear(year, month, date))
}

export function shift(day: string, n: number, unit: Unit): string {
  switch (unit) {
    case 'days':
      return addDays(day, n)
    case 'weeks':
      return addDays(day, n * 7)
    case 'months':
      return addMonths(day, n)
    case 'years':
      return addMonths(day, n * 12)
    default:
      return assertNever(unit)
  }
}

function periodRange(period: CalendarPeriod, today: string): DayRange {
  const [year, month] = parts(today)
  const monthOf = (offset: number) => ({
    from: format(utc(year, month - 1 + offset, 1)),
    to: format(utc(year, month + offset, 0)),
  })
  switch (period) {
    case 'this-month':
      return monthOf(0)
    case 'last-month':
      return monthOf(-1)
    case 'this-year':
      return { from: format(utc(year, 0, 1)), to: format(utc(year, 11, 31)) }
    case 'last-year':
      return { from: format(utc(year - 1, 0, 1)), to: format(utc(year - 1, 11, 31)) }
    default:
      return assertNever(period)
  }
}

/** The days a date test accepts, or the test itself when it asks for none or any. */
export function dateRange(test: DateTest, today: string): DayRange | 'empty' | 'filled' {
  switch (test.op) {
    case 'on':
      return { from: test.day, to: test.day }
    case 'before':
      return { from: null, to: addDays(test.day, -1) }
    case 'after':
      return { from: addDays(test.day, 1), to: null }
    case 'between':
      return { from: test.from, to: test.to }
    case 'in-last':
      return { from: shift(today, -test.n, test.unit), to: today }
    case 'older-than':
      return { from: null, to: addDays(shift(today, -test.n, test.unit), -1) }
    case 'in-next':
      return { from: today, to: shift(today, test.n, test.unit) }
    case 'empty':
    case 'filled':
      return test.op
    default:
      return periodRange(test.op, today)
  }
}

/** The days a window of purchases or a period of activities holds. */
export function windowRange(window: Period, today: string): DayRange {
  switch (window.kind) {
    case 'ever':
      return { from: null, to: null }
    case 'between':
      return { from: window.from, to: window.to }
    case 'since':
      return { from: window.from, to: null }
    case 'last':
      return { from: shift(today, -window.n, window.unit), to: today }
    case 'next':
      return { from: today, to: shift(today, window.n, window.unit) }
    default:
      return periodRange(window.kind, today)
  }
}

export const isWithin = (day: string, { from, to }: DayRange): boolean =>
  (from === null || day >= from) && (to === null || day <= to)

const isLeap = (year: number) => utc(year, 2, 0).getUTCDate() === 29
const mark = (month: number, day: number) => month * 100 + day
const markOf = (monthDay: string) => Number(monthDay.slice(0, 2)) * 100 + Number(monthDay.slice(3))

/**
 * Birthdays as month × 100 + day, both ends included; `from` after `to` crosses the year's end. Who was
 * born on 29 February is wished well on the 28th in the years that have no 29th: `leapDayToo`.
 */
export type BirthdayRange = { from: number; to: number; leapDayToo: boolean }

export function birthdayRange(
  test: BirthdayTest,
  today: string,
): BirthdayRange | 'empty' | 'filled' {
  const [year, month] = parts(today)
  const whole = (m: number) => ({ from: mark(m, 1), to: mark(m, 31), leapDayToo: false })
  switch (test.op) {
    case 'between': {
      const range = { from: markOf(test.from), to: markOf(test.to), leapDayToo: false }
      return { ...range, leapDayToo: holdsMark(range, 228) }
    }
    case 'in-month':
      return whole(test.month)
    case 'this-month':
      return whole(month)
    case 'next-month':
      return whole((month % 12) + 1)
    case 'today':
      return upcoming(today, 0, year)
    case 'in-next':
      return upcoming(today, test.days, year)
    case 'empty':
    case 'filled':
      return test.op
    default:
      return assertNever(test)
  }
}

function upcoming(today: string, days: number, year: number): BirthdayRange {
  if (days >= 365) return { from: 101, to: 1231, leapDayToo: false }
  const end = addDays(today, days)
  const plain28 = [year, year + 1].filter((y) => !isLeap(y)).map((y) => format(utc(y, 1, 28)))
  return {
    from: markOf(today.slice(5)),
    to: markOf(end.slice(5)),
    leapDayToo: plain28.some((day) => isWithin(day, { from: today, to: end })),
  }
}

function holdsMark({ from, to }: BirthdayRange, value: number): boolean {
  return from <= to ? value >= from && value <= to : value >= from || value <= to
}

export const holdsBirthday = (range: BirthdayRange, month: number, day: number): boolean =>
  holdsMark(range, mark(month, day)) || (range.leapDayToo && month === 2 && day === 29)

/** Today for the counting of ages: on 28 February of a plain year, who was born on the 29th has grown older. */
export function ageMark(today: string): { year: number; mark: number } {
  const [year, month, day] = parts(today)
  const at = mark(month, day)
  return { year, mark: at === 228 && !isLeap(year) ? 229 : at }
}

export type Birth = { year: number | null; month: number | null; day: number | null }

/** Whole years, or the age reached this year when only the year of birth is known; null without it. */
export function ageOn(birth: Birth, today: string): number | null {
  if (birth.year === null) return null
  const now = ageMark(today)
  return now.year - birth.year - (mark(birth.month ?? 1, birth.day ?? 1) > now.mark ? 1 : 0)
}
