import PostalMime from 'postal-mime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { emptyContent } from '#core/content/content.ts'
import * as api from '#core/delivery/api.ts'
import { createRelay } from '#core/delivery/relays-api.ts'
import { saveTracking } from '#core/delivery/tracking-api.ts'
import * as operations from '#core/operations/api.ts'
import { changeConsent } from '#core/parties/api.ts'
import { launch, people, relay, smtpRelay } from '#tests/support/mailing.ts'
import { admitted, aStep, hasten, later, shop, statuses, two } from '#tests/support/operation.ts'
import { startSink } from '#tests/support/smtp-sink.ts'

describe('other kinds of step', () => {
  it('export a file for each launch, then give the final status', async () => {
    const { app } = await shop()
    const [a = 0, b = 0] = await people(app, two)
    const { stepId } = await aStep(app, {
      step: { typeCode: 'export' },
      body: emptyContent('file', 'fr'),
    })
    for (const id of [a, b]) {
      await admitted(app, stepId, [id])
      await launch(app, stepId)
      await app.runJobs()
      later(app, 60)
    }
    expect(await statuses(app, stepId)).toEqual({ [a]: 'ok-continue', [b]: 'ok-continue' })
    const { files } = await app.call(api.deliverySummary, { stepId })
    expect(files).toHaveLength(2)
    const file = await app.http.request(`/api/steps/${stepId}/exports/${files[0]?.fileId}`)
    const text = await file.text()
    expect([file.status, text.trim().split('\n').length, text]).toEqual([200, 2, text])
  })

  it('without messages give it at once', async () => {
    const { app } = await shop()
    const ids = await people(app, two)
    const { stepId } = await aStep(app, { step: { typeCode: 'other' }, body: null })
    await admitted(app, stepId, ids)
    await launch(app, stepId)
    await app.runJobs()
    expect(Object.values(await statuses(app, stepId))).toEqual(['ok-continue', 'ok-continue'])
    expect((await app.call(api.deliverySummary, { stepId })).state).toBe('done')
  })

  it('leave by their own sending profile, or by that of their type (D-56, L-15)', async () => {
    const { app, sink } = await shop()
    const mass = await startSink()
    onTestFinished(() => mass.stop())
    const config = { ...smtpRelay(mass.port), fromAddress: 'masse@example.org' }
    const own = await app.call(createRelay, relay(config, { label: 'Masse', isDefault: false }))
    const ids = await people(app, two)
    await app.db
      .updateTable('stepTypes')
      .set({ relayId: own.id })
      .where('code', '=', 'mass-email')
      .execute()
    const byType = await aStep(app, { step: { typeCode: 'mass-email' } })
    const byStep = await aStep(app, { step: { relayId: own.id } })
    for (const { stepId } of [byType, byStep]) {
      await admitted(app, stepId, ids)
      const { contents } = await app.call(api.preflight, { stepId })
      expect(contents).toMatchObject([{ profile: 'Masse' }])
      await launch(app, stepId)
      await app.runJobs()
    }
    expect(mass.accepted).toHaveLength(4)
    expect(sink.accepted).toHaveLength(0)
    expect((await PostalMime.parse(mass.accepted[0]?.text ?? '')).from?.address).toBe(
      'masse@example.org',
    )
  })
})

describe('a step with an activity', () => {
  it.each([false, true])(
    'leaves one per contact, with the message as it left and its contact (A-7, D-42, D-53 to D-55, L-9, L-10); openings measured: %s',
    async (measures) => {
      const { app, sink } = await shop({
        onRcpt: (to) => (to === 'bo@example.org' ? '550 5.1.1 no such user' : undefined),
      })
      const [acme = 0, ana = 0, bo = 0] = await people(app, [
        {},
        { email: 'ana@example.org', firstName: 'Ana' },
        { email: 'bo@example.org' },
      ])
      await app.db
        .insertInto('partyContacts')
        .values([
          { organisationId: acme, personId: ana },
          { organisationId: acme, personId: bo },
        ])
        .execute()
      const type = await app.db
        .selectFrom('activityTypes')
        .select('id')
        .where('code', '=', 'outgoing-mail')
        .executeTakeFirstOrThrow()
      const { stepId } = await aStep(app, {
        step: {
          audience: 'contacts',
          activityTypeId: type.id,
          activitySubject: 'Écrit à {{firstName}}',
        },
      })
      await app.call(saveTracking, { opens: measures })
      await app.call(changeConsent, {
        id: ana,
        channel: 'email',
        purpose: 'measurement',
        state: 'granted',
      })
      await admitted(app, stepId, [acme])
      await launch(app, stepId)
      await app.runJobs()
      const made = await app.db
        .selectFrom('activities as a')
        .leftJoin('messageCopies as c', 'c.messageId', 'a.messageId')
        .where('a.stepId', '=', stepId)
        .select(['a.partyId', 'a.contactId', 'a.subject', 'c.name', 'c.eml'])
        .execute()
      expect(made).toMatchObject([
        { partyId: acme, contactId: ana, subject: 'Écrit à Ana', name: 'Salon – Invitation.eml' },
      ])
      const [copy, left] = [made[0]?.eml?.toString() ?? '', sink.accepted[0]?.text ?? '']
      expect(copy === left).toBe(!measures)
      // Whoever looks at the copy is not its reader.
      const measured = await Promise.all([copy, left].map((eml) => PostalMime.parse(eml)))
      expect(measured.map(({ html = '' }) => html.includes('/o/'))).toEqual([false, measures])
    },
  )

  it('of a kind that sends nothing leaves them too', async () => {
    const { app } = await shop()
    const ids = await people(app, two)
    const type = await app.db
      .selectFrom('activityTypes')
      .select('id')
      .where('code', '=', 'task')
      .executeTakeFirstOrThrow()
    const { stepId } = await aStep(app, {
      step: { typeCode: 'other', activityTypeId: type.id },
      body: null,
    })
    await admitted(app, stepId, ids)
    await launch(app, stepId)
    await app.runJobs()
    const made = await app.db.selectFrom('activities').select(['partyId', 'ownerId']).execute()
    expect(made.map(({ partyId }) => partyId).sort()).toEqual(ids)
    expect(made[0]).toMatchObject({ ownerId: 'tester' })
  })
})

it('hands people on to the step that is filled after a launch', async () => {
  const { app } = await shop()
  const ids = await people(app, two)
  const { id, stepId } = await aStep(app)
  const after = { label: 'Relance', originId: stepId, distribution: 'after-launch' } as const
  const made = await app.call(operations.createStep, { id, ...after })
  const next = made.steps.find(({ label }) => label === 'Relance')?.id ?? 0
  await admitted(app, stepId, ids)
  await launch(app, stepId)
  await app.runJobs()
  await hasten(app)
  await app.runJobs()
  expect(Object.keys(await statuses(app, next)).map(Number)).toEqual(ids)
})
