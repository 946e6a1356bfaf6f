import * as api from '#core/content/api.ts'
import { mergeFields } from '#core/content/merge-fields.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { Database } from '#platform/db/database.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../access/service.ts'
import { preview } from './preview.ts'
import * as service from './service.ts'
import { list as listTemplates } from './template-queries.ts'
import * as templates from './templates.ts'

/** What a feature above knows. */
type Hooks = {
  /** What the gateway for SMS puts behind a text. */
  readonly stopText: (db: Database) => Promise<string>
}

export function contentRoutes(app: App, { stopText }: Hooks): void {
  route(app, api.listMergeFields, async (_, { db }) => {
    const [custom, questions] = [
      await service.listCustomFields(db),
      await service.listQuestions(db),
    ]
    const labels = new Map<string, { labelFr: string; labelEn: string }>([
      ...custom.map((field) => [`custom.${field.key}`, field] as const),
      ...questions.map(({ code, label }) => {
        return [`answer.${code}`, { labelFr: label, labelEn: label }] as const
      }),
    ])
    const keys = custom.map(({ key }) => key)
    const codes = questions.map(({ code }) => code)
    return mergeFields(keys, codes).map((field) => {
      const { labelFr, labelEn } = labels.get(field.key) ?? {}
      return { ...field, ...(labelFr === undefined ? {} : { labelFr, labelEn }) }
    })
  })
  route(app, api.previewContent, async (input, { db, now, config }) =>
    preview(db, {
      ...input,
      now,
      links: service.sampleLinks(config.publicUrl),
      stopText: await stopText(db),
    }),
  )
  route(app, api.listTemplates, (_, { db }) => listTemplates(db))
  route(app, api.createTemplate, (draft, { db, actor }) =>
    templates.createTemplate(db, actor, draft),
  )
  route(app, api.renameTemplate, (change, { db, actor }) =>
    templates.renameTemplate(db, actor, change),
  )
  route(app, api.deleteTemplate, async ({ id }, { db, actor }) => {
    await templates.removeTemplate(db, actor, id)
    return done
  })
  route(app, api.getSender, (_, { db }) => service.getSender(db))
  route(app, api.saveSender, async (identity, { db, actor }) => {
    await service.saveSender(db, identity)
    await audit(db, actor, 'settings/sender', identity.name, identity)
    return identity
  })
}
