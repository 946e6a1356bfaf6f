/** The keys of a file so far, by a number each and not by the text: a million take sixteen megabytes. */

export type SeenKeys = {
  /** The line that had the key first; undefined when it is new, and from now on it is this line's. */
  readonly firstLine: (key: string, line: number) => number | undefined
}

export function createSeenKeys(): SeenKeys {
  let size = 1 << 16
  let hashes = new Float64Array(size)
  let lines = new Uint32Array(size)
  let count = 0

  const slotOf = (hash: number) => {
    let slot = hash % size
    while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) % size
    return slot
  }
  const grow = () => {
    const [oldHashes, oldLines] = [hashes, lines]
    size *= 2
    hashes = new Float64Array(size)
    lines = new Uint32Array(size)
    oldHashes.forEach((hash, at) => {
      if (hash === 0) return
      const slot = slotOf(hash)
      hashes[slot] = hash
      lines[slot] = oldLines[at] ?? 0
    })
  }
  return {
    firstLine: (key, line) => {
      const hash = hashOf(key)
      const slot = slotOf(hash)
      if (hashes[slot] === hash) return lines[slot]
      hashes[slot] = hash
      lines[slot] = line
      if (++count > size * 0.6) grow()
      return undefined
    },
  }
}

/** 52 bits: among a million keys, two share theirs once in ten thousand files. Never 0. */
export function hashOf(key: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return (b >>> 12) * 4_294_967_296 + (a >>> 0) + 1
}
