/** End and duration from each other over the company's working hours (D-S3): wall-clock text, no clock, no time zone. */
import { z } from 'zod'
import { addDays, weekday } from '../kernel/days.ts'

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const WorkingHours = z
  .object({
    /** 0 for Sunday to 6 for Saturday. */
    days: z.array(z.number().int().min(0).max(6)).min(1).max(7).default([1, 2, 3, 4, 5]),
    from: Time.default('09:00'),
    to: Time.default('18:00'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'It ends before it begins.' })
export type WorkingHours = z.infer<typeof WorkingHours>

/** `2026-11-22T14:30`, as a form has it. */
type WallClock = string

const dayMinutes = 1_440
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const two = (n: number) => String(n).padStart(2, '0')
const at = (day: string, minutes: number): WallClock =>
  `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** The part of a day in which it is worked; all of it when no hours are asked for. */
function span(day: string, hours: WorkingHours | null): [number, number] {
  if (!hours) return [0, dayMinutes]
  if (!hours.days.includes(weekday(day))) return [0, 0]
  return [minutesOf(hours.from), minutesOf(hours.to)]
}

/** When something that takes so long is over; with hours, only they are counted. */
export function endOf(start: WallClock, minutes: number, hours: WorkingHours | null): WallClock {
  let day = start.slice(0, 10)
  let from = minutesOf(start.slice(11))
  let left = minutes
  if (left === 0) return start
  for (;;) {
    const [opens, closes] = span(day, hours)
    const begin = Math.max(from, opens)
    const room = Math.max(0, closes - begin)
    if (left < room || (left === room && closes < dayMinutes)) return at(day, begin + left)
    left -= room
    day = addDays(day, 1)
    from = 0
    if (left === 0 && !hours) return at(day, 0)
  }
}

/** How long it takes from one to the other; with hours, only they are counted. */
export function minutesBetween(
  start: WallClock,
  end: WallClock,
  hours: WorkingHours | null,
): number {
  let total = 0
  const [last, until] = [end.slice(0, 10), minutesOf(end.slice(11))]
  let from = minutesOf(start.slice(11))
  for (let day = start.slice(0, 10); day <= last; day = addDays(day, 1)) {
    const [opens, closes] = span(day, hours)
    const stop = day === last ? Math.min(until, closes) : closes
    total += Math.max(0, stop - Math.max(from, opens))
    from = 0
  }
  return total
}
