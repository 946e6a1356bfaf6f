/** A birthday with or without its year: `1980-05-17` or `--05-17`, as ISO 8601 wrote it. */
import { z } from 'zod'

export type BirthdayParts = { year: number | null; month: number; day: number }

export function parseBirthday(text: string): BirthdayParts | undefined {
  const match = /^(?:(\d{4})|-)-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const [year, month, day] = [
    match[1] ? Number(match[1]) : null,
    Number(match[2]),
    Number(match[3]),
  ]
  const inRange = year === null || (year >= 1880 && year <= 2200)
  return inRange && isDayOf(year, month, day) ? { year, month, day } : undefined
}

export function printBirthday({ year, month, day }: BirthdayParts): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year === null ? '-' : year}-${two(month)}-${two(day)}`
}

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Without a year, 29 February is a day like another. */
function isDayOf(year: number | null, month: number, day: number): boolean {
  if (day < 1 || day > (lengths[month - 1] ?? 0)) return false
  return year === null || month !== 2 || day < 29 || isLeap(year)
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export const Birthday = z
  .string()
  .refine((text) => parseBirthday(text) !== undefined, 'a day like 1980-05-17 or --05-17')
