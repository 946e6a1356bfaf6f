/** What a customer is found by, brought to the one form it is compared in. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PartyKey } from '#core/imports/plan.ts'
import { isEmail, parseKey } from '#core/imports/values.ts'

/** Undefined when the text cannot be such a key. */
export function keyReader(key: PartyKey): (text: string) => string | undefined {
  if (key === 'email') {
    return (text) => (isEmail(text.trim()) ? text.trim().toLowerCase() : undefined)
  }
  if (key === 'phone') return (text) => normalisePhone(text, 'FR')
  return (text) => parseKey(text) || undefined
}

const french = /^(?:\+33|0033|0)([1-9]\d{8})$/

/** E.164; undefined when it is no number of the country or of the one it names. */
export function normalisePhone(text: string, country: string): string | undefined {
  const digits = text.replace(/[\s.\-()/\u00a0\u202f]/g, '')
  // Nearly every number of a French shop; the library takes fifty times as long to say the same.
  const match = country === 'FR' ? french.exec(digits) : null
  if (match) return `+33${match[1]}`
  // A spreadsheet takes 0612345678 for a number and drops its zero.
  if (country === 'FR' && /^[1-9]\d{8}(?:\.0)?$/.test(digits)) return `+33${digits.slice(0, 9)}`
  const found = parsePhoneNumberFromString(digits.replace(/^00/, '+'), country as CountryCode)
  return found?.isValid() ? found.number : undefined
}
