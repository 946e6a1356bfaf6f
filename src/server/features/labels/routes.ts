import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/labels/api.ts'
import { download, findFile } from '#platform/files.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import * as formats from './formats.ts'
import { printJob } from './jobs.ts'
import * as service from './service.ts'

export function labelRoutes(app: App): void {
  route(app, api.listLabelFormats, (_, { db }) => formats.listFormats(db))
  route(app, api.createLabelFormat, (shape, { db, actor }) =>
    formats.createFormat(db, actor, shape),
  )
  route(app, api.updateLabelFormat, (shape, { db, actor }) =>
    formats.updateFormat(db, actor, shape),
  )
  route(app, api.deleteLabelFormat, async ({ id }, { db, actor }) => {
    await formats.removeFormat(db, actor, id)
    return done
  })
  route(app, api.checkLabels, (order, { db, actor, now }) => {
    service.refuseUnlessMay(actor, order.people)
    return service.checkLabels(db, order, now)
  })
  route(app, api.printLabels, async (order, { db, config, actor, now }) => {
    service.refuseUnlessMay(actor, order.people)
    const labels = await service.countLabels(db, order, now)
    await audit(db, actor, 'customers/labels', '', { labels, type: order.type.kind })
    const { id: createdBy, locale } = actor
    if (service.isSmall(labels)) {
      const made = await service.makeLabels({ db, config, createdBy, now, locale }, order)
      return { labels: made.labels, fileId: made.file.id, jobId: null }
    }
    const jobId = await enqueue(db, printJob, { ...order, locale }, { createdBy })
    return { labels, fileId: null, jobId }
  })
  file(app, api.downloadLabels, async ({ fileId }, { db, config, actor }) => {
    const stored = await findFile(db, fileId)
    const may = stored?.createdBy === actor.id || [...actor.rights].some((r) => r === stored?.needs)
    if (stored?.mediaType !== 'application/pdf' || !may)
      throw new AppError('not-found', 'labels/no-such-file', 'There is no such file.')
    return download({ config }, stored)
  })
}
