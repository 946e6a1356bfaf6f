/** Splits text into rows: any separator, quotes, line ends of every system, in pieces of any size. */
import { AppError } from '#core/kernel/app-error.ts'

/** Rows with the line each starts on, counted from 1. */
export type RowBatch = { lines: number[]; rows: string[][] }

/* An opening quote that is never closed would make the rest of the file one cell; a file without line ends is one row. */
const longestRow = 2 ** 20

const quote = 34
const newline = 10
const carriage = 13

export type CsvParser = {
  /** The rows that end within the text so far; blank lines are none. */
  push: (text: string) => RowBatch
  /** The row without a line end, if there is one. */
  end: () => RowBatch
}

export function createCsvParser(separator: string): CsvParser {
  const comma = separator.charCodeAt(0)
  let rest = ''
  const place = { line: 1 }

  function parse(text: string, last: boolean): RowBatch {
    const batch: RowBatch = { lines: [], rows: [] }
    const target: Target = { row: [], last, quoteIsOpen: false }
    let at = 0
    for (;;) {
      at = skipBlank(text, at, place)
      if (at >= text.length) break
      target.row = []
      const end = readRow(text, at, comma, target)
      if (end < 0) break
      batch.rows.push(target.row)
      batch.lines.push(place.line)
      place.line += lineEnds(text, at, end)
      at = end
    }
    rest = text.slice(at)
    if (rest.length > longestRow || (last && target.quoteIsOpen))
      throw tooLong(place.line, target.quoteIsOpen)
    return batch
  }

  return {
    push: (text) => parse(rest === '' ? text : rest + text, false),
    end: () => (rest === '' ? { lines: [], rows: [] } : parse(rest, true)),
  }
}

function tooLong(line: number, quoteIsOpen: boolean): AppError {
  if (quoteIsOpen) {
    const message = `A quote opened on line ${line} never closes.`
    return new AppError('invalid', 'imports/unclosed-quote', message, { details: { line } })
  }
  const message = `Line ${line} has more than ${longestRow} characters.`
  return new AppError('invalid', 'imports/line-too-long', message, { details: { line } })
}

/** Where the next line begins that something stands on. */
function skipBlank(text: string, from: number, place: { line: number }): number {
  let at = from
  while (at < text.length) {
    const blank = blankLine(text, at)
    if (blank === 0) break
    place.line++
    at += blank
  }
  return at
}

/** How many characters end the line at once; 0 when something stands on it. */
function blankLine(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code === newline) return 1
  return code === carriage && text.charCodeAt(at + 1) === newline ? 2 : 0
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1))
    count++
  return Math.max(1, count)
}

type Target = { row: string[]; last: boolean; quoteIsOpen: boolean }

/** Appends the cells of the row at `at` and returns where the next begins; -1 when the text ends too soon. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one pass over the characters of every file
function readRow(text: string, at: number, comma: number, target: Target): number {
  const { row, last } = target
  let start = at
  for (;;) {
    let from = start
    let quoted = ''
    if (text.charCodeAt(start) === quote) {
      const closed = readQuoted(text, start, last)
      target.quoteIsOpen = closed === undefined
      if (closed === undefined) return -1
      quoted = closed.value
      from = closed.end
    }
    const end = endOfCell(text, from, comma)
    if (end === text.length && !last) return -1
    const isLast = text.charCodeAt(end) !== comma
    const plain = isLast ? trimCarriage(text, from, end) : text.slice(from, end)
    // What stands behind a closing quote belongs to the cell: `"12" cm`.
    row.push(from === start ? plain : quoted + plain)
    if (isLast) return end + 1
    start = end + 1
  }
}

function endOfCell(text: string, from: number, comma: number): number {
  let at = from
  const length = text.length
  while (at < length) {
    const code = text.charCodeAt(at)
    if (code === comma || code === newline) return at
    at++
  }
  return length
}

const trimCarriage = (text: string, from: number, to: number) =>
  text.slice(from, to > from && text.charCodeAt(to - 1) === carriage ? to - 1 : to)

/** The value between the quotes, and where it ends; on the last line of the file a missing quote is forgiven. */
function readQuoted(text: string, start: number, last: boolean) {
  let from = start + 1
  let value = ''
  for (;;) {
    const close = text.indexOf('"', from)
    if (close < 0) {
      const isOfLastLine = last && !text.slice(start).trimEnd().includes('\n')
      return isOfLastLine ? { value: value + text.slice(from), end: text.length } : undefined
    }
    if (close + 1 === text.length && !last) return undefined
    if (text.charCodeAt(close + 1) !== quote) {
      return { value: value + text.slice(from, close), end: close + 1 }
    }
    value += text.slice(from, close + 1)
    from = close + 2
  }
}

/** A cell for a CSV file that a spreadsheet opens: quoted where needed, never taken for a formula. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d\s.,]+$/.test(value) ? `'${value}` : value
  return /[";,\n\r\t|]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
