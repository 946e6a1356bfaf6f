import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeThreeWay } from './merge.ts'
import { applyTemplate, daysBetween, differences, shiftDays } from './template.ts'

const keys = ['label', 'kinds', 'costs', 'place'] as const
const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()))
const record = fc.record({ label: value, kinds: value, costs: value, place: value })
const chosen = fc.subarray([...keys])

describe('what a template changes', () => {
  it('is nothing when both say the same', async () => {
    await fc.assert(
      fc.property(record, (one) => {
        expect(differences(one, structuredClone(one), keys)).toEqual([])
      }),
    )
  })

  it('is what was chosen, and nothing else', async () => {
    await fc.assert(
      fc.property(record, record, chosen, (now, template, fields) => {
        const after = applyTemplate(now, template, fields)
        for (const key of keys) {
          expect(after[key]).toEqual((fields.includes(key) ? template : now)[key])
        }
        expect(differences(after, template, fields)).toEqual([])
        const left = differences(now, template, keys).filter(({ field }) => !fields.includes(field))
        expect(differences(after, template, keys)).toEqual(left)
      }),
    )
  })

  it('moves dates by whole days', async () => {
    const instant = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
    await fc.assert(
      fc.property(instant, fc.integer({ min: -3_000, max: 3_000 }), (from, days) => {
        expect(daysBetween(from, shiftDays(from, days))).toBe(days)
      }),
    )
  })
})

describe('two changes of one record', () => {
  it('go together, and only what both changed is a conflict', async () => {
    await fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { merged, conflicts } = mergeThreeWay(base, mine, theirs)
        const changedIn = (other: typeof base) =>
          differences(base, other, keys).map(({ field }) => field)
        for (const key of keys) {
          const isMine = changedIn(mine).includes(key)
          expect(merged[key]).toEqual((isMine ? mine : theirs)[key])
        }
        const both = changedIn(mine).filter((key) => changedIn(theirs).includes(key))
        for (const key of conflicts) expect(both).toContain(key)
        expect(mergeThreeWay(base, mine, base).merged).toEqual(mine)
        expect(mergeThreeWay(base, base, theirs)).toEqual({ merged: theirs, conflicts: [] })
      }),
    )
  })
})
