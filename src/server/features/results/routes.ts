import type { z } from 'zod'
import { exportResults, getResults } from '#core/results/api.ts'
import { csvSeparator, resultTable, textRows } from '#core/results/table.ts'
import { asFile } from '#platform/files.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { loadMailing, loadResults } from './service.ts'

export function resultRoutes(app: App): void {
  route(app, getResults, async ({ id }, { db, now }) =>
    loadResults(db, await loadMailing(db, id), now),
  )
  file(app, exportResults, async (input, { db, now }) => {
    const mailing = await loadMailing(db, input.id)
    const results = await loadResults(db, mailing, now)
    const rows = resultTable(results, input.locale)
    return download(rows, mailing.label, input)
  })
}

type Asked = Pick<z.output<typeof exportResults.input>, 'format' | 'locale'>

function download(rows: (string | number)[][], label: string, { format, locale }: Asked): Response {
  const options = { separator: csvSeparator(locale), encoding: 'utf-8' } as const
  const bytes =
    format === 'csv'
      ? writeCsv(textRows(rows, locale), options)
      : writeXlsx(rows, label.slice(0, 31))
  return asFile(bytes, { name: `${label}.${format}`, mediaType: mediaTypes[format] })
}

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
