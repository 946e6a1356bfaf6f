/** Dates as shops' files write them. The order of day and month is decided for a whole column, never per cell. */
import type { DateOrder } from './plan.ts'

const numeric =
  /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ,]+(\d{1,2})[:hH](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?)?$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const named = /^(?:[a-zéû]+\.?,? )?(\d{1,2})(?:er)?[ -]([a-zéûô]{3,9})\.?[ -](\d{4}|\d{2})$/i
const namedFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i

const months: Record<string, number> = {}
const monthNames = [
  'jan janv janvier january',
  'feb fev févr fevr février fevrier february',
  'mar mars march',
  'apr avr avril april',
  'may mai',
  'jun juin june',
  'jul juil juillet july',
  'aug aout août august',
  'sep sept septembre september',
  'oct octobre october',
  'nov novembre november',
  'dec déc decembre décembre december',
]
monthNames.forEach((text, at) => {
  for (const name of text.split(' ')) months[name] = at + 1
})

type Parts = { year: number; month: number; day: number; time: string }

/** Years of two digits: up to 35 they are of this century. */
const fullYear = (text: string) => {
  const year = Number(text)
  if (text.length > 2) return year
  return year <= 35 ? 2000 + year : 1900 + year
}

const two = (value: number | string) => String(value).padStart(2, '0')

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && leap ? 29 : (monthDays[month - 1] ?? 0)
  return day >= 1 && day <= days
}

function timeOf(match: RegExpExecArray): string | undefined {
  const [, , , , hourText, minute = '00', second = '00', half, zone = ''] = match
  if (hourText === undefined) return ''
  let hour = Number(hourText)
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return ` ${two(hour)}:${minute}:${second}${zone}`
}

function numericParts(match: RegExpExecArray, order: DateOrder): Parts | undefined {
  const [, first = '', second = '', third = ''] = match
  const time = timeOf(match)
  if (time === undefined) return undefined
  if (first.length > 2)
    return { year: Number(first), month: Number(second), day: Number(third), time }
  if (order === 'ymd')
    return { year: fullYear(first), month: Number(second), day: Number(third), time }
  const [day, month] = order === 'dmy' ? [first, second] : [second, first]
  return { year: fullYear(third), month: Number(month), day: Number(day), time }
}

function namedParts(text: string): Parts | undefined {
  const match = named.exec(text)
  if (match) {
    const [, day = '', month = '', year = ''] = match
    return {
      year: fullYear(year),
      month: months[month.toLowerCase()] ?? 0,
      day: Number(day),
      time: '',
    }
  }
  const other = namedFirst.exec(text)
  if (!other) return undefined
  const [, month = '', day = '', year = ''] = other
  return { year: Number(year), month: months[month.toLowerCase()] ?? 0, day: Number(day), time: '' }
}

function partsOf(text: string, order: DateOrder): Parts | undefined {
  const match = numeric.exec(text)
  if (match) return numericParts(match, order)
  const short = compact.exec(text)
  if (short) {
    return { year: Number(short[1]), month: Number(short[2]), day: Number(short[3]), time: '' }
  }
  return namedParts(text)
}

/** `2026-11-22` or `2026-11-22 14:05:00`, an offset kept behind it; undefined when it is no date of the order. */
export function parseDate(raw: string, order: DateOrder): string | undefined {
  const text = raw.trim()
  const parts = partsOf(text, order)
  if (!parts || parts.year < 1000 || parts.year > 2200) return undefined
  if (!isDay(parts.year, parts.month, parts.day)) return undefined
  return `${parts.year}-${two(parts.month)}-${two(parts.day)}${parts.time}`
}

export type Birthday = { year: number | null; month: number; day: number }

const withoutYear = /^(?:--)?(\d{1,2})[-/. ](\d{1,2})$/

/** A birthday, its year optional. */
export function parseBirthday(raw: string, order: DateOrder): Birthday | undefined {
  const text = raw.trim()
  const short = withoutYear.exec(text)
  if (short) {
    const dayFirst = order === 'dmy' && !text.startsWith('--')
    const day = Number(dayFirst ? short[1] : short[2])
    const month = Number(dayFirst ? short[2] : short[1])
    return isDay(2000, month, day) ? { year: null, month, day } : undefined
  }
  const date = parseDate(text, order)
  if (!date) return undefined
  const year = Number(date.slice(0, 4))
  if (year < 1880) return undefined
  return { year, month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

export type DateDecision = {
  order: DateOrder
  /** Both readings fit every value: the user has to say. */
  ambiguous: boolean
  /** Share of the values that are dates in that order, 0 to 1. */
  fits: number
}

/** What most of the values are dates in; day first when nothing speaks against it. */
export function decideDates(values: readonly string[]): DateDecision {
  const given = values.filter((value) => value.trim() !== '')
  const fitting = (order: DateOrder) =>
    given.filter((value) => (parseBirthday(value, order) ?? parseDate(value, order)) !== undefined)
      .length
  const day = fitting('dmy')
  const month = fitting('mdy')
  const best = Math.max(day, month)
  const fits = given.length === 0 ? 0 : best / given.length
  const yearFirst = given.filter((value) => /^\d{4}/.test(value.trim())).length
  if (yearFirst > given.length / 2) return { order: 'ymd', ambiguous: false, fits }
  const order = month > day ? 'mdy' : 'dmy'
  const swapped = given.some((value) => parseDate(value, 'dmy') !== parseDate(value, 'mdy'))
  return { order, ambiguous: best > 0 && day === month && swapped, fits }
}
