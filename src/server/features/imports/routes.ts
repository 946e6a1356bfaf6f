import * as api from '#core/imports/api.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import * as imports from './queries.ts'
import { rejectsFile } from './rejects.ts'
import * as service from './service.ts'

export function importRoutes(app: App): void {
  file(app, api.uploadImport, async ({ name }, context, request) =>
    Response.json(await service.upload(context, name, request.body)),
  )
  route(app, api.listImports, (slice, { db }) => imports.list(db, slice))
  route(app, api.getImport, ({ id }, { db }) => imports.get(db, id))
  route(app, api.readImportAs, ({ id, ...choice }, context) => service.readAs(context, id, choice))
  route(app, api.guessImport, async ({ id, kind }, { db }) => ({
    guess: await service.guess(db, id, kind),
    earlier: await imports.listEarlier(db, id),
  }))
  route(app, api.checkImport, ({ id, plan }, context) =>
    service.begin(context, id, { plan, apply: false }),
  )
  route(app, api.startImport, ({ id, plan }, context) =>
    service.begin(context, id, { plan, apply: true }),
  )
  route(app, api.stopImport, ({ id, undo }, context) => service.stop(context, id, undo))
  route(app, api.undoImport, ({ id }, context) => service.undo(context, id))
  route(app, api.deleteImport, async ({ id }, context) => {
    await service.forget(context, id)
    return done
  })
  route(app, api.listRejects, async ({ id, ...slice }, { db }) => ({
    total: await imports.countRejects(db, id),
    rejects: await imports.listRejects(db, id, slice),
  }))
  file(app, api.downloadRejects, ({ id, locale }, { db }) => rejectsFile(db, id, locale))
}
