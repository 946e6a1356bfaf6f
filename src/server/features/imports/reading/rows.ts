/** The rows of a file one batch at a time, so that memory stays flat whatever its size. */
import { StringDecoder } from 'node:string_decoder'
import { findHeaderRow, nameColumns } from '#core/imports/headers.ts'
import { Reading, type ReadingChoice, separators } from '#core/imports/reading.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { createCsvParser, type RowBatch } from './csv.ts'
import { readPieces } from './pieces.ts'
import type { Survey } from './survey.ts'
import { openWorkbook } from './xlsx.ts'

const sampleRows = 200
/* Small, so that the cells of a piece are gone before the collector takes them for lasting ones. */
const pieceBytes = 32 * 1024
const mostColumns = 1_000

/** The rows after the headers, empty ones left out, each with its line in the file. */
export async function* readRows(path: string, reading: Reading): AsyncGenerator<RowBatch> {
  for await (const batch of allRows(path, reading)) {
    const kept = withoutEmpty(batch, reading.headerLine)
    if (kept.rows.length > 0) yield kept
  }
}

async function* allRows(path: string, reading: Reading): AsyncGenerator<RowBatch> {
  if (reading.format === 'xlsx') {
    await using workbook = await openWorkbook(path)
    yield* workbook.rows(reading.sheet)
    return
  }
  const parser = createCsvParser(reading.separator)
  const decoder = createDecoder(reading.encoding)
  for await (const bytes of readPieces(path, pieceBytes)) {
    yield parser.push(decoder.write(bytes))
  }
  const tail = decoder.end()
  if (tail !== '') yield parser.push(tail)
  yield parser.end()
}

/** Decodes piece by piece; a byte order mark is dropped and lone carriage returns become line ends. */
function createDecoder(encoding: Reading['encoding']) {
  const decode = createRawDecoder(encoding)
  let first = true
  let oldMac: boolean | undefined
  const clean = (text: string) => {
    if (text === '') return text
    const start = first && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    first = false
    oldMac ??= start.includes('\r') && !start.includes('\n')
    return oldMac ? start.replaceAll('\r', '\n') : start
  }
  return {
    write: (bytes: Buffer) => clean(decode.write(bytes)),
    end: () => clean(decode.end()),
  }
}

function createRawDecoder(encoding: Reading['encoding']) {
  // StringDecoder is several times faster than TextDecoder on UTF-8, and knows nothing of the others.
  if (encoding === 'utf-8') return new StringDecoder('utf8')
  const decoder = new TextDecoder(encoding)
  return {
    write: (bytes: Buffer) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  }
}

function withoutEmpty(batch: RowBatch, headerLine: number): RowBatch {
  const { lines, rows } = batch
  const isKept = (at: number) => (lines[at] ?? 0) > headerLine && !isEmpty(rows[at] ?? [])
  if (rows.every((_, at) => isKept(at))) return batch
  const kept: RowBatch = { lines: [], rows: [] }
  rows.forEach((row, at) => {
    if (!isKept(at)) return
    kept.rows.push(row)
    kept.lines.push(lines[at] ?? 0)
  })
  return kept
}

function isEmpty(row: readonly string[]): boolean {
  for (const cell of row) if (cell !== '' && cell.trim() !== '') return false
  return true
}

/** How the file is read: what was chosen, and the best guess for the rest. */
export async function inspect(
  path: string,
  survey: Survey,
  choice: ReadingChoice = {},
): Promise<Reading> {
  const base = survey.format === 'xlsx' ? await ofWorkbook(path, choice) : ofText(survey, choice)
  const rows = await firstRows(path, base)
  const at = headerRow(rows, choice)
  const headers = nameColumns(rows.rows[at] ?? unnamed(rows.rows))
  const headerLine = at < 0 ? 0 : (rows.lines[at] ?? 1)
  const sample = rows.rows.slice(at + 1).filter((row) => !isEmpty(row))
  if (sample.length === 0) {
    throw new AppError('invalid', 'imports/no-rows', 'There are no rows below the headers.')
  }
  if (headers.length > mostColumns) throw tooManyColumns(headers.length)
  return Reading.parse({
    ...base,
    headers,
    headerLine,
    rowsAbout: Math.max(sample.length, base.rowsAbout - headerLine),
    sample: sample.map((row) => row.slice(0, headers.length).map((cell) => cell.slice(0, 200))),
  })
}

/** Index of the row that names the columns; -1 when none does. */
function headerRow({ lines, rows }: RowBatch, { headerLine }: ReadingChoice): number {
  if (headerLine === undefined) return findHeaderRow(rows)
  return headerLine === 0 ? -1 : Math.max(0, lines.indexOf(headerLine))
}

/** A cell for each column of a file in which none has a name. */
const unnamed = (rows: readonly string[][]): string[] =>
  Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, () => '')

const tooManyColumns = (columns: number) =>
  new AppError('invalid', 'imports/too-many-columns', `The file has ${columns} columns.`, {
    details: { columns, most: mostColumns },
  })

const unread = { headerLine: 1, headers: [], sample: [] }

function ofText(survey: Survey, choice: ReadingChoice): Reading {
  const encoding = choice.encoding ?? survey.encoding
  const separator = choice.separator ?? guessSeparator(survey.head, encoding)
  return Reading.parse({ ...unread, format: 'csv', encoding, separator, rowsAbout: survey.lines })
}

async function ofWorkbook(path: string, choice: ReadingChoice): Promise<Reading> {
  await using workbook = await openWorkbook(path)
  const { sheets } = workbook
  const sheet = choice.sheet && sheets.includes(choice.sheet) ? choice.sheet : (sheets[0] ?? '')
  const rowsAbout = await workbook.rowsAbout(sheet)
  return Reading.parse({ ...unread, format: 'xlsx', sheet, sheets, rowsAbout })
}

async function firstRows(path: string, reading: Reading): Promise<RowBatch> {
  const first: RowBatch = { lines: [], rows: [] }
  for await (const { lines, rows } of allRows(path, reading)) {
    const most = sampleRows - first.rows.length
    first.lines.push(...lines.slice(0, most))
    first.rows.push(...rows.slice(0, most))
    if (first.rows.length >= sampleRows) break
  }
  return first
}

/** The separator that cuts most of the first rows into the same number of cells. */
function guessSeparator(head: Buffer, encoding: Reading['encoding']): Reading['separator'] {
  const decoder = createDecoder(encoding)
  const text = decoder.write(head)
  const worth = (separator: string) => {
    const { rows } = createCsvParser(separator).push(`${text}\n`)
    const widths = rows
      .slice(0, 100)
      .filter((row) => !isEmpty(row))
      .map((row) => row.length)
    const most = Math.max(...widths, 0)
    const usual = [...new Set(widths)].reduce((best, width) => {
      const share = (of: number) => widths.filter((w) => w === of).length * Math.min(of, 8)
      return share(width) > share(best) ? width : best
    }, most)
    return usual < 2
      ? 0
      : (widths.filter((w) => w === usual).length / widths.length) * 10 + Math.min(usual, 8) / 10
  }
  return separators.reduce((best, separator) =>
    safely(worth, separator) > safely(worth, best) ? separator : best,
  )
}

/** A separator under which the text makes no sense is worth nothing. */
function safely(worth: (separator: string) => number, separator: string): number {
  try {
    return worth(separator)
  } catch (error) {
    if (error instanceof AppError) return 0
    throw error
  }
}
