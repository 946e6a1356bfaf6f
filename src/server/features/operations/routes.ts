import { compress } from 'hono/compress'
import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/operations/api.ts'
import * as tablesApi from '#core/operations/tables-api.ts'
import * as templatesApi from '#core/operations/template-api.ts'
import type { Database } from '#platform/db/database.ts'
import type { App, Context } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import * as documents from './documents.ts'
import * as operations from './operations.ts'
import * as steps from './steps.ts'
import * as lines from './table-queries.ts'
import * as tables from './tables.ts'
import { list as listTemplates } from './template-queries.ts'
import * as templates from './templates.ts'
import * as tree from './tree.ts'
import { list } from './tree-queries.ts'
import { listUses } from './use-queries.ts'

export type Asked = {
  /** Refuses a step that would wait for itself by the conditions of whatever steps. */
  ensureNoCircle: (db: Database, stepId: number) => Promise<void>
}

export function operationRoutes(app: App, asked: Asked): void {
  // A thousand folders are worth packing; small answers are not.
  app.http.use(api.getTree.path, compress())
  route(app, api.getTree, (_, { db, actor }) => tree.getTree(db, actor))
  route(app, api.saveTreePreference, async ({ opensUnfolded }, { db, actor }) => {
    await tree.savePreference(db, actor, opensUnfolded)
    return done
  })
  route(app, api.moveInTree, async (move, { db, actor }) => {
    await tree.move(db, actor, move)
    return done
  })
  route(app, api.createFolder, (draft, { db, actor }) => tree.createFolder(db, actor, draft))
  route(app, api.updateFolder, (change, { db }) => tree.updateFolder(db, change))
  route(app, api.deleteFolder, async ({ id }, { db, actor }) => {
    await tree.deleteFolder(db, actor, id)
    return done
  })
  route(app, api.listOperations, (options, { db, actor }) => list(db, actor, options))
  route(app, api.createOperation, (draft, { db, actor }) =>
    operations.createOperation(db, actor, draft),
  )
  route(app, api.getOperation, ({ id }, { db }) => operations.getOperation(db, id))
  route(app, api.updateOperation, (change, { db, actor }) =>
    operations.updateOperation(db, actor, change),
  )
  route(app, api.deleteOperation, async ({ id }, { db, actor, now }) => {
    await operations.deleteOperation(db, actor, { id, now })
    return done
  })
  route(app, api.restoreOperation, ({ id }, { db, actor }) =>
    operations.restoreOperation(db, actor, id),
  )
  stepRoutes(app, asked)
  templateRoutes(app)
  tableRoutes(app)
}

function stepRoutes(app: App, { ensureNoCircle }: Asked): void {
  route(app, api.createStep, (draft, { db, actor }) => steps.createStep(db, actor, draft))
  route(app, api.duplicateStep, (input, { db, actor }) => steps.duplicateStep(db, actor, input))
  route(app, api.updateStep, async (change, { db, actor }) => {
    const view = await steps.updateStep(db, actor, change)
    await ensureNoCircle(db, change.id)
    return view
  })
  route(app, api.moveStep, (move, { db }) => steps.moveStep(db, move))
  route(app, api.deleteStep, ({ id }, { db, actor }) => steps.deleteStep(db, actor, id))
  route(app, api.setStepStatus, (input, { db, now }) => steps.setStepStatus(db, { ...input, now }))
}

function templateRoutes(app: App): void {
  route(app, templatesApi.listTemplates, (_, { db, actor }) => listTemplates(db, actor))
  route(app, templatesApi.loadIntoOperation, (input, { db, actor }) =>
    templates.intoOperation(db, actor, input),
  )
  route(app, templatesApi.loadIntoStep, (input, { db, actor }) =>
    templates.intoStep(db, actor, input),
  )
  file(app, templatesApi.uploadDocument, async (input, context, { body }) =>
    Response.json(await documents.upload(context, input, body)),
  )
  file(app, templatesApi.downloadDocument, ({ id }, context) => documents.send(context, id))
  route(app, templatesApi.removeDocument, ({ id }, context) => documents.remove(context, id))
}

/** Each change answers with the tables as they now are. */
function tableRoutes(app: App): void {
  const after = async (change: Promise<unknown>, { db, actor }: Context) => {
    await change
    return lines.all(db, actor)
  }
  route(app, tablesApi.getOperationTables, (_, { db, actor }) => lines.all(db, actor))
  route(app, tablesApi.listTableUses, (_, { db, actor }) => listUses(db, actor))
  route(app, tablesApi.saveState, (draft, on) =>
    after(tables.saveState(on.db, on.actor, draft), on),
  )
  route(app, tablesApi.deleteState, ({ entity, code }, on) =>
    after(tables.deleteState(on.db, on.actor, entity, code), on),
  )
  route(app, tablesApi.saveStepType, (draft, on) =>
    after(tables.saveStepType(on.db, on.actor, draft), on),
  )
  route(app, tablesApi.deleteStepType, ({ code }, on) =>
    after(tables.deleteStepType(on.db, on.actor, code), on),
  )
  route(app, tablesApi.createCampaignType, (draft, on) => after(lines.insertType(on.db, draft), on))
  route(app, tablesApi.updateCampaignType, ({ id, ...draft }, on) =>
    after(lines.updateType(on.db, id, draft), on),
  )
  route(app, tablesApi.deleteCampaignType, ({ id }, on) =>
    after(tables.removeLine(on.db, on.actor, { table: 'types', id }), on),
  )
  route(app, tablesApi.createFamily, (draft, on) =>
    after(tables.saveFamily(on.db, on.actor, draft), on),
  )
  route(app, tablesApi.updateFamily, (draft, on) =>
    after(tables.saveFamily(on.db, on.actor, draft), on),
  )
  route(app, tablesApi.deleteFamily, ({ id }, on) =>
    after(tables.removeLine(on.db, on.actor, { table: 'families', id }), on),
  )
  route(app, tablesApi.orderTable, async (input, { db }) => {
    await lines.order(db, input)
    return done
  })
}
