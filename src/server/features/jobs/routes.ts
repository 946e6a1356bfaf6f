import { cancelJob, getJob, listJobs } from '#core/jobs/api.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as jobs from './queries.ts'

const notFound = () => new AppError('not-found', 'jobs/not-found', 'There is no such job.')

const scopeOf = ({ id, rights, keys }: Actor): jobs.Scope => ({
  createdBy: rights.has('settings.manage') ? null : (id ?? ''),
  keys,
})

export function jobRoutes(app: App): void {
  route(app, listJobs, (_, { db, actor, now }) => jobs.list(db, scopeOf(actor), now))
  route(app, getJob, async ({ id }, { db, actor, now }) => {
    const job = await jobs.find(db, scopeOf(actor), id, now)
    if (!job) throw notFound()
    return job
  })
  route(app, cancelJob, async ({ id }, { db, actor, now }) => {
    if (await jobs.requestCancel(db, scopeOf(actor), id)) return done
    const job = await jobs.find(db, scopeOf(actor), id, now)
    if (!job || job.canCancel) throw notFound()
    throw new AppError(
      'conflict',
      'jobs/stopped-elsewhere',
      'It is paused or stopped on its own page.',
    )
  })
}
