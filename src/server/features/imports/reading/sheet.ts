/** The XML parts of a workbook: sheet names, shared strings, date styles, and the cells themselves. */
import { AppError } from '#core/kernel/app-error.ts'
import { createTexts } from '../texts.ts'
import type { RowBatch } from './csv.ts'
import { broken, createXmlFeed, feedAll } from './xml.ts'

type Text = (name: string) => AsyncGenerator<string>

/* The shared strings are kept in memory, as bytes: with room to grow, these take 150 MB at the very most. */
const mostStringBytes = 64 * 2 ** 20
const bytesOfEntry = 4
const mostColumns = 16_384

/** Sheets in the order of the tabs, with the path of each. */
export async function readSheetNames(
  text: Text,
  entries: readonly string[],
): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await feedAll(text('xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const target = attributes.Target ?? ''
      targets.set(attributes.Id ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    },
  })
  const sheets = new Map<string, string>()
  await feedAll(text('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name !== 'sheet') return
      const path = targets.get(attributes['r:id'] ?? '') ?? ''
      if (entries.includes(path)) sheets.set(attributes.name ?? path, path)
    },
  })
  return sheets
}

/** Texts by their number in the workbook. */
type Strings = Pick<ReturnType<typeof createTexts>, 'get'>

export async function readSharedStrings(text: AsyncGenerator<string>): Promise<Strings> {
  const strings = createTexts()
  let current = ''
  let size = 0
  let inText = false
  let inPhonetic = false
  await feedAll(text, {
    open: (name) => {
      if (name === 'si') current = ''
      if (name === 'rPh') inPhonetic = true
      inText = name === 't' && !inPhonetic
    },
    text: (piece) => {
      if (inText) current += piece
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') inPhonetic = false
      if (name !== 'si') return
      size += Buffer.byteLength(current) + bytesOfEntry
      if (size > mostStringBytes) {
        throw new AppError(
          'too-large',
          'imports/workbook-too-large',
          'Too much text for a workbook: save it as CSV.',
        )
      }
      strings.add(current)
    },
  })
  return strings
}

/** For each cell style whether it shows a date. */
export async function readStyles(text: AsyncGenerator<string>): Promise<boolean[]> {
  const custom = new Map<number, boolean>()
  const dates: boolean[] = []
  let inCells = false
  await feedAll(text, {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''))
      }
      if (name === 'cellXfs') inCells = true
      if (name !== 'xf' || !inCells) return
      const id = Number(attributes.numFmtId ?? 0)
      dates.push(custom.get(id) ?? isBuiltInDate(id))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return dates
}

const isBuiltInDate = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 47

const isDateFormat = (code: string) =>
  /[dy]|h.*m|m.*s/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))

/** Days since the last day of 1899, as `2026-11-22` or with its time; Excel's leap day of 1900 is not one. */
function serialDate(serial: number): string {
  const at = new Date(Math.round((serial - 25_569) * 86_400) * 1_000)
  if (Number.isNaN(at.getTime())) return String(serial)
  const text = at.toISOString()
  return serial % 1 === 0 ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

/** `AB12` is column 27. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

type Cell = { column: number; type: string; isDate: boolean; text: string }

function cellValue({ type, isDate, text }: Cell, strings: Strings): string {
  if (type === 's') return strings.get(Number(text))
  if (type === 'b') return text === '1' ? 'true' : 'false'
  if (type === 'e') return ''
  if (type !== '' && type !== 'n') return text
  if (text === '') return ''
  const value = Number(text)
  if (Number.isNaN(value)) return text
  return isDate ? serialDate(value) : plainNumber(text, value)
}

/* Fifteen digits are what a double holds: 0.1 + 0.2 is written 0.30000000000000004 in the file. */
const plainNumber = (text: string, value: number) =>
  text.length < 16 && !/e/i.test(text) ? text : String(Number(value.toPrecision(15)))

/** Cells in, rows out; rows and columns that the file leaves out are empty. */
export function createSheetReader(strings: Strings, dates: readonly boolean[]) {
  let batch: RowBatch = { lines: [], rows: [] }
  let row: string[] = []
  let line = 0
  let cell: Cell = { column: 0, type: '', isDate: false, text: '' }
  let inValue = false

  const begin: Record<string, (attributes: Record<string, string>) => void> = {
    row: ({ r }) => {
      row = []
      line = Number(r ?? line + 1)
    },
    c: ({ r, t, s }) => {
      const column = r ? columnOf(r) : row.length
      if (column < 0 || column >= mostColumns) throw broken()
      cell = { column, type: t ?? '', isDate: dates[Number(s ?? -1)] ?? false, text: '' }
    },
    v: () => {
      inValue = true
    },
    t: () => {
      inValue = true
    },
  }
  const finish: Record<string, () => void> = {
    v: () => {
      inValue = false
    },
    t: () => {
      inValue = false
    },
    c: () => {
      while (row.length < cell.column) row.push('')
      row[cell.column] = cellValue(cell, strings)
    },
    row: () => {
      batch.lines.push(line)
      batch.rows.push(row)
    },
  }
  const feed = createXmlFeed({
    open: (name, attributes) => begin[name]?.(attributes),
    text: (piece) => {
      if (inValue) cell.text += piece
    },
    close: (name) => finish[name]?.(),
  })
  return {
    push: (piece: string): RowBatch => {
      feed.push(piece)
      const full = batch
      batch = { lines: [], rows: [] }
      return full
    },
    end: feed.end,
  }
}
