import {
  decideDuplicate,
  detectDuplicates,
  listDuplicates,
  mergeParties,
} from '#core/duplicates/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { decide } from './queries.ts'
import { detectJob, listPairs, merge } from './service.ts'

export function duplicateRoutes(app: App): void {
  route(app, detectDuplicates, async (_, { db, actor }) => ({
    jobId: await enqueue(db, detectJob, {}, { createdBy: actor.id, uniqueKey: 'all' }),
  }))
  route(app, listDuplicates, (page, { db }) => listPairs(db, page))
  route(app, decideDuplicate, async ({ a, b, state }, { db, actor }) => {
    if (!(await decide(db, { a, b, state, by: actor.name })))
      throw new AppError('not-found', 'duplicates/no-such-pair', 'There is no such pair.')
    return done
  })
  route(app, mergeParties, (request, { db, actor }) => merge(db, request, actor))
}
