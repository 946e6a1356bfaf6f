/** When a deferred message is tried again, and when it has been tried enough. */

const minute = 60_000

/** Waits after the first, second… deferral: quick for greylisting, then patient. Together about 31 hours. */
const waits = [1, 5, 15, 30, 60, 120, 240, 360, 480, 540].map((minutes) => minutes * minute)

export const maxAttempts = waits.length + 1

/**
 * Milliseconds until the next try after `attempts` tries, or null when it was the last. `spread` in
 * [0, 1) lengthens the wait by up to a fifth, so that a relay that comes back is not met by all at once.
 */
export function retryDelay(attempts: number, spread: number): number | null {
  const wait = waits[attempts - 1]
  return wait === undefined ? null : Math.round(wait * (1 + spread / 5))
}

/** How long a run keeps off a relay that fails as a whole, after the nth failure in a row. */
export function relayPause(failures: number): number | null {
  return [5_000, 15_000, 60_000, 300_000][failures - 1] ?? null
}
