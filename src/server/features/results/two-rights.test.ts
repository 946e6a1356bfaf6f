import { expect, it, onTestFinished } from 'vitest'
import { listAudit } from '#core/access/api.ts'
import * as campaigns from '#core/campaigns/api.ts'
import { previewContent } from '#core/content/api.ts'
import * as delivery from '#core/delivery/api.ts'
import { listParties } from '#core/parties/list-api.ts'
import { exportResults, getResults } from '#core/results/api.ts'
import * as segments from '#core/segments/api.ts'
import { allOf } from '#core/segments/criteria.ts'
import type { Selection } from '#core/segments/selection.ts'
import { email, people, withRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { requestFor, type TestApp, testApp } from '#tests/support/test-app.ts'

const letter = (name: string) => ({
  lastName: name,
  firstName: '',
  email: `${name.toLowerCase()}@example.org`,
})

/** Six people, each to be named by another source; a segment, a tag and a list. */
async function file(app: TestApp) {
  const names = ['Critere', 'Segment', 'Etiquette', 'Liste', 'Main', 'Personne']
  const ids = await people(app, names.map(letter))
  const [, , tagged = 0, listed = 0] = ids
  const { db } = app
  const { id: tagId } = await db
    .insertInto('tags')
    .values({ label: 'VIP' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('partyTags').values({ partyId: tagged, tagId }).execute()
  const { id: listId } = await db
    .insertInto('partyLists')
    .values({ label: 'Salon' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('partyListMembers').values({ partyId: listed, listId }).execute()
  const { id: segmentId } = await app.call(segments.createSegment, {
    name: 'Les segments',
    criteria: named('Segment'),
  })
  return { ids, tagId, listId, segmentId }
}

const named = (value: string) =>
  allOf({ kind: 'text' as const, field: 'lastName' as const, test: { op: 'is' as const, value } })

it('with exactly the two rights of mailings a whole mailing is done, from its name to its results', async () => {
  const app = await testApp()
  const sink = await startSink()
  onTestFinished(() => sink.stop())
  await withRelay(app, sink.port)
  const { ids, tagId, listId, segmentId } = await file(app)
  app.grant('mailings.view', 'mailings.write')
  expect((await app.refusal(listParties, { search: 'main' })).status).toBe(403)

  const { steps } = await app.call(campaigns.createCampaign, { label: 'Merci' })
  const [step] = steps
  if (!step) throw new Error('a mailing has a step')
  const { id: stepId } = step

  const dictionary = await app.call(segments.getDictionary, {})
  expect(dictionary).toMatchObject({
    tags: [{ id: tagId }],
    lists: [{ id: listId }],
    segments: [{ id: segmentId }],
    kindCounts: [{ code: 'customer', people: 6 }],
  })
  const found = await app.call(segments.findCandidates, { search: 'main' })
  expect(found).toEqual([
    {
      id: ids[4],
      lastName: 'Main',
      firstName: '',
      company: '',
      email: 'main@example.org',
      postalCode: '',
      city: '',
    },
  ])
  expect(await app.call(segments.findCandidates, { ids: [ids[4] ?? 0] })).toEqual(found)
  const sources: Selection['operations'][number]['source'][] = [
    { kind: 'criteria', criteria: named('Critere') },
    { kind: 'segment', segmentId },
    { kind: 'tag', tagId },
    { kind: 'list', listId },
    { kind: 'people', partyIds: found.map(({ id }) => id) },
  ]
  const selection: Selection = {
    version: 1,
    start: 'nobody',
    operations: sources.map((source) => ({ kind: 'add', source })),
    excludeDoNotContact: true,
  }
  const counted = await app.call(segments.countSelection, { selection })
  expect(counted).toMatchObject({ selected: 5, total: 6 })
  expect(counted.operations.map(({ changed }) => changed)).toEqual([1, 1, 1, 1, 1])
  await app.call(campaigns.saveSelection, { id: stepId, version: step.version, selection })
  expect((await app.call(campaigns.listAudience, { id: stepId })).total).toBe(5)

  const written = await app.call(campaigns.addContent, { id: stepId, channel: 'email' })
  const content = written.steps[0]?.contents[0]
  if (!content) throw new Error('a message was added')
  const body = email('Bonjour {{lastName}} !')
  await app.call(campaigns.saveContent, { id: content.id, version: content.version, body })
  const preview = await app.call(previewContent, { body, partyId: ids[4] ?? 0 })
  expect(preview).toMatchObject({ email: { text: expect.stringContaining('Bonjour Main !') } })
  expect(await app.call(campaigns.checkContent, { id: content.id })).toMatchObject({
    recipients: 5,
  })
  await app.call(delivery.sendTest, { stepId, contentId: content.id, to: 'moi@example.org' })

  const { toSend } = await app.call(delivery.preflight, { stepId })
  await app.call(delivery.launchStep, { stepId, confirm: toSend, at: null })
  await app.runJobs()
  expect(await app.call(delivery.deliverySummary, { stepId })).toMatchObject({
    state: 'done',
    counts: { submitted: 5 },
  })
  expect((await app.call(delivery.listMessages, { stepId })).rows).toHaveLength(5)
  const id = written.id
  expect((await app.call(getResults, { id })).counters).toMatchObject({ selected: 5 })
  expect((await app.http.request(requestFor(exportResults, { id }).path)).status).toBe(200)

  // The trail says to whom, in the words of the page.
  app.grant('access.manage')
  const { events } = await app.call(listAudit, { action: 'mailings/launch' })
  expect(events[0]?.details).toMatchObject({ messages: 5, selection: counted.sentence })
})
