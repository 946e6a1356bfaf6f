import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareGroups } from './control.ts'

it('says nothing about small groups', () => {
  const few = compareGroups({ people: 20, returning: 15 }, { people: 20, returning: 2 })
  expect(few?.verdict).toBe('too-few')
})

it('tells a clear difference from what may be chance', () => {
  const control = { people: 1_000, returning: 50 }
  expect(compareGroups({ people: 9_000, returning: 900 }, control)?.verdict).toBe('more')
  expect(compareGroups({ people: 9_000, returning: 460 }, control)?.verdict).toBe('unclear')
  expect(compareGroups({ people: 9_000, returning: 90 }, control)?.verdict).toBe('fewer')
})

it('never claims more when fewer came, and turns around with the groups', () => {
  const group = fc
    .tuple(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([people, share]) => ({ people, returning: Math.round(people * share) }))
  const opposite = { more: 'fewer', fewer: 'more', unclear: 'unclear', 'too-few': 'too-few' }
  fc.assert(
    fc.property(group, group, (a, b) => {
      const [there, back] = [compareGroups(a, b), compareGroups(b, a)]
      expect(back?.verdict).toBe(there && opposite[there.verdict])
      if (there?.verdict === 'more') expect(there.difference).toBeGreaterThan(0)
    }),
  )
})
