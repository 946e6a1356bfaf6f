import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/segments/api.ts'
import type { Database } from '#platform/db/database.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as dictionary from './dictionary-queries.ts'
import * as service from './service.ts'

export type Asked = {
  /** Refuses a step that would wait for itself by the conditions of whatever steps. */
  ensureNoCircle: (db: Database, stepId: number) => Promise<void>
}

export function segmentRoutes(app: App, { ensureNoCircle }: Asked): void {
  route(app, api.getDictionary, ({ locale }, { db, actor }) => {
    refuseUnconcerned(actor)
    return dictionary.load(db, { locale, actor })
  })
  route(app, api.findArticles, (asked, { db, actor }) => {
    refuseUnconcerned(actor)
    return dictionary.articles(db, asked)
  })
  route(app, api.countStages, ({ criteria }, { db, actor, now }) => {
    refuseUnconcerned(actor)
    return service.countStages(db, criteria, now)
  })
  route(app, api.findCandidates, (asked, { db }) => service.findCandidates(db, asked))
  route(app, api.listSegments, ({ locale }, { db, actor }) =>
    service.listViews(db, { locale, actor }),
  )
  route(app, api.getSegment, ({ id, locale }, { db, actor }) =>
    service.getView(db, id, { locale, actor }),
  )
  route(app, api.createSegment, (draft, { db, ...acting }) => service.create(db, draft, acting))
  route(app, api.updateSegment, async (draft, { db, ...acting }) => {
    const segment = await service.update(db, draft, acting)
    for (const stepId of await service.stepsAsking(db, acting.actor, segment.id))
      await ensureNoCircle(db, stepId)
    return segment
  })
  route(app, api.deleteSegment, async ({ id }, { db, actor }) => {
    await service.remove(db, id, actor)
    return done
  })
  route(app, api.countCriteria, ({ criteria, locale }, { db, now, actor }) =>
    service.viewCriteria(db, criteria, { now, locale, actor }),
  )
  route(app, api.listCriteriaPeople, ({ criteria, ...slice }, { db, now }) =>
    service.listSelected(db, service.matching(criteria), { now, ...slice }),
  )
  route(app, api.explainPeople, ({ criteria, locale, ids }, { db, now, actor }) =>
    service.explainPeople(db, criteria, { now, locale, actor, ids }),
  )
  route(app, api.countSelection, ({ selection, locale }, { db, now, actor }) =>
    service.viewCounters(db, selection, { now, locale, actor }),
  )
  route(app, api.listSelectionPeople, ({ selection, ...slice }, { db, now }) =>
    service.listSelected(db, selection, { now, ...slice }),
  )
}

/** Criteria are written for segments and for mailings alike: either right to look is enough. */
function refuseUnconcerned({ rights }: Actor): void {
  if (rights.has('customers.view') || rights.has('mailings.view')) return
  throw new AppError('forbidden', 'access/right-missing', 'This takes the right customers.view.', {
    details: { right: 'customers.view' },
  })
}
