/** What is drawn on one label, measured in millimetres from its own corner. */
import { type DrawnText, fitLines, heightOf, type Measure, sizeOf } from './fit.ts'
import { type Box, insideOf, type LabelShape } from './format.ts'

/** A barcode as its encoder gives it: widths of bar, space, bar, … in modules, without the quiet zones. */
export type Bars = readonly number[]

export type LabelContent =
  | { kind: 'lines'; lines: readonly string[] }
  | { kind: 'card'; name: string; number: string; bars: Bars }

type DrawnBar = { kind: 'bar' } & Box
export type Drawn = DrawnText | DrawnBar

export function layLabel(shape: LabelShape, content: LabelContent, measure: Measure): Drawn[] {
  const inside = insideOf(shape)
  if (content.kind === 'lines') return fitLines(content.lines, inside, { measure })
  return layCard(content, inside, measure)
}

/** Light on both sides, as scanners ask; in modules. */
const quietZone = 10

/** A narrower module is not read reliably from a common label printer, a wider one wins nothing. */
const moduleWidth = { least: 0.19, most: 0.38 }

function layCard(
  { name, number, bars }: LabelContent & { kind: 'card' },
  box: Box,
  measure: Measure,
): Drawn[] {
  const above = name === '' ? 0 : Math.min(heightOf(10), box.height * 0.26)
  const below = Math.min(heightOf(8.5), box.height * 0.22)
  const gap = box.height * 0.04
  const line = (text: string, y: number, height: number) =>
    fitLines([text], { ...box, y, height }, { measure, sizes: oneLine(height), align: 'centre' })
  const top = box.y + above + (above > 0 ? gap : 0)
  const barcode = { ...box, y: top, height: box.y + box.height - below - gap - top }
  return [
    ...(name === '' ? [] : line(name, box.y, above)),
    ...layBars(bars, barcode),
    ...line(number, box.y + box.height - below, below),
  ]
}

const oneLine = (height: number) => {
  const largest = sizeOf(height)
  return { largest, readable: Math.min(6, largest), smallest: Math.min(4, largest) }
}

function layBars(bars: Bars, box: Box): DrawnBar[] {
  const modules = bars.reduce((sum, width) => sum + width, 0)
  const unit = Math.min(moduleWidth.most, box.width / (modules + 2 * quietZone))
  let x = box.x + (box.width - modules * unit) / 2
  return bars.flatMap((width, at) => {
    const from = x
    x += width * unit
    const { y, height } = box
    return at % 2 === 0 ? [{ kind: 'bar' as const, x: from, y, width: width * unit, height }] : []
  })
}

/** Start, check and stop characters of Code 128 with the quiet zones, and one more of either. */
const frame128 = 55
const character128 = 11

/** How long a card number may be for its barcode to be read from this label; digits go in pairs. */
export function longestCard(shape: LabelShape): { any: number; digits: number } {
  const characters = Math.floor(
    (insideOf(shape).width / moduleWidth.least - frame128) / character128,
  )
  return { any: Math.max(0, characters), digits: Math.max(0, 2 * (characters - 1)) }
}

/** EAN-13 for thirteen digits with the right check digit, as tills print them; else Code 128. */
export function symbologyOf(number: string): 'ean13' | 'code128' {
  if (!/^\d{13}$/.test(number)) return 'code128'
  const sum = [...number].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0)
  return sum % 10 === 0 ? 'ean13' : 'code128'
}
