import { describe, expect, it } from 'vitest'
import * as activities from '#core/activities/api.ts'
import * as campaigns from '#core/campaigns/api.ts'
import * as api from '#core/segments/api.ts'
import { allOf, type Criterion, type CriterionOf } from '#core/segments/criteria.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const now = new Date('2026-11-22T10:00:00Z')
const at = (day: string) => `${day}T09:00:00Z`

const reasons = ['late', 'price'].map((value) => ({ value, labelFr: value, labelEn: value }))
const reason = {
  key: 'reason',
  labelFr: 'Motif',
  labelEn: 'Reason',
  type: 'choice' as const,
  options: reasons,
}

/** Ana was called in November about a delay, Ben in spring about a price; Cid works for Ben. */
async function calls() {
  const app = await testApp({ now })
  const add = async (lastName: string) =>
    (
      await app.db
        .insertInto('parties')
        .values({ code: lastName, lastName })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  const ids = { ana: await add('Ana'), ben: await add('Ben'), cid: await add('Cid') }
  const type = { code: 'complaint', labelFr: 'Réclamation', labelEn: 'Complaint' }
  const { types } = await app.call(activities.createActivityType, {
    ...type,
    kind: 'call',
    customFields: [reason],
  })
  const typeId = types.find(({ code }) => code === 'complaint')?.id ?? 0
  const write = (activity: {
    partyId: number
    contactId?: number
    startsAt: string
    custom: { reason: string }
  }) => app.call(activities.createActivity, { typeId, subject: 'x', state: 'done', ...activity })
  await write({ partyId: ids.ana, startsAt: at('2026-11-03'), custom: { reason: 'late' } })
  await write({
    partyId: ids.ben,
    contactId: ids.cid,
    startsAt: at('2026-05-01'),
    custom: { reason: 'price' },
  })
  const ask = (asked: Partial<CriterionOf<'activity'>> = {}): Criterion => ({
    kind: 'activity',
    is: true,
    activityTypeIds: [typeId],
    state: 'any',
    period: { kind: 'ever' },
    field: null,
    ...asked,
  })
  const named = async (criterion: Criterion) => {
    const people = await app.call(api.listCriteriaPeople, {
      criteria: allOf(criterion),
      offset: 0,
      limit: 50,
    })
    return people.map(({ lastName }) => lastName).sort()
  }
  return { app, ids, typeId, ask, named }
}

/** A key that the caller holds, and may be made to lose. */
async function keyHeld(app: TestApp): Promise<number> {
  const { id } = await app.db
    .insertInto('confidentialityKeys')
    .values({ label: 'Direction' })
    .returning('id')
    .executeTakeFirstOrThrow()
  app.giveKeys(id)
  return id
}

describe('a criterion on activities', () => {
  it('finds the customer and the contact by type, state, period and field', async () => {
    const { ask, named } = await calls()
    expect(await named(ask())).toEqual(['Ana', 'Ben', 'Cid'])
    expect(await named(ask({ period: { kind: 'this-month' } }))).toEqual(['Ana'])
    expect(await named(ask({ is: false, period: { kind: 'this-month' } }))).toEqual(['Ben', 'Cid'])
    expect(await named(ask({ state: 'open' }))).toEqual([])
    const test = { op: 'one-of' as const, values: ['price'] }
    expect(await named(ask({ field: { of: 'choice', key: 'reason', test } }))).toEqual([
      'Ben',
      'Cid',
    ])
  })

  it('says in words what was asked and why somebody is in', async () => {
    const { app, ask } = await calls()
    const test = { op: 'one-of' as const, values: ['late'] }
    const criteria = allOf(ask({ state: 'done', field: { of: 'choice', key: 'reason', test } }))
    const counted = await app.call(api.countCriteria, { criteria, locale: 'en' })
    expect(counted).toMatchObject({
      selected: 1,
      sentence: 'Customers who have an activity “Complaint” done whose field “Reason” is “late”.',
    })
    const [ana] = await app.call(api.explainPeople, { criteria, locale: 'fr' })
    expect(ana?.verdicts.at(1)).toMatchObject({ holds: true, value: '3 novembre 2026' })
  })

  it('is refused when its type or its field is gone', async () => {
    const { app, ask } = await calls()
    const refusal = (asked: Partial<CriterionOf<'activity'>>) =>
      app.refusal(api.countCriteria, { criteria: allOf(ask(asked)) })
    expect(await refusal({ activityTypeIds: [999] })).toMatchObject({
      code: 'segments/unknown-activity-type',
    })
    expect(await refusal({ field: { of: 'flag', key: 'gone', is: true } })).toMatchObject({
      code: 'segments/unknown-field',
    })
    // A choice is asked like a choice.
    expect(await refusal({ field: { of: 'flag', key: 'reason', is: true } })).toMatchObject({
      code: 'segments/unknown-field',
    })
    expect(
      await refusal({ activityTypeIds: [1, 2], field: { of: 'flag', key: 'x', is: true } }),
    ).toMatchObject({ code: 'http/invalid-input' })
  })

  it('does not count what a confidential operation made, whoever asks', async () => {
    const { app, ask, named, typeId, ids } = await calls()
    const keyId = await keyHeld(app)
    const hidden = await app.call(campaigns.createCampaign, { label: 'Rachat', keyId })
    await app.db
      .insertInto('activities')
      .values({
        typeId,
        subject: 'x',
        partyId: ids.cid,
        startsAt: at('2026-11-20'),
        campaignId: hidden.id,
      })
      .execute()
    const period = { kind: 'this-month' } as const
    expect(await named(ask({ period }))).toEqual(['Ana'])
    app.giveKeys()
    expect(await named(ask({ period }))).toEqual(['Ana'])
  })

  it('of a type under a key is for who holds it; others may count the segment and read nothing', async () => {
    const { app, ask, typeId } = await calls()
    const keyId = await keyHeld(app)
    await app.db.updateTable('activityTypes').set({ keyId }).where('id', '=', typeId).execute()
    const criteria = allOf(ask())
    const segment = await app.call(api.createSegment, { name: 'Mécontents', criteria })
    app.giveKeys()
    expect(await app.refusal(api.countCriteria, { criteria })).toMatchObject({
      code: 'segments/unknown-activity-type',
    })
    expect((await app.call(api.getDictionary, {})).activityTypes).not.toContainEqual(
      expect.objectContaining({ id: typeId }),
    )
    expect(await app.call(api.getSegment, { id: segment.id })).toMatchObject({
      sentence: 'Clients qui ont une certaine activité, confidentielle ou supprimée.',
    })
    expect(await app.refusal(api.updateSegment, { ...segment, name: 'X' })).toMatchObject({
      code: 'segments/gone',
    })
  })
})
