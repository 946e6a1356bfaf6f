/** Postal addresses as the French norm NF Z10-011 wants them: at most six lines of 38 characters. */

import { wrapLines } from './fit.ts'

export type Postal = {
  nature: string
  salutation: string
  firstName: string
  lastName: string
  company: string
  address1: string
  address2: string
  postalCode: string
  city: string
  country: string
}

export const postalLimits = { lines: 6, characters: 38 } as const

/**
 * The lines of an address, the last being the country when it is not `home`. From the street on they are in
 * capitals without punctuation; what is too long is abbreviated, then wrapped while there is a line left,
 * then cut with a mark.
 */
export function postalLines(address: Postal, home: string): string[] {
  const { people, places } = parts(address, home)
  const lines = [...people.map(tidy), ...places.map(capitals)].filter((line) => line !== '')
  return fitLines(lines.map(abbreviated))
}

function parts(address: Postal, home: string) {
  const { salutation, firstName, lastName, company, postalCode, city, country } = address
  const person = [salutation, firstName, lastName].filter(Boolean).join(' ')
  const people = address.nature === 'company' ? [company, person] : [person, company]
  const abroad = country !== '' && country !== home
  return {
    people,
    places: [
      ...streetOf(address),
      townOf(postalCode, city, country),
      ...(abroad ? [countryName(country)] : []),
    ],
  }
}

const startsWithNumber = /^\s*\d+[\s,a-z]/i
const specialService = /^\s*(?:BP|CS|TSA|CEDEX|LIEU[- ]DIT|B\.P\.)\b/i

/** The norm puts what completes an address above the street, and a post box or hamlet below it. */
function streetOf({ address1, address2 }: Postal): string[] {
  if (specialService.test(address2)) return [address1, address2]
  if (specialService.test(address1)) return [address2, address1]
  const swapped = startsWithNumber.test(address2) && !startsWithNumber.test(address1)
  return swapped ? [address1, address2] : [address2, address1]
}

/** These countries write the town first. */
const townFirst = new Set(['GB', 'IE', 'US', 'CA', 'AU', 'NZ', 'IN', 'HK', 'SG'])

const townOf = (postalCode: string, city: string, country: string) =>
  (townFirst.has(country) ? [city, postalCode] : [postalCode, city]).filter(Boolean).join(' ')

const names = new Map<string, string>()

function countryName(code: string): string {
  const known = names.get(code)
  if (known !== undefined) return known
  const name = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'code' }).of(code) ?? code
  names.set(code, name)
  return name
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a value never brings a line of its own
const tidy = (text: string) => text.replace(/[\u0000-\u001f\u007f\u2028\u2029\s]+/g, ' ').trim()

/** Capitals keep their accents: sorting machines read them and people are called by them. */
const capitals = (text: string) => tidy(text.replace(/[.,;:!?"«»()]/g, ' ')).toLocaleUpperCase('fr')

/** Abbreviations of the norm. */
const abbreviations: readonly [string, string][] = [
  ['BOULEVARD', 'BD'],
  ['AVENUE', 'AV'],
  ['RÉSIDENCE', 'RES'],
  ['RESIDENCE', 'RES'],
  ['LOTISSEMENT', 'LOT'],
  ['APPARTEMENT', 'APP'],
  ['BÂTIMENT', 'BAT'],
  ['BATIMENT', 'BAT'],
  ['IMMEUBLE', 'IMM'],
  ['ENTRÉE', 'ENT'],
  ['ESCALIER', 'ESC'],
  ['ÉTAGE', 'ETG'],
  ['PLACE', 'PL'],
  ['ROUTE', 'RTE'],
  ['CHEMIN', 'CHE'],
  ['IMPASSE', 'IMP'],
  ['FAUBOURG', 'FG'],
  ['QUARTIER', 'QUA'],
  ['ZONE INDUSTRIELLE', 'ZI'],
  ['GÉNÉRAL', 'GAL'],
  ['GENERAL', 'GAL'],
  ['MARÉCHAL', 'MAL'],
  ['PRÉSIDENT', 'PDT'],
  ['PROFESSEUR', 'PR'],
  ['DOCTEUR', 'DR'],
  ['SAINTE', 'STE'],
  ['SAINT', 'ST'],
]

/** Only as far as needed. */
function abbreviated(line: string): string {
  let short = line
  for (const [long, abbreviation] of abbreviations) {
    if (lengthOf(short) <= postalLimits.characters) return short
    short = short.replace(wordOf(long), (_, before: string) => `${before}${abbreviation}`)
  }
  return short
}

/** JavaScript's own word border knows no accents. */
const wordOf = (long: string) => new RegExp(`(^|[ -])${long}(?=[ -]|$)`, 'gu')

const lengthOf = (text: string) => [...text].length

function fitLines(lines: readonly string[]): string[] {
  const { lines: rows, characters: width } = postalLimits
  const kept = lines.length > rows ? [...lines.slice(0, rows - 2), ...lines.slice(-2)] : lines
  return wrapLines(kept, { rows, width, measure: lengthOf })
}
