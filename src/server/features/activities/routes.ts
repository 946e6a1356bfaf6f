import * as api from '#core/activities/api.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { App, Context } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as activities from './activities.ts'
import * as lines from './queries.ts'
import * as tables from './type-queries.ts'
import * as types from './types.ts'
import { matching } from './where-queries.ts'

export function activityRoutes(app: App): void {
  route(app, api.listActivities, async ({ filter, ...page }, { db, actor, now }) => {
    const where = matching(filter, actor, now)
    return { rows: await lines.page(db, where, page), total: await lines.count(db, where) }
  })
  route(app, api.totalActivities, ({ filter, by }, { db, actor, now }) =>
    lines.totals(db, matching(filter, actor, now), { by, now }),
  )
  route(app, api.createActivity, (draft, on) => activities.createActivity(on, draft))
  route(app, api.getActivity, ({ id }, on) => activities.getActivity(on, id))
  route(app, api.updateActivity, (change, on) => activities.updateActivity(on, change))
  route(app, api.setActivityState, (change, on) => activities.setActivityState(on, change))
  route(app, api.deleteActivity, async ({ id }, on) => {
    await activities.deleteActivity(on, id)
    return done
  })
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
