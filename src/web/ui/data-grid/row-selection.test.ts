import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  countSelected,
  everything,
  isSelected,
  nothing,
  toggle,
  togglePage,
} from './row-selection.ts'

const ids = Array.from({ length: 20 }, (_, at) => at + 1)

it('counts what is selected, after any clicks', () => {
  const clicks = fc.array(fc.constantFrom(...ids))
  fc.assert(
    fc.property(fc.constantFrom(nothing, everything), clicks, (start, clicked) => {
      const selection = clicked.reduce(toggle, start)
      const chosen = ids.filter((id) => isSelected(selection, id))
      expect(countSelected(selection, ids.length)).toBe(chosen.length)
    }),
  )
})

it('takes a page away only when all of it was chosen', () => {
  const some = togglePage({ ids: [1, 9] }, [1, 2, 3])
  expect(some).toEqual({ ids: [9, 1, 2, 3] })
  expect(togglePage(some, [1, 2, 3])).toEqual({ ids: [9] })
  expect(togglePage(everything, [1, 2, 3])).toEqual(nothing)
})
