import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

/* The budgets of what a visitor downloads, in kB after gzip: deterministic, so a hard limit. */
const shellBudget = 240
const cssBudget = 42
const fontBudget = 60
const routeBudget = 70
/** Parts of the kit come when a page first needs them, not with the shell. */
const kitBudget = 25
const wideRoutes: Record<string, number> = {
  results: 190,
  echarts: 190,
  email: 240,
  // Opens on the selection, with the criteria editor and its counters.
  'mailing-page': 95,
}

const dist = join(import.meta.dirname, '../../dist/web')

const Chunk = z.object({
  file: z.string(),
  isEntry: z.boolean().default(false),
  isDynamicEntry: z.boolean().default(false),
  imports: z.array(z.string()).default([]),
  css: z.array(z.string()).default([]),
  assets: z.array(z.string()).default([]),
})
type Chunk = z.infer<typeof Chunk>

let chunks: Record<string, Chunk> = {}

beforeAll(() => {
  const manifest = join(dist, '.vite/manifest.json')
  if (!existsSync(manifest)) throw new Error('dist/web is missing: run `npm run build` first')
  chunks = z.record(z.string(), Chunk).parse(JSON.parse(readFileSync(manifest, 'utf8')))
})

const kilobytes = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1_000

/** A chunk and all it imports at once, by name in the manifest. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const imported of chunks[name]?.imports ?? []) withImports(imported, seen)
  return seen
}

const filesOf = (names: Iterable<string>) => [...names].flatMap((name) => chunks[name]?.file ?? [])
const entry = () => Object.keys(chunks).find((name) => chunks[name]?.isEntry) ?? ''

describe('the built web app keeps its budgets', () => {
  it('in the code of every page', () => {
    expect(kilobytes(filesOf(withImports(entry())))).toBeLessThanOrEqual(shellBudget)
  })

  it('in the styles of every page', () => {
    const css = new Set([...withImports(entry())].flatMap((name) => chunks[name]?.css ?? []))
    expect(kilobytes(css)).toBeLessThanOrEqual(cssBudget)
  })

  it('in the font that French and English need', () => {
    const fonts = Object.values(chunks)
      .map(({ file }) => file)
      .filter((file) => /latin-wght.*woff2$/.test(file))
    expect(fonts).toHaveLength(1)
    expect(kilobytes(fonts)).toBeLessThanOrEqual(fontBudget)
  })

  it('in a first visit of each page', () => {
    const shell = [...withImports(entry())]
    const over = Object.keys(chunks)
      .filter((name) => chunks[name]?.isDynamicEntry)
      .map((name) => {
        const wide = Object.keys(wideRoutes).find((word) => name.includes(word)) ?? ''
        const size = kilobytes(filesOf(new Set([...shell, ...withImports(name)])))
        return { name, size, most: shellBudget + kitBudget + (wideRoutes[wide] ?? routeBudget) }
      })
      .filter(({ size, most }) => size > most)
    expect(over).toEqual([])
  })
})
