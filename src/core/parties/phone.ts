/**
 * E.164 form of a French number however it was typed (`06 12…`, `+33 (0)6…`, `0033…`, `612…` after a
 * spreadsheet ate the zero), nothing when it is not surely one. Other countries' numbers need their
 * numbering plans: `toE164` of the parties service reads those.
 */
export function normalisePhone(typed: string, country: string): string | undefined {
  const digits = compact(typed)
  const international = /^(?:\+|00)33(?:\(?0\)?)?([1-9]\d{8})$/.exec(digits)
  if (international) return `+33${international[1]}`
  if (country !== 'FR') return undefined
  const national = /^(?:0|33|)([1-9]\d{8})$/.exec(digits)
  return national ? `+33${national[1]}` : undefined
}

/** P-31 on a normalised number: a French mobile, 06 or 07. */
export const isFrenchMobile = (e164: string): boolean => /^\+33[67]/.test(e164)

/** A number as people of its country write it: `06 12 34 56 78`; others in groups after the plus. */
export function printPhone(e164: string): string {
  const french = /^\+33([1-9])(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(e164)
  if (!french) return e164
  const [, area, ...pairs] = french
  return [`0${area}`, ...pairs].join(' ')
}

/**
 * How a number that starts so would start in E.164, for searching while it is typed: `06 1` is `+3361`.
 * Nothing when there are too few digits to look for.
 */
export function phonePrefix(typed: string): string | undefined {
  const digits = compact(typed)
  if (!/^(?:\+|0)?\d{3,}$/.test(digits)) return undefined
  if (digits.startsWith('+')) return digits.replace(/^\+330/, '+33')
  if (digits.startsWith('00')) return `+${digits.slice(2).replace(/^330/, '33')}`
  if (digits.startsWith('0')) return `+33${digits.slice(1)}`
  return `+33${digits}`
}

/* Everything people put between digits, no-break spaces of either width included. */
const compact = (typed: string) => typed.replace(/[\s.\-/\\_·\u00a0\u202f()]/g, '')
