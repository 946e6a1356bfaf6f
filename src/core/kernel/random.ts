/** Chance as a parameter: the same seed always gives the same draws. */
export type Random = {
  /** From 0 up to, never reaching, 1. */
  next: () => number
  /** A whole number, both bounds included. */
  int: (from: number, to: number) => number
  chance: (probability: number) => boolean
  pick: <T>(list: readonly T[]) => T
  /** Like `pick`, the first ones of the list far more often than the last. */
  pickEarly: <T>(list: readonly T[]) => T
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  // mulberry32: tiny, fast, and even enough for sample data; nothing secret may come from it.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const at = <T>(list: readonly T[], index: number): T => {
    const item = list[Math.floor(index)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => at(list, next() * list.length),
    pickEarly: (list) => at(list, next() ** 2 * list.length),
  }
}
