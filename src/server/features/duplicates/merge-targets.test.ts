import { expect, it } from 'vitest'
import { listMerges, mergeParties, undoMerge } from '#core/duplicates/api.ts'
import * as operations from '#core/operations/api.ts'
import { createParty } from '#core/parties/api.ts'
import { testApp } from '#tests/support/test-app.ts'

it('a merge joins the lines of both in a step, keeps the further status and the contacts, and can be taken back', async () => {
  const app = await testApp()
  const kept = await app.call(createParty, { company: 'Acme', nature: 'company', code: 'K' })
  const lost = await app.call(createParty, { company: 'Akme', nature: 'company', code: 'L' })
  const contact = await app.call(createParty, { lastName: 'Ana', code: 'C' })
  const { id } = await app.call(operations.createOperation, { label: 'Salon' })
  const both = await app.call(operations.createStep, { id, label: 'Appels' })
  const alone = await app.call(operations.createStep, { id, label: 'Relance' })
  const [first = 0, second = 0] = [both.steps.at(-1)?.id, alone.steps.at(-1)?.id]
  await app.db
    .insertInto('targets')
    .values([
      { stepId: first, partyId: kept.id, calls: 1 },
      { stepId: first, partyId: lost.id, calls: 2, status: 'ok-stop', statusAt: app.now() },
      { stepId: second, partyId: lost.id, viaContacts: true },
      { stepId: second, partyId: contact.id, organisationId: lost.id },
    ])
    .execute()
  const lines = async () =>
    (
      await app.db
        .selectFrom('targets')
        .select(['stepId', 'partyId', 'organisationId', 'status', 'calls'])
        .orderBy('stepId')
        .orderBy('partyId')
        .execute()
    ).map((row) => [row.stepId, row.partyId, row.organisationId, row.status, row.calls])
  const before = await lines()
  await app.call(mergeParties, { id: kept.id, other: lost.id })
  expect(await lines()).toEqual([
    [first, kept.id, null, 'ok-stop', 3],
    [second, kept.id, null, 'to-do', 0],
    [second, contact.id, kept.id, 'to-do', 0],
  ])
  const { merges } = await app.call(listMerges, {})
  await app.call(undoMerge, { id: merges[0]?.id ?? 0 })
  expect(await lines()).toEqual(before)
})
