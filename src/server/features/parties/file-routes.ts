import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/parties/files-api.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import * as files from './files.ts'

export function fileRoutes(app: App): void {
  route(app, api.listPartyFiles, ({ id }, on) => files.listFiles(on, id))
  file(app, api.attachPartyFile, async (input, on, { body }) =>
    Response.json(await files.attachFile(on, { ...input, body })),
  )
  file(app, api.downloadPartyFile, ({ id, fileId }, on) => files.downloadFile(on, id, fileId))
  route(app, api.detachPartyFile, async ({ id, fileId }, on) => {
    await files.detachFile(on, id, fileId)
    return done
  })
}
