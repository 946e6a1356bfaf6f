import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeDependencies, isCompatible, readDependencies } from '../scripts/licences.ts'

const read = (path: string) => readFile(join(import.meta.dirname, '..', path), 'utf8')

it('lets no dependency in whose licence cannot be part of a work under the AGPL', async () => {
  const dependencies = await readDependencies()
  expect(dependencies.length).toBeGreaterThan(100)
  expect(dependencies.filter(({ licence }) => !isCompatible(licence))).toEqual([])
})

it.each([
  ['MIT', true],
  ['(MIT OR GPL-2.0-only)', true],
  ['MIT AND BUSL-1.1', false],
  ['SSPL-1.0', false],
  ['not given', false],
])('judges %s', (expression, fits) => {
  expect(isCompatible(expression)).toBe(fits)
})

it('lists them as they are', async () => {
  expect(await read('docs/licences.md')).toBe(describeDependencies(await readDependencies()))
})

it('comes with the AGPL word for word', async () => {
  const hash = createHash('sha256')
    .update(await read('LICENSE'))
    .digest('hex')
  expect(hash).toBe('8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef')
})
