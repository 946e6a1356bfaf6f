import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listAudit } from '#core/access/api.ts'
import {
  decideDuplicate,
  detectDuplicates,
  listMerges,
  mergeParties,
  saveMergeSettings,
  undoMerge,
} from '#core/duplicates/api.ts'
import { listPurchases } from '#core/history/api.ts'
import {
  addNote,
  changeConsent,
  createParty,
  findPartyByCode,
  getParty,
  listConsents,
  listNotes,
  updateParty,
} from '#core/parties/api.ts'
import { createStore, createTag } from '#core/parties/catalogue-api.ts'
import { attachContact, listContacts } from '#core/parties/contact-api.ts'
import { listParties } from '#core/parties/list-api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

async function sell(app: TestApp, partyId: number, storeId: number, receipt: string) {
  const common = { partyId, storeId, soldOn: '2026-10-01', currency: 'EUR' }
  const { id } = await app.db
    .insertInto('sales')
    .values({ ...common, receipt, soldAt: '2026-10-01T10:00:00Z' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const line = { ...common, saleId: id, lineNo: 1, quantity: 1_000, amount: 4_990 }
  await app.db.insertInto('saleLines').values(line).execute()
}

/** Two cards with everything a card can own, and an account that both are attached to. */
async function couple(app: TestApp) {
  const store = await app.call(createStore, { code: 'A', name: 'A' })
  const vip = await app.call(createTag, { label: 'VIP' })
  const fan = await app.call(createTag, { label: 'Fan' })
  const account = await app.call(createParty, { company: 'Roux', nature: 'account', code: 'CPT' })
  const kept = await app.call(createParty, { lastName: 'Dupont', code: 'K', tags: [fan.id] })
  const lost = await app.call(createParty, {
    lastName: 'Dupond',
    firstName: 'Léa',
    code: 'L',
    tags: [vip.id, fan.id],
  })
  await app.call(addNote, { id: lost.id, text: 'Aime le bleu' })
  await app.call(attachContact, { id: account.id, personId: lost.id, function: 'Acheteuse' })
  await sell(app, kept.id, store.id, '1')
  await sell(app, lost.id, store.id, '2')
  return { kept, lost, account, store }
}

const visits = async (app: TestApp, id: number) =>
  (await app.call(listPurchases, { id })).totals.map((total) => total.visits)

describe('a merge', () => {
  it('rebuilds the history of its two people and of nobody else, and is in the audit trail', async () => {
    const app = await testApp()
    const { kept, lost, store } = await couple(app)
    const other = await app.call(createParty, { lastName: 'Petit' })
    await sell(app, other.id, store.id, '3')
    await app.db.insertInto('purchasesStale').values({ partyId: other.id }).execute()
    await app.call(mergeParties, { id: kept.id, other: lost.id })
    expect(await visits(app, kept.id)).toEqual([2])
    const left = await app.db.selectFrom('purchasesStale').select('partyId').execute()
    expect(left).toEqual([{ partyId: other.id }])
    const { events } = await app.call(listAudit, { action: 'customers/merge' })
    expect(events).toMatchObject([{ subject: 'K ← L', actorName: 'Testeuse' }])
  })

  it('measures openings as either card says, a refusal above all, and parts with each card’s own word', async () => {
    const said = fc.constantFrom(true, false, null)
    await fc.assert(
      fc.asyncProperty(said, said, async (mine, theirs) => {
        const app = await testApp({ now: new Date() })
        const create = (code: string, agrees: boolean | null) =>
          app.call(createParty, {
            lastName: code,
            ...(agrees === null ? {} : { opensConsent: agrees }),
          })
        const [kept, lost] = [await create('K', mine), await create('L', theirs)]
        const last = async () => (await app.call(listConsents, { id: kept.id }))[0]?.state ?? null
        const word = (agrees: boolean | null) =>
          agrees === null ? null : agrees ? 'granted' : 'withdrawn'
        const both = mine === false || theirs === false ? false : (mine ?? theirs)
        await app.call(mergeParties, { id: kept.id, other: lost.id })
        expect((await app.call(getParty, kept)).opensConsent).toBe(both)
        expect(await last()).toBe(word(both))
        const [merge] = (await app.call(listMerges, {})).merges
        await app.call(undoMerge, { id: merge?.id ?? 0 })
        // What was the other's agreement is not left as one.
        const own = mine === null && theirs !== null ? false : mine
        expect((await app.call(getParty, kept)).opensConsent).toBe(own)
        expect(await last()).toBe(word(own))
        expect((await app.call(getParty, lost)).opensConsent).toBe(theirs)
      }),
      { numRuns: 9 },
    )
  })

  it('undone gives each card back what it had, and keeps what was said and done since', async () => {
    const app = await testApp({ now: new Date() })
    const { kept, lost, account } = await couple(app)
    await app.call(changeConsent, { id: lost.id, channel: 'email', state: 'withdrawn' })
    const before = { kept: await app.call(getParty, kept), lost: await app.call(getParty, lost) }
    await app.call(mergeParties, {
      id: kept.id,
      other: lost.id,
      values: { firstName: 'Léa', lastName: 'Dupond' },
    })
    expect((await app.call(listContacts, { id: account.id })).members).toMatchObject([
      { function: 'Acheteuse', party: { code: 'K' } },
    ])
    // Since then: a name typed anew, a note, and a wish that may be of either.
    await app.call(updateParty, {
      id: kept.id,
      changes: { lastName: { from: 'Dupond', to: 'Durand' } },
    })
    await app.call(addNote, { id: kept.id, text: 'Depuis' })
    await app.call(changeConsent, { id: kept.id, channel: 'sms', state: 'withdrawn' })
    const { merges } = await app.call(listMerges, {})
    const [merge] = merges
    if (!merge) throw new Error('no merge is listed')
    expect(merge).toMatchObject({ kept: { code: 'K' }, lost: { code: 'L' }, mayUndo: true })

    await app.call(undoMerge, { id: merge.id })
    const after = { kept: await app.call(getParty, kept), lost: await app.call(getParty, lost) }
    expect(after.kept).toMatchObject({
      lastName: 'Durand',
      firstName: before.kept.firstName,
      tags: before.kept.tags,
      emailOptOut: false,
      smsOptOut: true,
    })
    expect(after.lost).toMatchObject({
      lastName: 'Dupond',
      tags: before.lost.tags,
      mergedInto: null,
      deletedAt: null,
      emailOptOut: true,
      smsOptOut: true,
    })
    expect(await app.call(findPartyByCode, { code: 'L' })).toMatchObject({ id: lost.id })
    expect(await visits(app, kept.id)).toEqual([1])
    expect(await visits(app, lost.id)).toEqual([1])
    expect(await app.call(listNotes, { id: lost.id })).toMatchObject([{ text: 'Aime le bleu' }])
    expect(await app.call(listNotes, { id: kept.id })).toMatchObject([{ text: 'Depuis' }])
    expect((await app.call(listContacts, { id: account.id })).members).toMatchObject([
      { function: 'Acheteuse', party: { code: 'L' } },
    ])
    expect(await app.refusal(undoMerge, { id: merge.id })).toMatchObject({
      code: 'duplicates/too-late',
    })
    const { events } = await app.call(listAudit, { action: 'customers/merge-undone' })
    expect(events).toMatchObject([{ subject: 'K → L' }])
  })

  it('is undone in the order of merges, and no more once the card is erased', async () => {
    const app = await testApp({ now: new Date() })
    const create = (code: string) => app.call(createParty, { lastName: code, code })
    const [a, b, c] = [await create('A'), await create('B'), await create('C')]
    await app.call(mergeParties, { id: b.id, other: c.id })
    await app.call(mergeParties, { id: a.id, other: b.id })
    const [second, first] = (await app.call(listMerges, {})).merges
    if (!first || !second) throw new Error('two merges expected')
    expect([second.mayUndo, first.mayUndo]).toEqual([true, false])
    const late = { code: 'duplicates/too-late' }
    expect(await app.refusal(undoMerge, { id: first.id })).toMatchObject(late)
    await app.call(undoMerge, { id: second.id })
    await app.call(undoMerge, { id: first.id })
    expect((await app.call(listParties, {})).rows).toHaveLength(3)
    await app.call(mergeParties, { id: a.id, other: b.id })
    app.setNow(new Date(Date.now() + 31 * 86_400_000))
    const { purgeJob } = await import('../history/jobs.ts')
    const { enqueue } = await import('#platform/jobs/queue.ts')
    await enqueue(app.db, purgeJob, {})
    await app.runJobs()
    const [erased] = (await app.call(listMerges, {})).merges
    expect(erased).toMatchObject({ mayUndo: false, lost: { code: 'B' } })
    expect(await app.refusal(undoMerge, { id: erased?.id })).toMatchObject(late)
  })
})

describe('the nightly merge', () => {
  /** Lets the night that was planned come now. */
  async function night(app: TestApp) {
    await app.db
      .updateTable('jobs')
      .set({ runAt: new Date(0) })
      .where('kind', '=', 'duplicates/merge')
      .where('state', '=', 'queued')
      .execute()
    const planned = () =>
      app.db
        .selectFrom('jobs')
        .selectAll()
        .where('kind', '=', 'duplicates/merge')
        .orderBy('id')
        .execute()
    await app.runJobs()
    return planned()
  }

  it('merges those of the same name and address or mobile, and nobody less sure', async () => {
    const app = await testApp()
    const create = (lastName: string, firstName: string, rest: object) =>
      app.call(createParty, { lastName, firstName, ...rest })
    const one = await create('Dupont', 'Léa', { email: 'lea@example.org' })
    const two = await create('DUPONT', 'Lea', {
      email: 'LEA@example.org',
      mobile: '06 12 34 56 78',
      city: 'Lyon',
      doNotContact: true,
    })
    // Of the second by the mobile alone, which the first only has once they are merged.
    await create('Dupont', 'Léa', { phone: '+33612345678' })
    // A couple, a father and his son, a family without first names, and two who are known to be two.
    await create('Blanc', 'Ana', { email: 'blanc@example.org' })
    await create('Blanc', 'Luc', { email: 'blanc@example.org' })
    await create('Roux', 'Jean', { email: 'roux@example.org', birthday: '1950-01-02' })
    await create('Roux', 'Jean', { email: 'roux@example.org', birthday: '1980-03-04' })
    await create('Noir', '', { email: 'noir@example.org' })
    await create('Noir', '', { email: 'noir@example.org' })
    const c = await create('Vert', 'Zoé', { email: 'vert@example.org' })
    const d = await create('Vert', 'Zoé', { email: 'vert@example.org' })
    await app.call(detectDuplicates, {})
    await app.runJobs()
    await app.call(decideDuplicate, { a: c.id, b: d.id, state: 'different' })

    expect(await night(app)).toEqual([])
    await app.call(saveMergeSettings, { enabled: true, hour: 3 })
    const [done, next] = await night(app)
    expect(done).toMatchObject({ state: 'done', result: { merged: 2, skipped: 0 } })
    expect(next).toMatchObject({ state: 'queued', payload: { hour: 3 } })
    const { total, merges } = await app.call(listMerges, {})
    expect(total).toBe(2)
    expect(merges.map(({ reason, kept, jobId }) => ({ reason, kept: kept.id, jobId }))).toEqual([
      { reason: 'mobile', kept: one.id, jobId: done?.id },
      { reason: 'email', kept: one.id, jobId: done?.id },
    ])
    expect(await app.call(getParty, { id: one.id })).toMatchObject({
      lastName: 'Dupont',
      city: 'Lyon',
      mobileNumber: '+33612345678',
      doNotContact: true,
    })
    expect(await app.call(getParty, { id: two.id })).toMatchObject({ mergedInto: one.id })
    const { events } = await app.call(listAudit, { action: 'customers/merge' })
    expect(events.map(({ actorName }) => actorName)).toEqual(['Malleposte', 'Malleposte'])

    await app.call(saveMergeSettings, { enabled: false, hour: 3 })
    const after = await night(app)
    expect(after.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(after[1]).toMatchObject({ result: { merged: 0 } })
  })
})
