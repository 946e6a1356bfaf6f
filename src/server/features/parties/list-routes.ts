import { AppError } from '#core/kernel/app-error.ts'
import {
  bulkParties,
  countCardResets,
  countParties,
  downloadExport,
  exportParties,
  listParties,
  undoBulk,
} from '#core/parties/list-api.ts'
import { download, findFile } from '#platform/files.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit, ensureMay } from '../access/service.ts'
import { orderBulk, orderUndo } from './bulk.ts'
import { defineExportJob } from './export.ts'
import * as list from './list-queries.ts'
import { countResets } from './loyalty-queries.ts'

export function listRoutes(app: App, compile: list.CriteriaCondition): void {
  route(app, listParties, async ({ search, criteria, ...page }, { db, now }) => {
    const condition = await list.conditionOf(db, { search, criteria }, { compile, now })
    return { rows: await list.rowsOf(db, await list.pageIds(db, condition, page)) }
  })
  route(app, countParties, async (filter, { db, now }) =>
    list.count(db, await list.conditionOf(db, filter, { compile, now })),
  )
  route(app, bulkParties, async (order, { db, actor, now }) => ({
    jobId: await orderBulk(db, { ...order, compile }, { actor, now }),
  }))
  route(app, countCardResets, async ({ selection, cardType }, { db, now }) =>
    countResets(db, await list.selectedWhere(db, selection, { compile, now }), cardType),
  )
  route(app, undoBulk, async ({ jobId }, { db, actor }) => ({
    jobId: await orderUndo(db, jobId, { actor, compile }),
  }))
  route(app, exportParties, async (order, { db, actor, now }) => {
    ensureMay(actor, 'customers.view')
    // Criteria that are not understood are refused now, not by the job.
    const where = await list.selectedWhere(db, order.selection, { compile, now })
    const customers = await list.countWhere(db, where)
    await audit(db, actor, 'customers/export', '', { customers, format: order.format })
    return { jobId: await enqueue(db, defineExportJob(compile), order, { createdBy: actor.id }) }
  })
  file(app, downloadExport, async ({ fileId }, { db, config }) => {
    const stored = await findFile(db, fileId)
    if (stored?.needs !== 'exports.run')
      throw new AppError('not-found', 'parties/no-such-file', 'There is no such file.')
    return download({ config }, stored)
  })
}
