import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/views/api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as views from './service.ts'

export function viewRoutes(app: App): void {
  route(app, api.listViews, ({ list }, on) => views.listViews(on, list))
  route(app, api.saveView, ({ view }, on) => views.saveView(on, view))
  route(app, api.changeView, (change, on) => views.changeView(on, change))
  route(app, api.deleteView, async ({ id }, on) => {
    await views.deleteView(on, id)
    return done
  })
}
