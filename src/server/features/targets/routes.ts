import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/targets/api.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import * as adding from './adding.ts'
import type { AfterStatus } from './changes.ts'
import { checkFile, reportFile } from './files.ts'
import * as people from './people.ts'
import { functions } from './source-queries.ts'
import { addTargets, refreshTargets } from './start-adding.ts'

export function targetRoutes(
  app: App,
  { afterStatus }: { afterStatus: readonly AfterStatus[] },
): void {
  route(app, api.listTargets, (page, { db }) => people.listTargets(db, page))
  route(app, api.countTargets, (filter, { db }) => people.countTargets(db, filter))
  route(app, api.keepTargetOrder, async (order, { db }) => {
    await people.keepOrder(db, order)
    return done
  })
  route(app, api.listContactFunctions, (_, { db }) => functions(db))
  route(app, api.proposeTargets, ({ id, source }, { db, now }) =>
    adding.proposeTargets(db, { stepId: id, source, now }),
  )
  route(app, api.addTargets, ({ id, source }, { db, actor, now }) =>
    addTargets(db, actor, { stepId: id, source, now }),
  )
  file(app, api.checkTargetFile, async ({ id, name }, context, { body }) =>
    Response.json(await checkFile(context, { stepId: id, name, body })),
  )
  file(app, api.downloadTargetReport, ({ id, fileId, locale }, { db }) =>
    reportFile(db, { stepId: id, fileId, locale }),
  )
  refreshRoutes(app)
  changeRoutes(app, afterStatus)
}

function refreshRoutes(app: App): void {
  route(app, api.listStepSelections, ({ id, locale }, { db, actor }) =>
    adding.listSelections(db, id, { locale, actor }),
  )
  route(app, api.previewRefresh, ({ id }, { db, now }) => adding.previewRefresh(db, id, now))
  route(app, api.listRefresh, ({ id, ...slice }, { db, now }) =>
    adding.listRefresh(db, { stepId: id, ...slice }, now),
  )
  route(app, api.refreshTargets, ({ id, ...sides }, { db, actor, now }) =>
    refreshTargets(db, actor, { stepId: id, ...sides, now }),
  )
  route(app, api.dropStepSelection, async ({ id, selectionId }, { db, actor }) => {
    await adding.dropSelection(db, actor, { stepId: id, selectionId })
    return done
  })
}

function changeRoutes(app: App, afterStatus: readonly AfterStatus[]): void {
  route(app, api.setTargetStatus, ({ id, people: who, status }, context) =>
    people.change(
      context,
      { stepId: id, people: who, change: { kind: 'status', status } },
      afterStatus,
    ),
  )
  route(app, api.restoreTargetStatus, ({ id, ...former }, context) =>
    people.restore(context, { stepId: id, ...former }),
  )
  route(app, api.linkTargets, ({ id, people: who, linked }, context) =>
    people.change(
      context,
      { stepId: id, people: who, change: { kind: 'link', linked } },
      afterStatus,
    ),
  )
  route(app, api.removeTargets, ({ id, people: who }, context) =>
    people.change(context, { stepId: id, people: who, change: { kind: 'remove' } }, afterStatus),
  )
}
