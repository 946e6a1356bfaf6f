/** Writes CSV as spreadsheet programs read it, row by row, and never a cell that they would run. */
import iconv from 'iconv-lite'

export type CsvOptions = {
  separator: string
  encoding: 'utf-8' | 'windows-1252'
}

/** Bytes of the whole file, in chunks of many rows; UTF-8 begins with the mark that Excel looks for. */
export async function* writeCsv(
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  { separator, encoding }: CsvOptions,
): AsyncGenerator<Buffer> {
  let chunk = encoding === 'utf-8' ? '\ufeff' : ''
  for await (const row of rows) {
    chunk += csvLine(row, separator)
    if (chunk.length < 65_536) continue
    yield encode(chunk, encoding)
    chunk = ''
  }
  if (chunk !== '') yield encode(chunk, encoding)
}

const encode = (text: string, encoding: CsvOptions['encoding']) =>
  encoding === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'windows-1252')

export const csvLine = (row: readonly string[], separator: string): string =>
  `${row.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`

export function csvCell(value: string, separator: string): string {
  const safe = guardFormula(value)
  return safe.includes(separator) || /["\r\n]|^\s|\s$/.test(safe)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe
}

/**
 * An apostrophe in front of what a spreadsheet would take for a formula, wherever it came from. Signed
 * numbers and phone numbers in international form stay as they are: there is nothing in them to run.
 */
export function guardFormula(value: string): string {
  if (/^\s*[=@]/.test(value) || /^[\t\r]/.test(value)) return `'${value}`
  return /^\s*[+-]/.test(value) && !/^\s*[+-]?[\d\s.,()]+[€$%]?$/.test(value) ? `'${value}` : value
}
