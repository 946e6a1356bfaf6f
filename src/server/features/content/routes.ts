import * as api from '#core/content/api.ts'
import { mergeFields } from '#core/content/merge-fields.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../access/service.ts'
import { preview } from './preview.ts'
import * as service from './service.ts'

export function contentRoutes(app: App): void {
  route(app, api.listMergeFields, async (_, { db }) => {
    const custom = await service.listCustomFields(db)
    const labels = new Map(custom.map((field) => [`custom.${field.key}`, field]))
    return mergeFields(custom.map(({ key }) => key)).map((field) => {
      const { labelFr, labelEn } = labels.get(field.key) ?? {}
      return { ...field, ...(labelFr === undefined ? {} : { labelFr, labelEn }) }
    })
  })
  route(app, api.previewContent, (input, { db, now, config }) =>
    preview(db, { ...input, now, links: service.sampleLinks(config.publicUrl) }),
  )
  route(app, api.getSender, (_, { db }) => service.getSender(db))
  route(app, api.saveSender, async (identity, { db, actor }) => {
    await service.saveSender(db, identity)
    await audit(db, actor, 'settings/sender', identity.name, identity)
    return identity
  })
}
