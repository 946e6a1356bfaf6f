import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyChanges, changesBetween, inverse, sameValue, type Values } from './change.ts'

const field = fc.constantFrom('city', 'phone', 'custom.size', 'criterion1')
const value = fc.constantFrom<Values[string]>('', 'a', 'b', 1, true, null, ['x', 'y'], ['y', 'x'])
const card: fc.Arbitrary<Values> = fc.dictionary(field, value)

const apply = (card: Values, applied: Record<string, [unknown, Values[string]]>): Values => ({
  ...card,
  ...Object.fromEntries(Object.entries(applied).map(([key, [, after]]) => [key, after])),
})

const same = (a: Values, b: Values) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) =>
    sameValue(a[key] ?? null, b[key] ?? null),
  )

const at = (a: Values, key: string, b: Values) => sameValue(a[key] ?? null, b[key] ?? null)
const touched = (base: Values, mine: Values) =>
  Object.keys({ ...base, ...mine }).filter((key) => !at(base, key, mine))

it('loses nobody’s change: either both are in, or the conflict is named', () => {
  fc.assert(
    fc.property(card, card, card, (base, theirs, mine) => {
      const outcome = applyChanges(theirs, changesBetween(base, mine))
      const contested = Object.keys({ ...base, ...theirs, ...mine }).filter((key) => {
        return !at(base, key, theirs) && !at(base, key, mine) && !at(theirs, key, mine)
      })
      if ('conflicts' in outcome)
        expect(outcome.conflicts.map((c) => c.field).sort()).toEqual(contested.sort())
      else {
        expect(contested).toEqual([])
        const result = apply(theirs, outcome.applied)
        expect(touched(base, mine).every((key) => at(result, key, mine))).toBe(true)
      }
    }),
  )
})

it('can always be taken back at once', () => {
  fc.assert(
    fc.property(card, card, (before, after) => {
      const outcome = applyChanges(before, changesBetween(before, after))
      if ('conflicts' in outcome) throw new Error('no conflict with oneself')
      const saved = apply(before, outcome.applied)
      const back = applyChanges(saved, inverse(outcome.applied))
      if ('conflicts' in back) throw new Error('no conflict with oneself')
      expect(same(apply(saved, back.applied), before)).toBe(true)
    }),
  )
})
