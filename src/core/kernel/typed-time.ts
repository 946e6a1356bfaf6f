/**
 * Days and times as people type them, in the language of the page: `12/03/2026` is 12 March in French, and in English
 * 03/12/2026 is, the month first. A day that has only one reading is that day in either. `2026-03-12` and months in
 * words are read in both.
 */
import { fold } from './fold.ts'
import type { Locale } from './values.ts'

const monthNames = {
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  en: 'January February March April May June July August September October November December',
} as const satisfies Record<Locale, string>

const monthsOf = (locale: Locale) => monthNames[locale].split(' ')
const allMonths = (['fr', 'en'] as const).map((locale) => monthsOf(locale).map(fold))

const two = (part: number) => String(part).padStart(2, '0')

/** `2026-03-12` when the calendar has that day. */
function dayFrom(year: number, month: number, day: number): string | null {
  const full = year < 100 ? 2_000 + year : year
  if (full < 1_800 || full > 9_999) return null
  const at = new Date(Date.UTC(full, month - 1, day))
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return isReal ? `${full}-${two(month)}-${two(day)}` : null
}

/** `2026-03-12`, or null for what is no day. */
export function readDay(text: string, locale: Locale): string | null {
  const typed = text.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso) return dayFrom(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const figures =
    /^(\d{1,2})\s*[\s./-]\s*(\d{1,2})\s*[\s./-]\s*(\d{4}|\d{2})$/.exec(typed) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(typed)
  if (!figures) return dayInWords(typed)
  const [first, second, year] = [Number(figures[1]), Number(figures[2]), Number(figures[3])]
  const dayFirst = dayFrom(year, second, first)
  const monthFirst = dayFrom(year, first, second)
  return locale === 'fr' ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst)
}

/** “1er mars 2026”, “12 March 2026”, “Mar 12, 2026”. */
function dayInWords(typed: string): string | null {
  const words = fold(typed)
    .split(/[\s,.]+/)
    .filter((word) => word !== '')
  if (words.length !== 3) return null
  const at = words.findIndex((word) => /^\p{L}/u.test(word))
  const month = monthOf(words[at] ?? '')
  const [day = '', year = ''] = words.filter((_, each) => each !== at)
  const date = /^(\d{1,2})(?:er|st|nd|rd|th)?$/.exec(day)
  if (month === null || !date || !/^\d{2}(?:\d{2})?$/.test(year)) return null
  return dayFrom(Number(year), month, Number(date[1]))
}

/** From its first three letters on; null when two begin so. */
function monthOf(word: string): number | null {
  if (word.length < 3) return null
  const found = allMonths.flatMap((names) =>
    names.flatMap((name, at) => (name.startsWith(word) ? [at + 1] : [])),
  )
  const [month] = found
  return month !== undefined && found.every((one) => one === month) ? month : null
}

/** `14:30`, or null for what is no time of day: 14:30, 14h30, 14 h, 2:30 pm. */
export function readTime(text: string): string | null {
  const found = /^(\d{1,2})\s*(?:[:h]\s*(\d{2})?)?\s*([ap])?\.?(?:m\.?)?$/i.exec(text.trim())
  if (!found) return null
  const [, hour = '', minute = '00', half] = found
  const isTwelve = half !== undefined
  if (isTwelve && (Number(hour) < 1 || Number(hour) > 12)) return null
  const later = half?.toLowerCase() === 'p' ? 12 : 0
  const hours = isTwelve ? (Number(hour) % 12) + later : Number(hour)
  return hours < 24 && Number(minute) < 60 ? `${two(hours)}:${minute}` : null
}

/* A time behind a day is told from a year by its sign: a colon, an h, am or pm. */
const timeBehind = /[\s,T]\s*(?:à|at)?\s*(\d{1,2}\s*(?:[:h]\s*(?:\d{2})?)?\s*(?:[ap]\.?m\.?)?)$/i

/** `2026-03-12T14:30`; a day alone is at `time`. */
export function readDayTime(text: string, locale: Locale, time: string): string | null {
  const typed = text.trim()
  const behind = timeBehind.exec(typed)
  if (behind && /[:hap]/i.test(behind[1] ?? '')) {
    const [day, at] = [readDay(typed.slice(0, behind.index), locale), readTime(behind[1] ?? '')]
    return day !== null && at !== null ? `${day}T${at}` : null
  }
  const day = readDay(typed, locale)
  return day === null ? null : `${day}T${time}`
}

/** As `readDay` reads it and the page writes it: `12/03/2026`, `Mar 12, 2026`. */
export function printDay(day: string, locale: Locale): string {
  const [year = '', month = '', date = ''] = day.split('-')
  if (locale === 'fr') return `${date}/${month}/${year}`
  return `${(monthsOf('en')[Number(month) - 1] ?? '').slice(0, 3)} ${Number(date)}, ${year}`
}

export function printTime(time: string, locale: Locale): string {
  if (locale === 'fr') return time
  const hour = Number(time.slice(0, 2))
  return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`
}

export function printDayTime(at: string, locale: Locale): string {
  const [day = '', time = ''] = at.split('T')
  return `${printDay(day, locale)}${locale === 'fr' ? ' ' : ', '}${printTime(time, locale)}`
}
