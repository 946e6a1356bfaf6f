import type { App } from '#platform/http/app.ts'
import { cardRoutes } from './card-routes.ts'
import { catalogueRoutes } from './catalogue-routes.ts'

export function partyRoutes(app: App): void {
  cardRoutes(app)
  catalogueRoutes(app)
}
