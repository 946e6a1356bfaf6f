/**
 * The receipts of a chunk, told apart by shop, day, till and number: numbers begin anew each year or with each
 * till. Kept as bytes and numbers in arrays that serve one chunk after another: as objects they would outlive the
 * young generation and pile up by the hundred megabytes between two full collections.
 */
import { copyNull, copyText } from '#platform/db/copy.ts'
import { hashOf } from './seen-keys.ts'
import { createTexts, grown } from './texts.ts'

export type Head = {
  storeId: number
  till: string
  receipt: string
  /** ISO, local to the shop; its first ten characters are the day. */
  soldAt: string
  currency: string
  customer: string | null
}

export type Receipts = {
  /** The receipt's number in the chunk; a customer that an earlier line left out is filled in. */
  readonly numberOf: (head: Head, line: number) => number
  /** Whether a receipt's line number is not above the one before it: it may come twice. */
  readonly goesBack: (r: number, lineNumber: number) => boolean
  /** A number for a line that has none: `wanted`, or the next that is free on the receipt. */
  readonly freeLine: (r: number, wanted: number) => number
  /** COPY's text of all receipts, in pieces. */
  readonly texts: () => Generator<string>
  /** Empty for the next chunk, which the last receipt may go on in: its numbers stay taken. */
  readonly clear: () => void
}

const pieceCharacters = 64 * 1024
const derivedNumbers = 2 ** 30

export function createReceipts(): Receipts {
  const keys = createTexts()
  const heads = createTexts()
  const customers = createTexts()
  const slots = createSlots()
  const derived = createLineNumbers()
  let customerOf = new Int32Array(1024)
  let lastLine = new Int32Array(1024)
  let count = 0
  let lastKey = ''
  let last = -1

  const add = ({ storeId, till, receipt, soldAt, currency }: Head, line: number): number => {
    if (count === lastLine.length) {
      customerOf = grown(customerOf)
      lastLine = grown(lastLine)
    }
    heads.add(
      `${count}\t${line}\t${storeId}\t${copyText(receipt)}\t${copyText(till)}\t${soldAt}\t${soldAt.slice(0, 10)}\t${currency}\t`,
    )
    customerOf[count] = -1
    lastLine[count] = -1
    return count++
  }
  const numberOf = (head: Head, line: number) => {
    const key = `${head.storeId} ${head.soldAt.slice(0, 10)} ${head.till}\t${head.receipt}`
    // The lines of a receipt follow each other.
    if (key === lastKey) return last
    const at = keys.add(key)
    const found = slots.find(hashOf(key), (r) => keys.isSame(r, at))
    lastKey = key
    last = found ?? add(head, line)
    if (found === undefined) slots.set(last)
    else keys.drop()
    derived.turnTo(last, key)
    return last
  }
  return {
    numberOf: (head, line) => {
      const r = numberOf(head, line)
      if (head.customer !== null && customerOf[r] === -1)
        customerOf[r] = customers.add(head.customer)
      return r
    },
    goesBack: (r, lineNumber) => {
      const back = lineNumber <= (lastLine[r] ?? -1)
      lastLine[r] = lineNumber
      return back
    },
    freeLine: derived.free,
    *texts() {
      let text = ''
      for (let r = 0; r < count; r++) {
        const customer = customerOf[r] ?? -1
        text += `${heads.get(r)}${customer < 0 ? copyNull : copyText(customers.get(customer))}\n`
        if (text.length < pieceCharacters) continue
        yield text
        text = ''
      }
      yield text
    },
    clear: () => {
      for (const part of [keys, heads, customers, slots]) part.clear()
      derived.clear(lastKey)
      count = 0
      lastKey = ''
      last = -1
    },
  }
}

/** Numbers of lines that came without one, each once on its receipt. */
function createLineNumbers() {
  const taken = createSlots()
  let last = -1
  /** Given to lines of the last receipt; and of the last of the chunk before, which may go on in this one. */
  let given: number[] = []
  const before = { key: '', given }

  const isTaken = (r: number, number: number) =>
    taken.find(r * derivedNumbers + number + 1, () => true) !== undefined
  return {
    turnTo: (r: number, key: string): void => {
      last = r
      given = key === before.key ? before.given : []
      for (const number of given) if (!isTaken(r, number)) taken.set(0)
    },
    free: (r: number, wanted: number): number => {
      let number = wanted % derivedNumbers
      while (isTaken(r, number)) number = (number + 1) % derivedNumbers
      taken.set(0)
      if (r === last) given.push(number)
      return number
    },
    clear: (lastKey: string): void => {
      before.key = lastKey
      before.given = given
      given = []
      last = -1
      taken.clear()
    },
  }
}

/** Hashes, none of them 0, and what stands for each. */
function createSlots() {
  let size = 1 << 12
  let hashes = new Float64Array(size)
  let values = new Int32Array(size)
  let count = 0
  let slot = 0
  let hash = 0

  const grow = () => {
    const [oldHashes, oldValues] = [hashes, values]
    size *= 2
    hashes = new Float64Array(size)
    values = new Int32Array(size)
    for (const [at, old] of oldHashes.entries()) {
      if (old === 0) continue
      let free = old % size
      while (hashes[free] !== 0) free = (free + 1) % size
      hashes[free] = old
      values[free] = oldValues[at] ?? 0
    }
  }
  return {
    /** The value of this hash that is meant; when there is none, `set` gives it one. */
    find: (wanted: number, isMeant: (value: number) => boolean): number | undefined => {
      if (count > size * 0.6) grow()
      hash = wanted
      slot = wanted % size
      while (hashes[slot] !== 0) {
        const value = values[slot] ?? 0
        if (hashes[slot] === wanted && isMeant(value)) return value
        slot = (slot + 1) % size
      }
      return undefined
    },
    set: (value: number): void => {
      hashes[slot] = hash
      values[slot] = value
      count++
    },
    clear: () => {
      hashes.fill(0)
      count = 0
    },
  }
}
