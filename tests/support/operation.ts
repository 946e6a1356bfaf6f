/** Steps of operations on a test database, ready to be launched at a relay of the test's own. */
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { addContent, saveContent } from '#core/campaigns/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import * as operations from '#core/operations/api.ts'
import { admit } from '../../src/server/features/targets/service.ts'
import { email, withRelay } from './mailing.ts'
import { type SinkOptions, startSink } from './smtp-sink.ts'
import { type TestApp, testApp } from './test-app.ts'

/** The whole server with a relay that takes everything down. */
export async function shop(options: SinkOptions = {}) {
  const app = await testApp()
  const sink = await startSink(options)
  onTestFinished(() => sink.stop())
  await withRelay(app, sink.port)
  return { app, sink, sentTo: () => sink.accepted.map(({ to }) => to).sort() }
}

export type Making = { step?: object; header?: object; body?: ContentBody | null }

/** An operation with one step and its message. */
export async function aStep(app: TestApp, { step = {}, header = {}, body = email() }: Making = {}) {
  const { id } = await app.call(operations.createOperation, { label: 'Salon', ...header })
  const made = await app.call(operations.createStep, { id, label: 'Invitation', ...step })
  const stepId = made.steps[0]?.id ?? 0
  if (body) {
    const view = await app.call(addContent, { id: stepId, channel: body.channel })
    const { id: contentId, version } = view.steps[0]?.contents[0] ?? { id: 0, version: 1 }
    await app.call(saveContent, { id: contentId, version, body, onlyUnreached: false })
  }
  return { id, stepId }
}

export const admitted = (app: TestApp, stepId: number, ids: readonly number[]) =>
  admit(app.db, sql`select unnest(${ids}::bigint[]) as party_id, null::bigint as organisation_id`, {
    stepId,
    now: app.now(),
  })

export const later = (app: TestApp, seconds: number) =>
  app.setNow(new Date(app.now().getTime() + seconds * 1_000))

export const statuses = async (app: TestApp, stepId: number) => {
  const rows = await app.db
    .selectFrom('targets')
    .where('stepId', '=', stepId)
    .select(['partyId', 'status'])
    .orderBy('partyId')
    .execute()
  return Object.fromEntries(rows.map(({ partyId, status }) => [partyId, status]))
}

export const two = [{ email: 'a@example.org' }, { email: 'b@example.org' }]

/** Lets jobs that wait for their time run, as if it had come. */
export const hasten = (app: TestApp) =>
  app.db
    .updateTable('jobs')
    .set({ runAt: new Date(0) })
    .where('state', '=', 'queued')
    .execute()
