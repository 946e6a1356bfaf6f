import { getTimeline, listPurchases } from '#core/history/api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as history from './queries.ts'

export function historyRoutes(app: App): void {
  route(app, getTimeline, async ({ id, ...page }, context) => ({
    entries: await history.timeline(context, id, page),
  }))
  route(app, listPurchases, ({ id, ...page }, { db }) => history.purchases(db, id, page))
}
