/** Calendar days as text, `2026-11-22`: no clock, no time zone. */

const oneDay = 86_400_000

const toTime = (day: string) => Date.parse(`${day}T00:00:00Z`)

export const addDays = (day: string, count: number): string =>
  new Date(toTime(day) + count * oneDay).toISOString().slice(0, 10)

/** Days from `from` to `to`, negative when `to` comes first. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((toTime(to) - toTime(from)) / oneDay)

/** 0 for Sunday to 6 for Saturday. */
export const weekday = (day: string): number => new Date(toTime(day)).getUTCDay()
