import { rejectHeaders, rejectWords } from '#core/imports/reject-words.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import { asFile } from '#platform/files.ts'
import * as imports from './queries.ts'
import { csvCell } from './reading/csv.ts'

const page = 5_000

/** The rejected rows as CSV that spreadsheets open: byte order mark, semicolons. */
export async function rejectsFile(db: Database, id: number, locale: Locale): Promise<Response> {
  const { fileName } = await imports.get(db, id)
  const name = `${fileName.replace(/\.[^.]*$/, '')}-${locale === 'fr' ? 'rejets' : 'rejects'}.csv`
  return asFile(lines(db, id, locale), { name, mediaType: 'text/csv; charset=utf-8' })
}

async function* lines(db: Database, id: number, locale: Locale): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`\ufeff${rejectHeaders[locale].join(';')}\r\n`)
  for (let offset = 0; ; offset += page) {
    const rejects = await imports.listRejects(db, id, { offset, limit: page })
    const text = rejects.map(({ line, column, value, reason }) =>
      [String(line), column, value, rejectWords[locale][reason]].map(csvCell).join(';'),
    )
    if (text.length > 0) yield encoder.encode(`${text.join('\r\n')}\r\n`)
    if (rejects.length < page) return
  }
}
