/** Streams the rows of an XLSX workbook; every size in the archive is watched, whatever it claims. */

import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import yauzl from 'yauzl'
import { AppError } from '#core/kernel/app-error.ts'
import type { RowBatch } from './csv.ts'
import { createSheetReader, readSharedStrings, readSheetNames, readStyles } from './sheet.ts'
import { broken } from './xml.ts'

const mostEntries = 5_000
const largestEntry = 4 * 2 ** 30
/* Sheets shrink ten to fifty times; hundreds of times, and large, is made to hurt. */
const mostRatio = 250
const ratioMatters = 30 * 2 ** 20

export type Workbook = AsyncDisposable & {
  readonly sheets: string[]
  readonly rows: (sheet: string) => AsyncGenerator<RowBatch>
  /** What the sheet says of its size; 0 when it does not. */
  readonly rowsAbout: (sheet: string) => Promise<number>
}

const bomb = () =>
  new AppError('too-large', 'imports/zip-bomb', 'The workbook unpacks to an unreasonable size.')

export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await open(path)
  try {
    const entries = await listEntries(zip)
    const text = (name: string) => entryText(zip, entries.get(name))
    const sheets = await readSheetNames(text, [...entries.keys()])
    if (sheets.size === 0) throw broken()
    return {
      sheets: [...sheets.keys()],
      rows: async function* (sheet) {
        const strings = await readSharedStrings(text('xl/sharedStrings.xml'))
        const dates = await readStyles(text('xl/styles.xml'))
        yield* sheetRows(text(sheets.get(sheet) ?? ''), createSheetReader(strings, dates))
      },
      rowsAbout: (sheet) => dimension(text(sheets.get(sheet) ?? '')),
      [Symbol.asyncDispose]: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

function open(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(broken(error)) : resolve(zip),
    )
  })
}

function listEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  if (zip.entryCount > mostEntries) throw bomb()
  return new Promise((resolve, reject) => {
    zip.on('error', (error) => reject(broken(error)))
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

/** The text of an entry in pieces; nothing when there is no such entry. */
async function* entryText(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
): AsyncGenerator<string> {
  if (!entry) return
  const { compressedSize, uncompressedSize } = entry
  const allowed = Math.max(ratioMatters, compressedSize * mostRatio)
  if (uncompressedSize > Math.min(allowed, largestEntry)) throw bomb()
  if (entry.isEncrypted()) {
    throw new AppError('invalid', 'imports/encrypted', 'The workbook is protected by a password.')
  }
  const decoder = new StringDecoder('utf8')
  let size = 0
  try {
    for await (const chunk of await openEntry(zip, entry)) {
      size += (chunk as Buffer).length
      if (size > allowed) throw bomb()
      yield decoder.write(chunk as Buffer)
    }
  } catch (error) {
    throw error instanceof AppError ? error : broken(error)
  }
  yield decoder.end()
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(broken(error)) : resolve(stream)))
  })
}

async function* sheetRows(
  text: AsyncGenerator<string>,
  reader: ReturnType<typeof createSheetReader>,
): AsyncGenerator<RowBatch> {
  for await (const piece of text) {
    const batch = reader.push(piece)
    if (batch.rows.length > 0) yield batch
  }
  reader.end()
}

/** `<dimension ref="A1:H30001"/>` stands before the rows when it stands at all. */
async function dimension(text: AsyncGenerator<string>): Promise<number> {
  let head = ''
  for await (const piece of text) {
    head += piece
    if (head.includes('<sheetData') || head.length > 100_000) break
  }
  return Number(/<dimension ref="[A-Z]+\d+:[A-Z]+(\d+)"/.exec(head)?.[1] ?? 0)
}
