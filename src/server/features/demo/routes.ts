import { getDemo, removeDemo } from '#core/demo/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../access/service.ts'
import * as removal from './removal-queries.ts'

export function demoRoutes(app: App): void {
  route(app, getDemo, (_, { db }) => removal.find(db))
  route(app, removeDemo, async ({ customers }, { db, actor }) => {
    const demo = await removal.find(db)
    if (demo.filledAt === null) {
      throw new AppError('not-found', 'demo/none', 'There is no demo shop here.')
    }
    if (demo.customers !== customers) {
      throw new AppError('conflict', 'demo/count-changed', 'The number of customers changed.', {
        details: { customers: demo.customers },
      })
    }
    if (await removal.isBusy(db)) {
      throw new AppError('conflict', 'demo/busy', 'A sending or a job is under way.')
    }
    await removal.empty(db)
    await audit(db, actor, 'demo/remove', 'demo', { customers })
    return done
  })
}
