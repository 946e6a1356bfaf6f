/** One pass over a file that came in: what it is, whether it is text, its hash and its line ends. */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Reading } from '#core/imports/reading.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { readPieces } from './pieces.ts'

export type Survey = {
  format: Reading['format']
  encoding: Reading['encoding']
  hash: string
  lines: number
  /** The first bytes, without the byte order mark's meaning lost: enough for fifty rows. */
  head: Buffer
}

const headSize = 256 * 1024

/** Throws a refusal that says what is wrong with the file. */
export async function surveyFile(path: string): Promise<Survey> {
  const hash = createHash('sha256')
  const text = createTextCheck()
  const heads: Buffer[] = []
  let size = 0
  for await (const bytes of readPieces(path, headSize)) {
    if (size < headSize) heads.push(Buffer.from(bytes))
    if (size === 0) refuseKnownFormats(bytes)
    size += bytes.length
    hash.update(bytes)
    text.add(bytes)
  }
  if (size === 0) throw new AppError('invalid', 'imports/empty', 'The file is empty.')
  const head = Buffer.concat(heads)
  const found = { hash: hash.digest('hex'), lines: text.lines(), head }
  if (head.subarray(0, 4).equals(zip)) return { ...found, format: 'xlsx', encoding: 'utf-8' }
  const encoding = encodingOf(head, text.isUtf8())
  if (!encoding.startsWith('utf-16') && text.zeros() > 0) throw binary()
  return { ...found, format: 'csv', encoding }
}

const zip = Buffer.from([0x50, 0x4b, 3, 4])
const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

const binary = () =>
  new AppError('invalid', 'imports/binary', 'This is not a table: send a CSV or XLSX file.')

/** Old Excel files and encrypted new ones share a container; the second names its stream. */
function refuseKnownFormats(head: Buffer): void {
  if (head.subarray(0, 4).equals(ole)) {
    const encrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw encrypted
      ? new AppError('invalid', 'imports/encrypted', 'The workbook is protected by a password.')
      : new AppError(
          'invalid',
          'imports/old-excel',
          'Old Excel format (.xls): save it as XLSX or CSV.',
        )
  }
  const known = [
    [0x25, 0x50, 0x44, 0x46],
    [0x89, 0x50, 0x4e, 0x47],
    [0xff, 0xd8, 0xff],
    [0x1f, 0x8b],
  ]
  if (known.some((magic) => magic.every((byte, at) => head[at] === byte))) throw binary()
}

function encodingOf(head: Buffer, utf8: boolean): Reading['encoding'] {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return utf8 ? 'utf-8' : 'windows-1252'
}

/** The whole file is looked at: one accent on the last line decides as well as one on the first. */
function createTextCheck() {
  let utf8 = true
  let pending: Buffer = Buffer.alloc(0)
  let lines = 0
  let zeros = 0
  return {
    add(bytes: Buffer) {
      // Byte by byte: asking for the next one costs more where line ends follow each other.
      for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) lines++
      if (bytes.includes(0)) zeros++
      if (!utf8) return
      const whole = pending.length === 0 ? bytes : Buffer.concat([pending, bytes])
      const cut = whole.length - unfinished(whole)
      utf8 = isUtf8(whole.subarray(0, cut))
      pending = Buffer.from(whole.subarray(cut))
    },
    isUtf8: () => utf8 && pending.length === 0,
    lines: () => lines,
    zeros: () => zeros,
  }
}

/** Bytes at the end that begin a character whose rest is in the next piece. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return characterLength(byte) > back ? back : 0
  }
  return 0
}

function characterLength(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}
