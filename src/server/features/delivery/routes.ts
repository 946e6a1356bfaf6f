import * as api from '#core/delivery/api.ts'
import type { MessageView } from '#core/delivery/message.ts'
import {
  createRelay,
  deleteRelay,
  listRelays,
  testRelay,
  updateRelay,
} from '#core/delivery/relays-api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import { asFile, download, findFile } from '#platform/files.ts'
import type { App, Context } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { audit } from '../access/service.ts'
import { getStep } from '../campaigns/service.ts'
import { bounceRoutes } from './bounces/bounce-routes.ts'
import { clickRoutes } from './clicks/click-routes.ts'
import * as ledger from './ledger-queries.ts'
import { mailboxRoutes } from './mailbox/mailbox-routes.ts'
import { openingRoutes } from './openings/opening-routes.ts'
import { preflight } from './preflight.ts'
import * as relays from './relay-queries.ts'
import { tryRelay } from './relay-test.ts'
import { notFound, prepareDraft, toView } from './relays.ts'
import { findFiles } from './run-queries.ts'
import * as runs from './runs.ts'
import { sendTest } from './test-send.ts'
import { unsubscribeRoutes } from './unsubscribe.ts'

export function deliveryRoutes(app: App): void {
  runRoutes(app)
  relayRoutes(app)
  mailboxRoutes(app)
  unsubscribeRoutes(app)
  bounceRoutes(app)
  clickRoutes(app)
  openingRoutes(app)
}

function runRoutes(app: App): void {
  const command = <Input extends { stepId: number }>(
    run: (context: Context, input: Input) => Promise<void>,
  ) => {
    return async (input: Input, context: Context) => {
      await run(context, input)
      return runs.summary(context, input.stepId)
    }
  }
  route(app, api.preflight, (input, context) => preflight(context, input))
  route(app, api.launchStep, command(runs.launch))
  route(
    app,
    api.unscheduleStep,
    command((c, { stepId }) => runs.unschedule(c, stepId)),
  )
  route(
    app,
    api.pauseStep,
    command((c, { stepId }) => runs.pause(c, stepId)),
  )
  route(
    app,
    api.resumeStep,
    command((c, { stepId }) => runs.resume(c, stepId)),
  )
  route(
    app,
    api.cancelStep,
    command((c, { stepId }) => runs.cancel(c, stepId)),
  )
  route(
    app,
    api.retryFailed,
    command((c, { stepId }) => runs.retry(c, stepId)),
  )
  route(app, api.settleUnknown, command(runs.settle))
  route(app, api.deliverySummary, ({ stepId }, context) => runs.summary(context, stepId))
  route(app, api.listMessages, async (input, { db }) => {
    await getStep(db, input.stepId)
    return ledger.list(db, input)
  })
  route(app, api.sendTest, async (input, context) => ({
    ...done,
    answer: await sendTest(context, input),
  }))
  file(app, api.downloadDeliveryFile, async ({ stepId, fileId }, { db, config }) => {
    const made = (await findFiles(db, stepId)).find((one) => one.fileId === fileId)
    const stored = made && (await findFile(db, made.fileId))
    if (!stored) {
      throw new AppError('not-found', 'delivery/no-such-file', 'This file is not there any more.')
    }
    return download({ config }, stored)
  })
  file(app, api.downloadLedger, async (filter, { db }) => {
    await getStep(db, filter.stepId)
    const rows = ledgerRows(ledger.stream(db, filter))
    const bytes = writeCsv(rows, { separator: ';', encoding: 'utf-8' })
    const mediaType = 'text/csv; charset=utf-8'
    return asFile(bytes, { name: `envois-${filter.stepId}.csv`, mediaType })
  })
}

async function* ledgerRows(lines: AsyncIterable<MessageView>): AsyncGenerator<string[]> {
  yield [
    'id',
    'party',
    'name',
    'channel',
    'address',
    'state',
    'reason',
    'attempts',
    'sent',
    'answer',
    'feedback',
    'feedback_text',
    'clicked',
    'opening_measured',
    'opened',
    'opens',
  ]
  for await (const line of lines) {
    const { id, partyId, name, channel, address, state, reason, attempts, submittedAt, answer } =
      line
    yield [
      String(id),
      String(partyId),
      name,
      channel,
      address,
      state,
      reason ?? '',
      String(attempts),
      submittedAt ?? '',
      answer ?? '',
      line.feedback ?? '',
      line.feedbackText ?? '',
      line.clickedAt ?? '',
      line.isMeasured ? 'yes' : '',
      line.openedAt ?? '',
      // Not measured is not zero.
      line.isMeasured ? String(line.opens) : '',
    ]
  }
}

function relayRoutes(app: App): void {
  route(app, listRelays, async (_, { db, secrets }) =>
    (await relays.list(db)).map((relay) => toView(relay, secrets)),
  )
  route(app, createRelay, async (draft, { db, secrets, actor }) => {
    const relay = await relays.insert(db, prepareDraft(draft, undefined, secrets))
    await audit(db, actor, 'relays/create', relay.label, { relayId: relay.id })
    return toView(relay, secrets)
  })
  route(app, updateRelay, async ({ id, ...draft }, { db, secrets, actor }) => {
    const stored = await relays.find(db, id)
    const relay = stored && (await relays.update(db, id, prepareDraft(draft, stored, secrets)))
    if (!relay) throw notFound()
    await audit(db, actor, 'relays/update', relay.label, { relayId: id })
    return toView(relay, secrets)
  })
  route(app, deleteRelay, async ({ id }, { db, actor }) => {
    const stored = await relays.find(db, id)
    if (!stored || !(await relays.remove(db, id))) throw notFound()
    await audit(db, actor, 'relays/delete', stored.label, { relayId: id })
    return done
  })
  route(app, testRelay, async ({ id, ...draft }, { now, ...services }) => {
    const stored = id ? await relays.find(services.db, id) : undefined
    return tryRelay({ ...services, now: () => now }, draft, stored)
  })
}
