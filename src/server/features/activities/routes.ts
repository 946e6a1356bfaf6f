import * as api from '#core/activities/api.ts'
import { done } from '#core/kernel/endpoint.ts'
import { asFile } from '#platform/files.ts'
import type { App, Context } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit, ensureMay } from '../access/service.ts'
import { companyZone } from '../company/service.ts'
import * as activities from './activities.ts'
import { orderBulk, orderUndo } from './bulk.ts'
import { calendarOf } from './calendar.ts'
import { exportJob } from './export.ts'
import * as files from './files.ts'
import * as lines from './queries.ts'
import { noCopy } from './refusals.ts'
import * as tables from './type-queries.ts'
import * as types from './types.ts'
import { type Clock, matching, selected } from './where-queries.ts'

const clockOf = async ({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Clock> => ({
  now,
  zone: await companyZone(db),
})

export function activityRoutes(app: App): void {
  route(app, api.listActivities, async ({ filter, ...page }, on) => {
    const { db, actor } = on
    const where = matching(filter, actor, await clockOf(on))
    return { rows: await lines.page(db, where, page), total: await lines.count(db, where) }
  })
  route(app, api.totalActivities, async ({ filter, by }, on) => {
    const clock = await clockOf(on)
    return lines.totals(on.db, matching(filter, on.actor, clock), { by, ...clock })
  })
  route(app, api.createActivity, (draft, on) => activities.createActivity(on, draft))
  route(app, api.getActivity, ({ id }, on) => activities.getActivity(on, id))
  route(app, api.updateActivity, (change, on) => activities.updateActivity(on, change))
  route(app, api.setActivityState, (change, on) => activities.setActivityState(on, change))
  route(app, api.deleteActivity, async ({ id }, on) => {
    await activities.deleteActivity(on, id)
    return done
  })
  manyRoutes(app)
  fileRoutes(app)
  tableRoutes(app)
}

/** Each change answers with the tables as they now are. */
function tableRoutes(app: App): void {
  const after = async (change: Promise<unknown>, { db, actor }: Context) => {
    await change
    return tables.all(db, actor)
  }
  route(app, api.getActivityTables, (_, { db, actor }) => tables.all(db, actor))
  route(app, api.createActivityType, (draft, on) =>
    after(types.saveType(on.db, on.actor, draft), on),
  )
  route(app, api.updateActivityType, ({ id, ...draft }, on) =>
    after(types.saveType(on.db, on.actor, draft, id), on),
  )
  route(app, api.deleteActivityType, ({ id }, on) =>
    after(types.removeType(on.db, on.actor, id), on),
  )
  route(app, api.createActivityFamily, (draft, on) =>
    after(types.saveFamily(on.db, on.actor, draft), on),
  )
  route(app, api.updateActivityFamily, ({ id, ...draft }, on) =>
    after(types.saveFamily(on.db, on.actor, draft, id), on),
  )
  route(app, api.deleteActivityFamily, ({ id }, on) =>
    after(types.removeFamily(on.db, on.actor, id), on),
  )
  route(app, api.orderActivityTable, async (order, { db }) => {
    await tables.order(db, order)
    return done
  })
  route(app, api.saveWorkingHours, (hours, on) =>
    after(types.saveWorkingHours(on.db, on.actor, hours), on),
  )
}

function manyRoutes(app: App): void {
  route(app, api.bulkActivities, async (order, on) => ({ jobId: await orderBulk(on, order) }))
  route(app, api.undoActivityBulk, async ({ jobId }, on) => ({ jobId: await orderUndo(on, jobId) }))
  route(app, api.exportActivities, async (order, on) => {
    const { db, actor } = on
    ensureMay(actor, 'activities.view')
    const where = selected(order.selection, actor, await clockOf(on))
    const count = await lines.count(db, where)
    await audit(db, actor, 'activities/export', '', { activities: count, format: order.format })
    const by = { id: actor.id, keys: [...actor.keys] }
    return { jobId: await enqueue(db, exportJob, { order, by }, { createdBy: actor.id }) }
  })
}

function fileRoutes(app: App): void {
  file(app, api.attachFile, async (input, on, { body }) =>
    Response.json(await files.attachFile(on, { ...input, body })),
  )
  file(app, api.downloadAttachment, ({ id, fileId }, on) => files.downloadFile(on, id, fileId))
  route(app, api.detachFile, ({ id, fileId }, on) => files.detachFile(on, id, fileId))
  file(app, api.downloadMessageCopy, async ({ id, messageId }, on) => {
    await activities.getActivity(on, id)
    const copy = await lines.findCopy(on.db, id, messageId)
    if (!copy) throw noCopy()
    return files.downloadCopy(on, copy)
  })
  file(app, api.getActivityCalendar, async ({ id }, on) => {
    const activity = await activities.getActivity(on, id)
    const host = new URL(on.config.publicUrl).host
    const mediaType = 'text/calendar; charset=utf-8'
    return asFile(calendarOf(activity, host, on.now), { name: 'rendez-vous.ics', mediaType })
  })
}
