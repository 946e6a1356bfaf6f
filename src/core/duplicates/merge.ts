import { sameValue, type Values, valuesOf } from '../parties/change.ts'
import type { FieldValue } from '../parties/custom-field.ts'
import { loyaltyFigures } from '../parties/loyalty.ts'
import type { Party } from '../parties/party.ts'

/** Fields a merge decides by rule: the code stays with its card, a withdrawal wins, loyalty figures add up. */
const ruled: readonly string[] = [
  'code',
  'doNotContact',
  'opensConsent',
  'loyaltyCurrency',
  ...loyaltyFigures,
]

export type FieldChoice = {
  field: string
  a: FieldValue
  b: FieldValue
  /** What is proposed: the card that has something, this one when both have. */
  from: 'a' | 'b'
}

const isEmpty = (value: FieldValue | undefined) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

/** The fields in which the two cards differ, each with a proposal that loses nothing. */
export function choicesOf(a: Party, b: Party): FieldChoice[] {
  const [mine, theirs] = [valuesOf(a), valuesOf(b)]
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  return fields
    .filter((field) => !ruled.includes(field))
    .map((field) => ({ field, a: mine[field] ?? null, b: theirs[field] ?? null }))
    .filter(({ a: left, b: right }) => !sameValue(left, right))
    .map((choice) => ({ ...choice, from: isEmpty(choice.a) ? 'b' : 'a' }))
}

/** What the merge request asks for: the other card's value where it was chosen. */
export function chosenValues(choices: readonly FieldChoice[]): Values {
  return Object.fromEntries(
    choices.filter(({ from }) => from === 'b').map(({ field, b }) => [field, b]),
  )
}

/** Whether a merge may set the field at all. */
export const isMergeable = (field: string): boolean => !ruled.includes(field)

/** What one card says of measuring openings once it is both: a refusal wins, a word counts for more than none. */
export const mergedOpens = (mine: boolean | null, theirs: boolean | null): boolean | null =>
  mine === false || theirs === false ? false : (mine ?? theirs)
