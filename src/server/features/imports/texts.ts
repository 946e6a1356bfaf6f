/** Many short texts that are kept for a while. */

/** A copy with twice the room. */
export function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}

/**
 * Texts one behind the other in one buffer, each known by its number: a byte a letter and four bytes a text, where
 * as strings of their own a short one takes forty, and as many collections to be rid of.
 */
export function createTexts() {
  let bytes = Buffer.allocUnsafe(64 * 1024)
  let ends = new Int32Array(1024)
  let count = 0

  const startOf = (at: number) => (at === 0 ? 0 : (ends[at - 1] ?? 0))
  const endOf = (at: number) => ends[at] ?? 0
  return {
    add: (text: string): number => {
      const start = startOf(count)
      while (bytes.length - start < text.length * 3) {
        bytes = Buffer.concat([bytes], bytes.length * 2)
      }
      if (count === ends.length) ends = grown(ends)
      ends[count] = start + bytes.write(text, start)
      return count++
    },
    drop: () => {
      count--
    },
    /** Empty where there is no such text. */
    get: (at: number): string =>
      at >= 0 && at < count ? bytes.toString('utf8', startOf(at), endOf(at)) : '',
    isSame: (a: number, b: number): boolean =>
      bytes.compare(bytes, startOf(a), endOf(a), startOf(b), endOf(b)) === 0,
    clear: () => {
      count = 0
    },
  }
}
