/** All routes on one application: with worker.ts the only file that knows every feature. */
import { Hono } from 'hono'
import { endpoints } from '#core/endpoints.ts'
import { accessRoutes } from './features/access/routes.ts'
import { createAuthenticate, veil } from './features/access/service.ts'
import { activityRoutes } from './features/activities/routes.ts'
import { analysisRoutes } from './features/analyses/routes.ts'
import { campaignRoutes } from './features/campaigns/routes.ts'
import { companyRoutes } from './features/company/routes.ts'
import { companyZone } from './features/company/service.ts'
import { contentRoutes } from './features/content/routes.ts'
import { deliveryRoutes } from './features/delivery/routes.ts'
import { findStopText } from './features/delivery/service.ts'
import { demoRoutes } from './features/demo/routes.ts'
import { duplicateRoutes } from './features/duplicates/routes.ts'
import { historyRoutes } from './features/history/routes.ts'
import { importRoutes } from './features/imports/routes.ts'
import { jobRoutes } from './features/jobs/routes.ts'
import { labelRoutes } from './features/labels/routes.ts'
import { operationRoutes } from './features/operations/routes.ts'
import { partyRoutes } from './features/parties/routes.ts'
import { phoningRoutes } from './features/phoning/routes.ts'
import { followZone } from './features/phoning/service.ts'
import { questionnaireRoutes } from './features/questionnaires/routes.ts'
import { resultRoutes } from './features/results/routes.ts'
import { freezeResults } from './features/results/service.ts'
import { routingRoutes } from './features/routing/routes.ts'
import { distributeSoon, ensureNoCircle } from './features/routing/service.ts'
import { segmentRoutes } from './features/segments/routes.ts'
import { filterParties } from './features/segments/service.ts'
import { targetRoutes } from './features/targets/routes.ts'
import { leaveActivities } from './features/targets/service.ts'
import { viewRoutes } from './features/views/routes.ts'
import type { App, Services } from './platform/http/app.ts'
import { serveDocs } from './platform/http/docs.ts'
import { handleErrors } from './platform/http/errors.ts'
import { secure } from './platform/http/secure.ts'
import { serveHealth, serveWeb } from './platform/http/web.ts'

export function createApp(
  services: Services,
  authenticate: App['authenticate'] = createAuthenticate(services),
): App {
  const app: App = { ...services, http: new Hono(), authenticate, veil }
  handleErrors(app)
  secure(app)
  serveHealth(app)
  accessRoutes(app, { zone: companyZone })
  companyRoutes(app, { afterZone: followZone })
  importRoutes(app)
  demoRoutes(app)
  jobRoutes(app)
  partyRoutes(app, filterParties)
  segmentRoutes(app, { ensureNoCircle })
  contentRoutes(app, { stopText: findStopText })
  questionnaireRoutes(app)
  activityRoutes(app)
  duplicateRoutes(app)
  historyRoutes(app)
  viewRoutes(app)
  campaignRoutes(app, { freezeResults, stopText: findStopText })
  operationRoutes(app, { ensureNoCircle })
  targetRoutes(app, { afterStatus: [leaveActivities, distributeSoon] })
  routingRoutes(app)
  deliveryRoutes(app)
  phoningRoutes(app)
  labelRoutes(app)
  resultRoutes(app)
  analysisRoutes(app)
  serveDocs(app, endpoints)
  serveWeb(app)
  return app
}
