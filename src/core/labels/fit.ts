/** Text made to fit a box: it shrinks, then wraps, then is cut with a mark. */
import type { Box } from './format.ts'

/** What a text that had to be cut ends with. */
const cutMark = '…'

/** Width of a text in millimetres per point of size: widths grow with the size and nothing else. */
export type Measure = (text: string) => number

/** A line of text; `y` is its baseline and `size` in points. */
export type DrawnText = {
  kind: 'text'
  x: number
  y: number
  size: number
  text: string
  width: number
}

export const millimetresPerPoint = 25.4 / 72

/** Of the size: from one baseline to the next, and from the top of a line to its baseline. */
const lineHeight = 1.18
const ascent = 0.94

export const heightOf = (size: number) => size * lineHeight * millimetresPerPoint

/** The size in points at which one line is so high. */
export const sizeOf = (height: number) => height / (lineHeight * millimetresPerPoint)

type Sizes = {
  largest: number
  /** Below it a long line is wrapped rather than shrunk any more. */
  readable: number
  smallest: number
}

const usualSizes: Sizes = { largest: 11, readable: 7, smallest: 4 }

type Fitting = { measure: Measure; sizes?: Sizes; align?: 'left' | 'centre' }

/** Lines laid into the box, in its middle by height; none leaves it. */
export function fitLines(
  lines: readonly string[],
  box: Box,
  { measure, sizes = usualSizes, align = 'left' }: Fitting,
): DrawnText[] {
  if (lines.length === 0) return []
  const byHeight = Math.min(sizes.largest, sizeOf(box.height / lines.length))
  const widest = Math.max(...lines.map(measure))
  const whole = Math.min(byHeight, widest === 0 ? byHeight : box.width / widest)
  const floor = Math.max(sizes.smallest, Math.min(sizes.readable, byHeight))
  const size = roundDown(Math.max(whole, floor))
  const rows = Math.max(1, Math.floor(box.height / heightOf(size) + 1e-9))
  const shown = whole >= size ? lines : wrapLines(lines, { rows, width: box.width / size, measure })
  return stacked(shown.slice(0, rows), box, { size, measure, align })
}

const roundDown = (size: number) => Math.floor(size * 20 + 1e-6) / 20

type Stack = { size: number; measure: Measure; align: 'left' | 'centre' }

function stacked(lines: readonly string[], box: Box, { size, measure, align }: Stack): DrawnText[] {
  const top = box.y + (box.height - lines.length * heightOf(size)) / 2
  return lines.map((text, at) => {
    const width = measure(text) * size
    return {
      kind: 'text',
      x: align === 'left' ? box.x : box.x + (box.width - width) / 2,
      y: top + at * heightOf(size) + ascent * size * millimetresPerPoint,
      size,
      text,
      width,
    }
  })
}

/** `width` is in the unit of `measure`. */
type Room = { rows: number; width: number; measure: Measure }

/** Every line gets a row; rows left over go to the lines that need more, from the first on. */
export function wrapLines(lines: readonly string[], { rows, ...room }: Room): string[] {
  let spare = Math.max(0, rows - lines.length)
  return lines.flatMap((line) => {
    const all = wrap(line, room)
    const taken = Math.min(all.length, 1 + spare)
    spare -= taken - 1
    if (taken === all.length) return all
    return [...all.slice(0, taken - 1), cut(all.slice(taken - 1).join(' '), room)]
  })
}

type Width = Omit<Room, 'rows'>

function wrap(line: string, room: Width): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (room.measure(longer) <= room.width) {
      current = longer
      continue
    }
    if (current !== '') lines.push(current)
    const pieces = broken(word, room)
    lines.push(...pieces.slice(0, -1))
    current = pieces.at(-1) ?? ''
  }
  return [...lines, current]
}

/** A word too long for a line, in pieces that fit. */
function broken(word: string, { measure, width }: Width): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const letter of word) {
    if (piece !== '' && measure(piece + letter) > width) {
      pieces.push(piece)
      piece = letter
    } else piece += letter
  }
  return [...pieces, piece]
}

/** As much of the text as fits with the mark behind it. */
function cut(text: string, { measure, width }: Width): string {
  const letters = [...text]
  while (letters.length > 0 && measure(`${letters.join('').trimEnd()}${cutMark}`) > width) {
    letters.pop()
  }
  return `${letters.join('').trimEnd()}${cutMark}`
}
