/** EAN codes: 8 or 13 digits of which the last checks the others. */

/** The check digit of the digits before it, weighted 3 and 1 from the right. */
function checkDigit(digits: string): number {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

/** The EAN of these 7 or 12 digits. */
export const withCheckDigit = (digits: string): string => `${digits}${checkDigit(digits)}`

/**
 * What the last digit should be of a number that has the length of an EAN but is none; undefined when it is one,
 * or has another length. Shops number their own cards as they like: this is a hint, never a refusal.
 */
export function eanMistake(cardNumber: string): number | undefined {
  const digits = cardNumber.replaceAll(' ', '')
  if (!/^(\d{8}|\d{13})$/.test(digits)) return undefined
  const right = checkDigit(digits.slice(0, -1))
  return digits.endsWith(String(right)) ? undefined : right
}
