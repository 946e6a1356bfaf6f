/** A file of codes is read once, line by line, and reported on before anybody is added (L-11). */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { AppError } from '#core/kernel/app-error.ts'
import type { Locale } from '#core/kernel/values.ts'
import {
  columnsOf,
  type FileColumns,
  FileReport,
  headerRows,
  kindOfTable,
  missingColumns,
} from '#core/targets/file.ts'
import { reportHeaders, reportWords } from '#core/targets/report-words.ts'
import type { Database } from '#platform/db/database.ts'
import { asFile, filePath, storeFile } from '#platform/files.ts'
import type { Context } from '#platform/http/app.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { forgetFile, inspectFile, readTable } from '../imports/service.ts'
import { listKinds } from '../parties/service.ts'
import { notFound, stepFor } from './adding.ts'
import { propose } from './admit-queries.ts'
import * as files from './file-queries.ts'

const largest = 256 * 2 ** 20
const mostRows = 1_000_000
const linesAtOnce = 5_000
const shown = 200

type Brought = { stepId: number; name: string; body: ReadableStream | null }

export async function checkFile(
  { db, config, actor, now }: Context,
  { stepId, name, body }: Brought,
): Promise<FileReport> {
  await stepFor(db, stepId)
  const bytes = body
    ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
    : Readable.from([])
  const media = 'application/octet-stream'
  const kept = { name, mediaType: media, needs: 'mailings.write', createdBy: actor.id } as const
  const file = await storeFile({ db, config }, { ...kept, largest }, bytes)
  const path = filePath({ config }, file.id)
  try {
    return await db.transaction().execute(async (trx) => {
      const id = randomUUID()
      await stageFile(trx, { id, stepId, name, path, now })
      await files.judge(trx, stepId, id)
      return report(trx, stepId, id)
    })
  } finally {
    await forgetFile(db, file.id)
    await rm(path, { force: true })
  }
}

type Staging = { id: string; stepId: number; name: string; path: string; now: Date }

async function stageFile(db: Database, { path, stepId, ...head }: Staging): Promise<void> {
  const begin = (columns: FileColumns, headerLine: number) =>
    files.insert(db, stepId, { ...head, ...columns, headerLine })
  let waiting: files.Line[] = []
  let count = 0
  for await (const line of readLines(path, await listKinds(db), begin)) {
    count += 1
    if (count > mostRows) throw tooMany()
    if (waiting.push(line) < linesAtOnce) continue
    await files.stage(db, head.id, waiting)
    waiting = []
  }
  if (waiting.length > 0) await files.stage(db, head.id, waiting)
}

/** The lines below the names of the columns; `begin` is told when these are found. */
async function* readLines(
  path: string,
  kinds: Kinds,
  begin: (columns: FileColumns, headerLine: number) => Promise<void>,
): AsyncGenerator<files.Line> {
  const above: string[][] = []
  let columns: FileColumns | undefined
  for await (const { row, line } of rowsOf(path)) {
    if (columns) {
      yield lineOf(row, { line, columns, kinds })
      continue
    }
    columns = columnsOf(row)
    if (columns) await begin(columns, line)
    else if (above.push(row) >= headerRows) throw noColumns(above)
  }
  if (!columns) throw noColumns(above)
}

async function* rowsOf(path: string) {
  for await (const { rows, lines } of readTable(path, await inspectFile(path)))
    for (const [at, row] of rows.entries()) yield { row, line: lines[at] ?? 0 }
}

type Kinds = Awaited<ReturnType<typeof listKinds>>

function lineOf(
  row: readonly string[],
  { line, columns, kinds }: { line: number; columns: FileColumns; kinds: Kinds },
): files.Line {
  const cell = (at: number | undefined) =>
    at === undefined ? '' : (row[at] ?? '').trim().slice(0, 200)
  const { fiche, tiers, contact } = columns.at
  const kind = fiche === undefined ? null : (kindOfTable(cell(fiche), kinds) ?? '')
  return { line, fiche: cell(fiche), tiers: cell(tiers), contact: cell(contact), kind }
}

function noColumns(rows: readonly (readonly string[])[]): AppError {
  const missing = missingColumns(rows).map((name) => name.toUpperCase())
  return new AppError(
    'invalid',
    'targets/columns-missing',
    `No line has the mandatory columns; missing: ${missing.join(', ')}.`,
    { details: { columns: missing.join(', ') } },
  )
}

const tooMany = () =>
  new AppError('too-large', 'targets/too-many-lines', `More than ${mostRows} lines.`, {
    details: { most: mostRows },
  })

async function report(db: Database, stepId: number, id: string): Promise<FileReport> {
  const head = await files.find(db, stepId, id)
  if (!head) throw notFound()
  const { '': _fine = 0, ...reasons } = Object.fromEntries(await files.countReasons(db, id))
  return FileReport.parse({
    ...head,
    fileId: id,
    rows: Object.values(reasons).reduce((sum, lines) => sum + lines, _fine),
    reasons,
    proposal: await propose(db, files.byFile(id), stepId),
    problems: await files.problems(db, id, { after: 0, limit: shown }),
  })
}

/** Every line that brings nobody. */
export async function reportFile(
  db: Database,
  { stepId, fileId, locale }: { stepId: number; fileId: string; locale: Locale },
): Promise<Response> {
  const head = await files.find(db, stepId, fileId)
  if (!head) throw notFound()
  const ending = locale === 'fr' ? 'contrôle' : 'check'
  const name = `${head.name.replace(/\.[^.]*$/, '')}-${ending}.csv`
  const rows = reportRows(db, fileId, locale)
  const bytes = writeCsv(rows, { separator: ';', encoding: 'utf-8' })
  return asFile(bytes, { name, mediaType: 'text/csv; charset=utf-8' })
}

async function* reportRows(db: Database, fileId: string, locale: Locale) {
  yield reportHeaders[locale]
  let after = 0
  for (;;) {
    const page = await files.problems(db, fileId, { after, limit: linesAtOnce })
    for (const { line, fiche, tiers, contact, reason } of page)
      yield [String(line), fiche, tiers, contact, reportWords[locale][reason]]
    const last = page.at(-1)
    if (!last) return
    after = last.line
  }
}
