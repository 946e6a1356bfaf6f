import { describe, expect, it } from 'vitest'
import { mergeParties } from '#core/duplicates/api.ts'
import { getJob } from '#core/jobs/api.ts'
import { createParty, getParty, undoPartyChange, updateParty } from '#core/parties/api.ts'
import { createCardType, deleteCardType } from '#core/parties/catalogue-api.ts'
import type { PartySelection } from '#core/parties/list.ts'
import { bulkParties, countCardResets, listParties, undoBulk } from '#core/parties/list-api.ts'
import type { PartyDraft } from '#core/parties/party.ts'
import { allOf } from '#core/segments/criteria.ts'
import { testApp } from '#tests/support/test-app.ts'

const card = {
  loyaltyPoints: 350,
  loyaltyItems: 12.5,
  loyaltyVisits: 9,
  loyaltyBonus: 2,
  loyaltySales: 123_456,
  loyaltyGift: 1_000,
} satisfies Partial<PartyDraft>

async function shop() {
  const app = await testApp()
  const silver = await app.call(createCardType, { label: 'Argent', currency: 'EUR' })
  const swiss = await app.call(createCardType, { label: 'Suisse', currency: 'CHF' })
  const create = async (draft: Partial<PartyDraft>) =>
    (await app.call(createParty, { lastName: 'Martin', ...draft })).id
  return { app, silver: silver.id, swiss: swiss.id, create }
}

const everybody: PartySelection = { filter: { search: '' }, except: [] }

describe('the loyalty card', () => {
  it('is reset by another type once that is confirmed, and undo gives the figures back', async () => {
    const { app, silver, swiss, create } = await shop()
    const id = await create({ ...card, cardType: silver })
    const changes = { cardType: { from: silver, to: swiss } }
    expect(await app.refusal(updateParty, { id, changes })).toMatchObject({
      code: 'parties/card-reset-unconfirmed',
    })
    const { party, changeId } = await app.call(updateParty, { id, changes, resetsCard: true })
    expect(party).toMatchObject({
      cardType: swiss,
      loyaltyPoints: 0,
      loyaltySales: 0,
      loyaltyCurrency: 'CHF',
    })
    const back = await app.call(undoPartyChange, { id, changeId: changeId ?? 0 })
    expect(back).toMatchObject({ ...card, cardType: silver, loyaltyCurrency: 'EUR' })
    // A card that counted nothing yet has nothing to lose.
    const fresh = await create({ cardType: silver })
    await app.call(updateParty, { id: fresh, changes })
    expect((await app.refusal(deleteCardType, { id: swiss })).code).toBe('parties/still-used')
  })

  it('is reset for many, with the number typed, and given back', async () => {
    const { app, silver, swiss, create } = await shop()
    const rich = await create({ ...card, cardType: silver })
    const poor = await create({ lastName: 'Roux' })
    await create({ lastName: 'Blanc', cardType: swiss, loyaltyPoints: 7 })
    expect(await app.call(countCardResets, { selection: everybody, cardType: swiss })).toEqual({
      cards: 2,
      withFigures: 1,
    })
    const action = { kind: 'edit', values: { cardType: swiss, loyaltyBonus: 5 } } as const
    const unconfirmed = await app.refusal(bulkParties, { selection: everybody, action })
    expect(unconfirmed).toMatchObject({ code: 'parties/card-reset-unconfirmed' })
    const { jobId } = await app.call(bulkParties, {
      selection: everybody,
      action: { ...action, resets: 2 },
    })
    await app.runJobs()
    expect(await app.call(getParty, { id: rich })).toMatchObject({
      cardType: swiss,
      loyaltyPoints: 0,
      loyaltyGift: 0,
      loyaltyBonus: 5,
      loyaltyCurrency: 'CHF',
    })
    expect(await app.call(getParty, { id: poor })).toMatchObject({ loyaltyPoints: null })
    const undo = await app.call(undoBulk, { jobId })
    await app.runJobs()
    expect((await app.call(getJob, { id: undo.jobId })).result).toMatchObject({ changed: 3 })
    expect(await app.call(getParty, { id: rich })).toMatchObject({
      ...card,
      cardType: silver,
      loyaltyCurrency: 'EUR',
    })
    expect(await app.call(getParty, { id: poor })).toMatchObject({
      cardType: null,
      loyaltyBonus: null,
    })
  })

  it('is a criterion, its amounts by currency', async () => {
    const { app, silver, swiss, create } = await shop()
    const euro = await create({ ...card, cardType: silver })
    const franc = await create({ ...card, lastName: 'Roux', cardType: swiss })
    const found = async (...of: Parameters<typeof allOf>) =>
      (await app.call(listParties, { criteria: allOf(...of) })).rows.map(({ id }) => id)
    const test = { op: 'at-least', value: 100_000 } as const
    expect(await found({ kind: 'number', field: 'loyaltySales', currency: 'EUR', test })).toEqual([
      euro,
    ])
    expect(
      await found({ kind: 'number', field: 'loyaltyPoints', test: { op: 'equals', value: 350 } }),
    ).toEqual([euro, franc])
    const type = {
      kind: 'choice',
      field: 'cardType',
      test: { op: 'one-of', values: [String(swiss)] },
    }
    expect(await found(type as Parameters<typeof allOf>[0])).toEqual([franc])
    const vague = { criteria: allOf({ kind: 'number', field: 'loyaltySales', test }) }
    expect((await app.refusal(listParties, vague)).code).toBe('segments/invalid-criteria')
  })

  it('adds up when cards are merged, but never across currencies', async () => {
    const { app, silver, create } = await shop()
    const kept = await create({ ...card, cardType: silver })
    const same = await create({ ...card, lastName: 'Roux' })
    const other = await create({
      lastName: 'Blanc',
      loyaltyPoints: 1,
      loyaltySales: 500,
      loyaltyCurrency: 'CHF',
    })
    await app.call(mergeParties, { id: kept, other: same, values: {} })
    const merged = await app.call(mergeParties, { id: kept, other, values: {} })
    expect(merged).toMatchObject({
      cardType: silver,
      loyaltyPoints: 701,
      loyaltyItems: 25,
      loyaltySales: 246_912,
      loyaltyCurrency: 'EUR',
    })
    expect(
      (
        await app.refusal(mergeParties, {
          id: kept,
          other: await create({}),
          values: { loyaltyPoints: 9 },
        })
      ).code,
    ).toBe('parties/invalid-field')
  })
})
