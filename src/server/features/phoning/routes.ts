import { done } from '#core/kernel/endpoint.ts'
import { spanOfDays } from '#core/kernel/zone.ts'
import * as api from '#core/phoning/api.ts'
import { nextOpening } from '#core/phoning/law.ts'
import { preparing } from '#platform/db/prepared.ts'
import type { App, Context } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../access/service.ts'
import { takesAppointments } from '../activities/service.ts'
import { companyZone } from '../company/service.ts'
import { loadQuestionnaire } from '../questionnaires/service.ts'
import * as attempts from './call-queries.ts'
import * as calls from './calls.ts'
import { doNotCallRoutes } from './do-not-call.ts'
import * as history from './history-queries.ts'
import * as queue from './queue.ts'
import * as leases from './queue-queries.ts'
import { leaseLost } from './refusals.ts'
import * as settings from './settings-queries.ts'
import * as steps from './step-queries.ts'
import * as supervision from './supervision-queries.ts'

export function phoningRoutes(app: App): void {
  agentRoutes(app)
  callRoutes(app)
  supervisorRoutes(app)
  settingsRoutes(app)
  doNotCallRoutes(app)
}

/** Every agent asks these a hundred times an hour, with the same few statements. */
const often = (context: Context): Context => ({ ...context, db: preparing(context.db) })

function agentRoutes(app: App): void {
  route(app, api.listCallSteps, async (_, { db, actor, now }) =>
    steps.list(db, actor, { law: await settings.law(db), now }),
  )
  route(app, api.getCallStep, async ({ id }, { db, actor, now }) => {
    const step = await queue.getStep(db, id)
    const { questionnaireId, law } = step
    const opening = nextOpening(law, now)
    return {
      stepId: step.id,
      label: step.label,
      campaignId: step.campaignId,
      campaign: step.campaign,
      channel: step.channel,
      ground: step.ground,
      questionnaire: questionnaireId === null ? null : await loadQuestionnaire(db, questionnaireId),
      statuses: await steps.targetStatuses(db),
      takesAppointments: await takesAppointments(db, actor),
      closedUntil: opening && opening > now ? opening.toISOString() : null,
    }
  })
  route(app, api.getQueue, async ({ id }, { db, actor, now }) => {
    const since = queue.dayStart(await queue.getStep(db, id), now)
    return steps.figures(db, { stepId: id, agentId: queue.agentId(actor), now, since })
  })
  route(app, api.listHandled, async ({ id }, { db, actor, now }) => {
    const since = queue.dayStart(await queue.getStep(db, id), now)
    return attempts.handled(db, { stepId: id, agentId: queue.agentId(actor), since })
  })
  route(app, api.nextPerson, (input, context) => queue.nextPerson(often(context), input))
  route(app, api.takePerson, (input, context) => queue.takePerson(often(context), input))
  route(app, api.getCallHistory, async ({ id, partyId }, { db, actor }) => {
    const target = await attempts.findTarget(db, id, partyId)
    if (target?.leasedBy !== queue.agentId(actor)) throw leaseLost()
    const { organisationId } = target
    return history.find(db, actor, { partyId, organisationId })
  })
  route(app, api.keepLease, async ({ id, partyIds }, { db, actor, now }) => {
    const asking = { stepId: id, agentId: queue.agentId(actor), now }
    const kept = await leases.renew(db, asking, partyIds)
    return { kept, until: leases.leaseEnd(now).toISOString() }
  })
  route(app, api.stopCalls, async ({ id }, { db, actor }) => {
    await leases.release(db, id, { agentId: queue.agentId(actor) })
    return done
  })
  route(app, api.listMyCallbacks, (_, { db, actor }) =>
    supervision.callbacks(db, actor, { agentId: queue.agentId(actor) }),
  )
}

function callRoutes(app: App): void {
  route(app, api.openCall, (input, context) => calls.openCall(often(context), input))
  route(app, api.saveCallAnswers, (input, context) => calls.saveCallAnswers(often(context), input))
  route(app, api.finishCall, (input, context) => calls.finishCall(often(context), input))
  route(app, api.undoCall, (input, context) => calls.undoCall(context, input))
}

function supervisorRoutes(app: App): void {
  route(app, api.getSupervision, async ({ from, to, stepId }, { db, actor, now }) => {
    const span = spanOfDays(from, to, await companyZone(db))
    const period = { from: span.from, to: span.until, stepId }
    return {
      figures: await supervision.figures(db, actor, period),
      leases: await supervision.leases(db, actor, { now, stepId }),
      callbacks: await supervision.callbacks(db, actor, { stepId }),
      agents: await supervision.agents(db),
    }
  })
  route(app, api.countObstacles, async ({ id }, { db, now }) => {
    const step = await queue.getStep(db, id)
    const asking = { stepId: id, now, codes: step.toDoCodes }
    return leases.countObstacles(db, asking, queue.judgementOf(step, now))
  })
  route(app, api.releaseLease, async ({ id, partyId }, { db, actor }) => {
    const { label } = await queue.getStep(db, id)
    await leases.release(db, id, { partyId })
    await audit(db, actor, 'phoning/release', label, { stepId: id, partyId })
    return done
  })
  route(app, api.reassignCallbacks, async ({ id, partyIds, agentId }, { db, actor }) => {
    const { label } = await queue.getStep(db, id)
    const changed = await supervision.giveCallbacks(db, id, partyIds, agentId)
    await audit(db, actor, 'phoning/reassign', label, { stepId: id, agentId, changed })
    return { changed }
  })
}

function settingsRoutes(app: App): void {
  route(app, api.getCallLaw, (_, { db }) => settings.law(db))
  route(app, api.saveCallLaw, async (law, { db, actor }) => {
    const before = await settings.law(db)
    await settings.keepLaw(db, law)
    await settings.reconsider(db)
    await audit(db, actor, 'phoning/law', '', { before, after: law })
    return law
  })
  route(app, api.getCallGround, async ({ id }, { db }) => {
    const { ground } = await queue.getStep(db, id)
    return { ground }
  })
  route(app, api.setCallGround, async ({ id, ground }, { db, actor }) => {
    const { label } = await queue.getStep(db, id)
    await steps.setGround(db, id, ground)
    await settings.reconsider(db, id)
    await audit(db, actor, 'phoning/ground', label, { stepId: id, ground })
    return done
  })
}
