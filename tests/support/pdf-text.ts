/** Reads back what our own PDFs draw: lines of text with their place, and rectangles; points from the top left. */
import { inflateSync } from 'node:zlib'

type DrawnPage = {
  width: number
  height: number
  texts: { text: string; x: number; y: number; size: number }[]
  rects: { x: number; y: number; width: number; height: number }[]
}

const objectOf = /(\d+) 0 obj\n([\s\S]*?)\nendobj/g

export function readPdf(bytes: Uint8Array): DrawnPage[] {
  const source = Buffer.from(bytes).toString('latin1')
  const objects = new Map([...source.matchAll(objectOf)].map(([, id, body]) => [id, body ?? '']))
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body))
  const glyphs = readGlyphs([...objects.values()].map(streamOf).join('\n'))
  return pages.map((page) => {
    const [width = 0, height = 0] = numbers(/\/MediaBox \[0 0 ([\d. ]+)\]/.exec(page)?.[1] ?? '')
    const content = streamOf(objects.get(/\/Contents (\d+)/.exec(page)?.[1] ?? '') ?? '')
    return { width, height, ...readContent(content, { height, glyphs }) }
  })
}

function streamOf(body: string): string {
  const match = /stream\n([\s\S]*)\nendstream/.exec(body)
  if (!match) return ''
  const data = Buffer.from(match[1] ?? '', 'latin1')
  return body.includes('/FlateDecode')
    ? inflateSync(data).toString('latin1')
    : data.toString('latin1')
}

const numbers = (text: string) => text.trim().split(/\s+/).map(Number)

/** The characters of the glyph numbers, from the font's ToUnicode map. */
function readGlyphs(streams: string): Map<number, string> {
  const glyphs = new Map<number, string>()
  for (const [, from = '', targets = ''] of streams.matchAll(
    /<([0-9a-f]{4})> <[0-9a-f]{4}> \[((?:<[0-9a-f ]+>\s*)+)\]/g,
  )) {
    const first = Number.parseInt(from, 16)
    for (const [at, target] of [...targets.matchAll(/<([0-9a-f ]+)>/g)].entries()) {
      const units = (target[1] ?? '').split(' ').map((unit) => Number.parseInt(unit, 16))
      glyphs.set(first + at, String.fromCharCode(...units))
    }
  }
  return glyphs
}

type On = { height: number; glyphs: Map<number, string> }

function readContent(content: string, { height, glyphs }: On) {
  const texts: DrawnPage['texts'] = []
  const rects: DrawnPage['rects'] = []
  const state = { x: 0, y: 0, size: 0 }
  for (const line of content.split('\n')) {
    const values = numbers(line)
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values
    if (line.endsWith(' re')) rects.push({ x: a, y: b, width: c, height: d })
    // The page is turned upside down once, so that a baseline lies `height - f` from the top.
    if (line.endsWith(' Tm')) Object.assign(state, { x: e, y: height - f })
    const size = /\/F\d+ ([\d.]+) Tf/.exec(line)?.[1]
    if (size) state.size = Number(size)
    if (line.endsWith(' TJ')) texts.push({ ...state, text: textOf(line, glyphs) })
  }
  return { texts, rects }
}

const textOf = (operator: string, glyphs: Map<number, string>) =>
  [...operator.matchAll(/<([0-9a-f]+)>/g)]
    .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    .map((glyph) => glyphs.get(Number.parseInt(glyph, 16)) ?? '\ufffd')
    .join('')
