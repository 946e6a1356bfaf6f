import { Readable } from 'node:stream'
import { AnalysisQuery, analyse, exportAnalysis, mostRows } from '#core/analyses/api.ts'
import { analysisTable } from '#core/analyses/table.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { csvSeparator, textRows } from '#core/results/table.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { audit, ensureMay } from '../access/service.ts'
import * as service from './service.ts'

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export function analysisRoutes(app: App): void {
  route(app, analyse, (query, { db, now }) => service.analyse(db, query, now))
  file(app, exportAnalysis, async ({ query, format, locale }, context) => {
    const { db, now, actor } = context
    ensureMay(actor, 'customers.view')
    // Text within the address, which the veil over each call cannot read.
    const seen = await app.veil({ path: analyse.path, input: parse(query) }, context)
    const asked = { ...seen, limit: mostRows }
    const analysis = await service.analyse(db, asked, now)
    const { by, currency } = asked
    await audit(db, actor, 'customers/analysis-export', '', { by, rows: analysis.rows.length })
    const rows = analysisTable(analysis, { by, currency, locale })
    const bytes =
      format === 'csv'
        ? Readable.from(
            writeCsv(textRows(rows, locale), {
              separator: csvSeparator(locale),
              encoding: 'utf-8',
            }),
          )
        : writeXlsx(rows, locale === 'fr' ? 'Analyse' : 'Analysis')
    const name = `${locale === 'fr' ? 'analyse' : 'analysis'}-${by}.${format}`
    return new Response(Readable.toWeb(bytes) as ReadableStream, {
      headers: {
        'content-type': mediaTypes[format],
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
      },
    })
  })
}

function parse(query: string): AnalysisQuery {
  try {
    return AnalysisQuery.parse(JSON.parse(query))
  } catch {
    throw new AppError('invalid', 'analyses/invalid-query', 'This is not an analysis.')
  }
}
