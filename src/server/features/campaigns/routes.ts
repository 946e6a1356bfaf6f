import * as api from '#core/campaigns/api.ts'
import * as attachmentsApi from '#core/campaigns/attachments-api.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { Database } from '#platform/db/database.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { listAtWork } from './at-work-queries.ts'
import * as attachments from './attachments.ts'
import { checkContent, listAudience } from './audience.ts'
import * as campaigns from './queries.ts'
import * as service from './service.ts'

/** What features above this one do or know. */
export type Hooks = {
  freezeResults: service.FreezeResults
  /** What the gateway for SMS puts behind a text. */
  stopText: (db: Database) => Promise<string>
}

export function campaignRoutes(app: App, { freezeResults, stopText }: Hooks): void {
  route(app, api.listCampaigns, (options, { db, actor }) => campaigns.list(db, actor, options))
  route(app, api.listAtWork, (_, { db, actor }) => listAtWork(db, actor))
  route(app, api.getCampaign, ({ id }, { db }) => service.getCampaign(db, id))
  route(app, api.createCampaign, (draft, { db, actor }) => service.createCampaign(db, actor, draft))
  route(app, api.updateCampaign, (change, { db, actor }) =>
    service.updateCampaign(db, actor, change),
  )
  route(app, api.duplicateCampaign, (input, { db, actor }) =>
    service.duplicateCampaign(db, actor, input),
  )
  route(app, api.deleteCampaign, async ({ id }, { db, actor, now }) => {
    await service.deleteCampaign(db, actor, { id, now })
    return done
  })
  route(app, api.restoreCampaign, ({ id }, { db, actor }) => service.restoreCampaign(db, actor, id))
  route(app, api.closeCampaign, ({ id }, { db, actor, now }) =>
    service.closeCampaign(db, actor, { id, now, freeze: freezeResults }),
  )
  route(app, api.reopenCampaign, ({ id }, { db, actor }) => service.reopenCampaign(db, actor, id))
  stepRoutes(app, { stopText })
  attachmentRoutes(app)
}

function attachmentRoutes(app: App): void {
  route(app, attachmentsApi.listStepAttachments, ({ id }, { db }) => attachments.list(db, id))
  file(app, attachmentsApi.addStepAttachment, async (input, context, { body }) =>
    Response.json(await attachments.add(context, input, body)),
  )
  file(app, attachmentsApi.downloadStepAttachment, (input, context) =>
    attachments.send(context, input),
  )
  route(app, attachmentsApi.removeStepAttachment, (input, context) =>
    attachments.remove(context, input),
  )
}

function stepRoutes(app: App, { stopText }: Pick<Hooks, 'stopText'>): void {
  route(app, api.saveSelection, (change, { db }) => service.saveSelection(db, change))
  route(app, api.addContent, ({ id, ...content }, { db, actor }) =>
    service.addContent(db, actor, { stepId: id, ...content }),
  )
  route(app, api.orderContents, ({ id, contentIds }, { db }) =>
    service.orderContents(db, id, contentIds),
  )
  route(app, api.saveContent, (change, { db }) => service.saveContent(db, change))
  route(app, api.removeContent, ({ id }, { db }) => service.removeContent(db, id))
  route(app, api.listAudience, ({ id, ...asked }, { db, now }) =>
    listAudience(db, id, { ...asked, now }),
  )
  route(app, api.checkContent, async ({ id }, { db, now, config }) =>
    checkContent(db, id, { now, publicUrl: config.publicUrl, stopText: await stopText(db) }),
  )
}
