/** Three versions of one record: what both began from, what one person has now, what another saved meanwhile. */

export type Merge<T> = {
  /** Theirs, with what only I changed; where both did, mine. */
  merged: T
  /** What both changed, each to something else. */
  conflicts: (keyof T & string)[]
}

export function mergeThreeWay<T extends object>(base: T, mine: T, theirs: T): Merge<T> {
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])] as (keyof T & string)[]
  const changed = keys.filter((key) => !isSame(mine[key], base[key]))
  return {
    merged: { ...theirs, ...Object.fromEntries(changed.map((key) => [key, mine[key]])) },
    conflicts: changed.filter(
      (key) => !isSame(theirs[key], base[key]) && !isSame(theirs[key], mine[key]),
    ),
  }
}

/** The same value as data: what JSON would say of both. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  )
}
