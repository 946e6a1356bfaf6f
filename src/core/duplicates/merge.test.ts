import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Party } from '../parties/party.ts'
import { choicesOf, chosenValues, isMergeable } from './merge.ts'

const text = fc.constantFrom('', 'a', 'b')
const card = fc.record({
  code: text,
  lastName: text,
  city: text,
  doNotContact: fc.boolean(),
  criterion1: fc.constantFrom(null, 1, 2),
  custom: fc.dictionary(fc.constantFrom('size', 'colour'), text),
})

it('proposes a merge that empties no field and touches only what differs', () => {
  fc.assert(
    fc.property(card, card, (a, b) => {
      const choices = choicesOf(a as unknown as Party, b as unknown as Party)
      const values = chosenValues(choices)
      expect(Object.keys(values).every(isMergeable)).toBe(true)
      for (const { field, a: mine, b: theirs } of choices) {
        const result = field in values ? theirs : mine
        expect(result === null || result === '').toBe(false)
      }
    }),
  )
})
