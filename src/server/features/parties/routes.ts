import type { App } from '#platform/http/app.ts'
import { cardRoutes } from './card-routes.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { contactRoutes } from './contact-routes.ts'
import { fileRoutes } from './file-routes.ts'
import type { CriteriaCondition } from './list-queries.ts'
import { listRoutes } from './list-routes.ts'

/** `compile` is how the list understands criteria: segments, above this feature, brings it. */
export function partyRoutes(app: App, compile: CriteriaCondition): void {
  cardRoutes(app)
  contactRoutes(app)
  fileRoutes(app)
  listRoutes(app, compile)
  catalogueRoutes(app)
}
