import * as api from '#core/delivery/bounce-mailbox.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../../access/service.ts'
import { scheduleBounces } from './bounce-job.ts'
import { joinDraft, tryMailbox, viewMailbox } from './bounce-mailbox.ts'
import * as bounces from './bounce-queries.ts'

export function bounceRoutes(app: App): void {
  route(app, api.getBounceMailbox, (_, context) => viewMailbox(context, context.now))
  route(app, api.saveBounceMailbox, async (draft, context) => {
    const { db, secrets, actor, now } = context
    const { password, ...rest } = joinDraft(draft, await bounces.find(db), secrets)
    await bounces.save(db, { ...rest, sealed: secrets.seal(password) })
    await audit(db, actor, 'bounces/update', draft.config.user, { host: draft.config.host })
    await scheduleBounces({ db, now: () => now })
    return viewMailbox(context, now)
  })
  route(app, api.deleteBounceMailbox, async (_, { db, actor }) => {
    const stored = await bounces.find(db)
    if (!stored) throw missing()
    await bounces.remove(db)
    await audit(db, actor, 'bounces/delete', stored.config.user, { host: stored.config.host })
    return done
  })
  route(app, api.readBounceMailbox, async (_, { db, now }) => {
    if (!(await bounces.find(db))) throw missing()
    await scheduleBounces({ db, now: () => now })
    return done
  })
  route(app, api.testBounceMailbox, async (draft, { db, secrets, config }) => {
    const joined = joinDraft(draft, await bounces.find(db), secrets)
    return tryMailbox({ ...joined, allowInside: config.privateGateways })
  })
}

const missing = () =>
  new AppError('not-found', 'delivery/no-bounce-mailbox', 'No bounce mailbox is set.')
