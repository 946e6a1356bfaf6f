import { getResults } from '#core/results/api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { loadMailing, loadResults } from './service.ts'

export function resultRoutes(app: App): void {
  route(app, getResults, async ({ id }, { db, now }) =>
    loadResults(db, await loadMailing(db, id), now),
  )
}
