/** Values of sale lines that are remembered from line to line. */
import { parseDate } from '#core/imports/dates.ts'
import { ownText } from './loader.ts'
import type { Amounts, SalesRun } from './sales-loader.ts'

/** Digits of a currency's minor unit: two for the euro, none for the yen. */
export function createDigits(): SalesRun['digitsOf'] {
  const known = new Map<string, number>()
  return (currency) => {
    const digits =
      known.get(currency) ??
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ??
      2
    known.set(currency, digits)
    return digits
  }
}

/** The lines of a receipt follow each other: most dates are the one before. */
export function createDates(): SalesRun['dateOf'] {
  let lastText = ''
  let last: string | undefined
  return (text, column) => {
    if (text === lastText) return last
    last = parseDate(text, column.dates)
    lastText = ownText(text)
    return last
  }
}

/**
 * For a line that came without a number: made of what it says, so that the same line of the same receipt gets the
 * same number whichever file brings it. Thirty bits.
 */
export const lineHash = ({ articleId, quantity, amount }: Amounts): number =>
  (Math.imul(articleId ?? 0, 0x9e3779b1) ^
    Math.imul(quantity, 0x85ebca6b) ^
    Math.imul(amount, 0xc2b2ae35)) &
  0x3fffffff
