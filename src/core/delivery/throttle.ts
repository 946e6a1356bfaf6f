/** A relay's pace, shared by every process: one instant in the database, the time until which it is spoken for. */

export type Pace = { readonly perSecond: number | null; readonly perHour: number | null }

/** Messages per millisecond, the stricter of the two limits; null for no limit. */
export function rateOf({ perSecond, perHour }: Pace): number | null {
  const rates = [
    ...(perSecond === null ? [] : [perSecond / 1_000]),
    ...(perHour === null ? [] : [perHour / 3_600_000]),
  ]
  return rates.length === 0 ? null : Math.min(...rates)
}

/** At most a tenth of a second's worth at once (never less than one message), so that the limit holds over short windows too. */
export const largestBurst = (rate: number) => Math.max(1, Math.floor(rate * 100))

export type Grant = { readonly granted: number; readonly freeAt: number; readonly wait: number }

/**
 * How many of `wanted` messages may go at `now`. `freeAt` is kept for the next question. Over any window
 * of length T no more than rate × T + largestBurst messages are granted.
 */
export function grant(freeAt: number, rate: number | null, wanted: number, now: number): Grant {
  if (rate === null) return { granted: wanted, freeAt, wait: 0 }
  if (freeAt > now) return { granted: 0, freeAt, wait: freeAt - now }
  const granted = Math.min(wanted, largestBurst(rate))
  return { granted, freeAt: now + granted / rate, wait: 0 }
}
