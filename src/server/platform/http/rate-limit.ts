/** A counter per key over a window; in this process only, which is enough against floods. */
export type RateLimit = { readonly most: number; readonly seconds: number }

type Window = { count: number; endsAt: number }

const mostKeys = 100_000

export function createRateLimiter({ most, seconds }: RateLimit) {
  const windows = new Map<string, Window>()

  /** Seconds to wait, or 0 when this call is within the limit. */
  return (key: string, now: Date): number => {
    const at = now.getTime()
    const open = windows.get(key)
    if (!open || open.endsAt <= at) {
      if (windows.size >= mostKeys) forgetEnded(windows, at)
      windows.set(key, { count: 1, endsAt: at + seconds * 1_000 })
      return 0
    }
    open.count += 1
    return open.count <= most ? 0 : Math.ceil((open.endsAt - at) / 1_000)
  }
}

/** Under a flood of distinct keys even open windows go: memory is the harder limit. */
function forgetEnded(windows: Map<string, Window>, at: number): void {
  for (const [key, { endsAt }] of windows) if (endsAt <= at) windows.delete(key)
  if (windows.size >= mostKeys) windows.clear()
}
