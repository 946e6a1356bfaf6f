/** What nobody comes to by a back door: a run by its job, a launch by a wrong date, the program's letters. */
import { describe, expect, it } from 'vitest'
import * as api from '#core/delivery/api.ts'
import { listMailbox, readMailbox } from '#core/delivery/mailbox-api.ts'
import { createRelay } from '#core/delivery/relays-api.ts'
import { cancelJob } from '#core/jobs/api.ts'
import { launch, mailing, manyPeople, relay, withRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { testApp } from '#tests/support/test-app.ts'
import { sendNotice } from './service.ts'

describe('a run', () => {
  it('is not stopped by its job alone, which would leave it on the way for ever', async () => {
    const app = await testApp()
    await using sink = await closing()
    await withRelay(app, sink.port)
    await manyPeople(app, 2)
    const stepId = await mailing(app)
    await launch(app, stepId, new Date(app.now().getTime() + 3_600_000).toISOString())
    const { id } = await app.db.selectFrom('jobs').select('id').executeTakeFirstOrThrow()
    expect(await app.refusal(cancelJob, { id })).toMatchObject({ code: 'jobs/stopped-elsewhere' })
    await app.db
      .updateTable('jobs')
      .set({ runAt: new Date(0) })
      .execute()
    await app.runJobs()
    expect(await app.call(api.deliverySummary, { stepId })).toMatchObject({ state: 'done' })
  })

  it('does not begin at once for a moment that has passed', async () => {
    const app = await testApp()
    await using sink = await closing()
    await withRelay(app, sink.port)
    await manyPeople(app, 2)
    const stepId = await mailing(app)
    const past = { stepId, confirm: 2, at: '2000-01-01T00:00:00Z' }
    expect(await app.refusal(api.launchStep, past)).toMatchObject({ code: 'delivery/past' })
    expect(await app.call(api.deliverySummary, { stepId })).toMatchObject({ state: 'preparing' })
  })
})

async function closing() {
  const { port, stop } = await startSink({})
  return { port, [Symbol.asyncDispose]: stop }
}

it('letters of the program in the built-in mailbox are for who manages access', async () => {
  const app = await testApp()
  await app.call(
    createRelay,
    relay({ kind: 'mailbox', fromName: '', fromAddress: 'boutique@example.org' }),
  )
  await sendNotice(app.services, {
    to: 'admin@example.org',
    toName: 'Admin',
    subject: 'Votre mot de passe',
    paragraphs: ['https://example.org/link#secret'],
    reference: 'reset-1',
  })
  const { rows } = await app.call(listMailbox, {})
  expect(rows).toMatchObject([{ subject: 'Votre mot de passe' }])
  app.grant('mailings.view', 'mailings.write')
  expect((await app.call(listMailbox, {})).rows).toEqual([])
  expect(await app.refusal(readMailbox, { id: rows[0]?.id })).toMatchObject({ status: 404 })
})
