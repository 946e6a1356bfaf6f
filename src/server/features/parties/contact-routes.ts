import { done } from '#core/kernel/endpoint.ts'
import { attachContact, detachContact, listContacts } from '#core/parties/contact-api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as contacts from './contacts.ts'

export function contactRoutes(app: App): void {
  route(app, listContacts, ({ id }, { db }) => contacts.list(db, id))
  route(app, attachContact, async (wanted, { db, actor }) => {
    await contacts.attach(db, wanted, actor)
    return done
  })
  route(app, detachContact, async (pair, { db, actor }) => {
    await contacts.detach(db, pair, actor)
    return done
  })
}
