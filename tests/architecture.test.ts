import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

type Import = { from: string; to: string }

/** Every import in src, type-only ones too, as repository-relative paths or package names. */
const imports: Import[] = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((file) => {
    const from = join('src', file)
    const source = readFileSync(join(root, from), 'utf8')
    const specifiers = [
      ...source.matchAll(/^(?:import|export)\s(?:[^'"=;]*?\sfrom\s)?['"]([^'"]+)['"]/gm),
    ]
    return specifiers.map(([, to = '']) => ({
      from,
      to: resolve(from, to),
    }))
  })

function resolve(from: string, to: string): string {
  if (to.startsWith('.')) return join(dirname(from), to)
  return to.replace(/^#core\//, 'src/core/').replace(/^#platform\//, 'src/server/platform/')
}

const featureOf = (path: string) => /^src\/server\/features\/([^/]+)\//.exec(path)?.[1]
const isTest = (path: string) => path.endsWith('.test.ts')

/** One line per rule of ARCHITECTURE.md: the rule's words, and the imports that break it. */
const rules: Record<string, (i: Import) => boolean> = {
  'core imports only core and zod': ({ from, to }) =>
    from.startsWith('src/core/') && !isTest(from) && !to.startsWith('src/core/') && to !== 'zod',
  'platform knows no feature': ({ from, to }) =>
    from.startsWith('src/server/platform/') &&
    (to.startsWith('src/server/features/') || /^src\/core\/(?!kernel\/)/.test(to)),
  'web never imports server': ({ from, to }) =>
    from.startsWith('src/web/') && to.startsWith('src/server/'),
  'features meet only through service.ts': ({ from, to }) => {
    const [here, there] = [featureOf(from), featureOf(to)]
    return (
      here !== undefined && there !== undefined && here !== there && !to.endsWith('/service.ts')
    )
  },
  'only queries.ts builds SQL': ({ from, to }) =>
    featureOf(from) !== undefined &&
    !isTest(from) &&
    !from.endsWith('queries.ts') &&
    ['kysely', 'pg'].includes(to),
}

it.each(Object.keys(rules))('%s', (name) => {
  expect(imports.filter(rules[name] ?? (() => true))).toEqual([])
})

it('finds imports at all', () => {
  expect(imports.length).toBeGreaterThan(10)
})
