import { expect, it } from 'vitest'
import { isNobodyLeft } from './target.ts'

it.each([
  [{}, false],
  [{ 'to-do': 2, 'ok-stop': 3 }, false],
  [{ 'ok-stop': 3 }, true],
  [{ 'to-do': 0, 'ok-stop': 3 }, true],
  [{ 'to-do': 0 }, false],
])('nobody is left of %o: %s', (statuses, expected) => {
  expect(isNobodyLeft(statuses, (status) => status === 'to-do')).toBe(expected)
})
