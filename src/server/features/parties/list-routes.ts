import { bulkParties, countParties, listParties, undoBulk } from '#core/parties/list-api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { orderBulk, orderUndo } from './bulk.ts'
import * as list from './list-queries.ts'

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
  route(app, undoBulk, async ({ jobId }, { db, actor }) => ({
    jobId: await orderUndo(db, jobId, { actor, compile }),
  }))
}
