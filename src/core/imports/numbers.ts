/** Numbers as shops' files write them, read exactly: no floating point comes near an amount. */

const zero = 48
const nine = 57

/* Skipped wherever they stand: spaces of every width, apostrophes, and what currencies put around a number. */
const decoration = new Set([32, 160, 0x2009, 0x202f, 39, 0x2019, 36, 163, 0x20ac, 165, 9])
const currencyWords =
  /(?:^\s*(?:eur|chf|usd|gbp|cad|fr|frs)\.?\s*|\s*(?:eur|euros?|chf|usd|gbp|cad|fr|frs|ttc|ht)\.?\s*$)/gi

/**
 * The value times 10^digits as an integer, halves rounded away from zero: `parseScaled('1 234,565', ',', 2)`
 * is 123457. Undefined when it is not a number or leaves the safe integers. A minus may stand in front,
 * behind, or be a pair of parentheses.
 */
export function parseScaled(raw: string, decimal: ',' | '.', digits: number): number | undefined {
  const plain = scanScaled(raw, decimal, digits)
  if (plain !== undefined) return plain
  if (/[a-z]/i.test(raw)) {
    if (/^-?\d+(\.\d+)?e[+-]?\d{1,2}$/i.test(raw.trim())) return scaleFloat(Number(raw), digits)
    const bare = raw.replace(currencyWords, '')
    if (bare !== raw) return scanScaled(bare, decimal, digits)
  }
  return undefined
}

const scaleFloat = (value: number, digits: number) => {
  const scaled = Math.round(value * 10 ** digits)
  return Number.isSafeInteger(scaled) ? scaled : undefined
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one pass over the characters, run for every amount of ten million lines
function scanScaled(raw: string, decimal: ',' | '.', digits: number): number | undefined {
  const point = decimal === ',' ? 44 : 46
  const thousands = decimal === ',' ? 46 : 44
  let value = 0
  let seen = 0
  let fraction = -1
  let roundUp = false
  let negative = false
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at)
    if (code >= zero && code <= nine) {
      seen++
      if (fraction < 0 || fraction < digits) {
        value = value * 10 + (code - zero)
        if (fraction >= 0) fraction++
      } else if (fraction === digits) {
        roundUp = code >= 53
        fraction++
      }
    } else if (code === point) {
      if (fraction >= 0) return undefined
      fraction = 0
    } else if (code === thousands) {
      if (fraction >= 0 || !isThousands(raw, at)) return undefined
    } else if (code === 45 || code === 0x2212 || code === 40) {
      if (negative || (seen > 0 && raw.slice(at + 1).trim() !== '')) return undefined
      negative = true
    } else if (code === 43) {
      if (seen > 0) return undefined
    } else if (code !== 41 && !decoration.has(code)) return undefined
  }
  if (seen === 0) return undefined
  const missing = digits - Math.min(Math.max(fraction, 0), digits)
  const scaled = value * 10 ** missing + (roundUp ? 1 : 0)
  if (!Number.isSafeInteger(scaled)) return undefined
  return negative && scaled !== 0 ? -scaled : scaled
}

/** A thousands mark stands between digits and before a group of three. */
const isThousands = (raw: string, at: number) => /^\d{3}(?!\d)/.test(raw.slice(at + 1))

export type NumberDecision = { decimal: ',' | '.'; fits: number }

/** The decimal mark of a column. `usual` decides when no value tells: what the file's separator suggests. */
export function decideDecimals(values: readonly string[], usual: ',' | '.'): NumberDecision {
  const given = values.filter((value) => value.trim() !== '')
  const fitting = (decimal: ',' | '.') =>
    given.filter((value) => parseScaled(value, decimal, 3) !== undefined).length
  const other = usual === ',' ? '.' : ','
  const asUsual = fitting(usual)
  const asOther = fitting(other)
  const [decimal, best] =
    asOther > asUsual ? ([other, asOther] as const) : ([usual, asUsual] as const)
  return { decimal: tells(given) ?? decimal, fits: given.length === 0 ? 0 : best / given.length }
}

/** A single mark before one, two or more than three digits is a decimal mark whatever is usual. */
function tells(values: readonly string[]): ',' | '.' | undefined {
  for (const value of values) {
    const match = /^\D*\d+([.,])(\d+)\D*$/.exec(value)
    if (match && match[2]?.length !== 3) return match[1] === ',' ? ',' : '.'
  }
  return undefined
}
