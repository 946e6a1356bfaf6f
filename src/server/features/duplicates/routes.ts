import {
  decideDuplicate,
  detectDuplicates,
  getMergeSettings,
  listDuplicates,
  listMerges,
  mergeParties,
  saveMergeSettings,
  undoMerge,
} from '#core/duplicates/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import * as ledger from './ledger-queries.ts'
import { merge, undo } from './merge.ts'
import { scheduleNight } from './night.ts'
import { decide } from './queries.ts'
import { detectJob, listPairs } from './service.ts'

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
  route(app, listMerges, async (page, { db }) => ({
    total: await ledger.count(db),
    merges: await ledger.list(db, page),
  }))
  route(app, undoMerge, ({ id }, { db, actor, now }) => undo(db, id, { actor, now }))
  route(app, getMergeSettings, (_, { db }) => ledger.settings(db))
  route(app, saveMergeSettings, async (wanted, { db, actor, now }) => {
    await ledger.saveSettings(db, wanted)
    await audit(db, actor, 'settings/nightly-merge', '', wanted)
    await scheduleNight(db, now)
    return wanted
  })
}
