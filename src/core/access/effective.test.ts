import fc from 'fast-check'
import { expect, it } from 'vitest'
import { holds, rights, withImplied } from '../kernel/right.ts'
import { effectiveRights, rightsChanged } from './effective.ts'

const someRights = fc.subarray([...rights])
const someGroups = fc
  .array(someRights, { maxLength: 5 })
  .map((all) => all.map((own, at) => ({ id: at + 1, name: `Groupe ${at + 1}`, rights: own })))

it('effective rights are the union, each with exactly the doors it comes through', () => {
  fc.assert(
    fc.property(someRights, someGroups, (own, groups) => {
      const effective = effectiveRights(own, groups)
      const union = new Set(withImplied([...own, ...groups.flatMap((group) => group.rights)]))
      expect(new Set(effective.map(({ right }) => right))).toEqual(union)
      for (const { right, reasons } of effective) {
        const from = reasons.map((reason) => (reason.kind === 'own' ? 0 : reason.id))
        const through = groups.filter((group) => holds(group.rights, right)).map(({ id }) => id)
        expect(from).toEqual([...(holds(own, right) ? [0] : []), ...through])
      }
    }),
  )
})

it('an edit is what it gave and what it took', () => {
  fc.assert(
    fc.property(someRights, someRights, (before, after) => {
      const { given, taken } = rightsChanged(before, after)
      const kept = before.filter((right) => !taken.includes(right))
      expect(new Set([...kept, ...given])).toEqual(new Set(after))
    }),
  )
})
