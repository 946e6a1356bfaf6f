import * as api from '#core/routing/api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as conditions from './conditions.ts'
import * as distribution from './distribution.ts'
import { explainEntry } from './entry.ts'
import { distributeFrom } from './start-distributing.ts'

export function routingRoutes(app: App): void {
  route(app, api.getConditions, ({ id, locale }, { db, actor }) =>
    conditions.getConditions(db, id, { locale, actor }),
  )
  route(app, api.saveConditions, (change, { db, actor, now }) =>
    conditions.saveConditions(db, change, { actor, now }),
  )
  route(app, api.checkConditions, async ({ id, locale, ...draft }, { db, actor }) => {
    await conditions.findGuarded(db, id)
    return conditions.say(db, draft, { locale, actor })
  })
  route(app, api.forecastDistribution, ({ id }, { db, now }) => distribution.forecast(db, id, now))
  route(app, api.distributeStep, ({ id, stepIds }, { db, actor, now }) =>
    distributeFrom(db, { id, stepIds }, { actor, now }),
  )
  route(app, api.explainEntry, (asked, { db, actor, now }) =>
    explainEntry(db, asked, { actor, now }),
  )
}
