import * as api from '#core/company/api.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../access/service.ts'
import * as company from './service.ts'

/** What features above do. */
type Hooks = {
  readonly afterZone: (
    db: Database,
    actor: Actor,
    zone: { before: string; after: string },
  ) => Promise<void>
}

export function companyRoutes(app: App, { afterZone }: Hooks): void {
  route(app, api.getTimeZone, async (_, { db }) => ({
    timeZone: await company.companyZone(db),
    choices: await company.zoneChoices(db),
  }))
  route(app, api.saveTimeZone, async ({ timeZone }, { db, actor }) => {
    const before = await company.companyZone(db)
    await company.saveZone(db, timeZone)
    await audit(db, actor, 'settings/time-zone', timeZone, { before })
    await afterZone(db, actor, { before, after: timeZone })
    return { timeZone }
  })
}
