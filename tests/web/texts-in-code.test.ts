import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { parseSync } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { readCatalogues } from '../e2e/support/texts.ts'

const web = join(import.meta.dirname, '../../src/web')

type Node = { type: string; start: number; [field: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

function* nodesOf(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) yield* nodesOf(child)
  }
}

const files = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.ts$/.test(file))
  .map((file) => {
    const source = readFileSync(join(web, file), 'utf8')
    const program: unknown = parseSync(file, source).program
    if (!isNode(program)) throw new Error(`${file} could not be parsed`)
    return { file, source, nodes: [...nodesOf(program)] }
  })

const spoken = new Set([
  'label',
  'title',
  'placeholder',
  'alt',
  'description',
  'aria-label',
  'message',
])

/** A letter at least; marks like `·` and figures need no translation. */
const isText = (value: unknown) => typeof value === 'string' && /\p{L}/u.test(value)

const nameOf = (node: unknown) => (isNode(node) ? String(node.name) : '')

function literalTexts(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'JSXText' && isText(node.value)) return [String(node.value).trim()]
    if (node.type !== 'JSXAttribute' || !spoken.has(nameOf(node.name))) return []
    return isNode(node.value) && isText(node.value.value) ? [String(node.value.value)] : []
  })
}

it('writes no text on screen but through the catalogues', () => {
  const found = files
    .filter(({ file }) => file.endsWith('.tsx'))
    .map(({ file, nodes }) => [file, literalTexts(nodes)] as const)
  expect(found.filter(([, texts]) => texts.length > 0)).toEqual([])
})

beforeAll(() =>
  i18next.init({
    lng: 'fr',
    fallbackLng: false,
    defaultNS: 'common',
    resources: { fr: readCatalogues('fr') },
  }),
)

const stringArgument = (node: Node): string | undefined => {
  const first: unknown = Array.isArray(node.arguments) ? node.arguments[0] : undefined
  return isNode(first) && first.type === 'Literal' && typeof first.value === 'string'
    ? first.value
    : undefined
}

const callsOf = (nodes: readonly Node[], name: string) =>
  nodes.filter((node) => node.type === 'CallExpression' && nameOf(node.callee) === name)

it('asks the catalogues only for texts that they have', () => {
  const missing = files.flatMap(({ file, nodes }) => {
    const own = callsOf(nodes, 'useTranslation').map((call) => stringArgument(call) ?? 'common')
    const keys = callsOf(nodes, 't').flatMap((call) => stringArgument(call) ?? [])
    const known = (key: string) =>
      (key.includes(':') ? [key] : own.map((namespace) => `${namespace}:${key}`)).some((full) =>
        i18next.exists(full, { count: 2 }),
      )
    return own.length === 0 ? [] : keys.filter((key) => !known(key)).map((key) => `${file}: ${key}`)
  })
  expect(missing).toEqual([])
})
