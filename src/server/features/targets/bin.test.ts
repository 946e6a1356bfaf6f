import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as parties from '#core/parties/api.ts'
import * as api from '#core/targets/api.ts'
import { codes, everybody, shop } from '#tests/support/step-shop.ts'

describe('people whose card is in the bin', () => {
  it('are nowhere in the step, by whatever order and count, and come back with the card', async () => {
    const { app, id, stepId } = await shop()
    await app.call(api.addTargets, { id: stepId, source: everybody })
    await app.call(parties.deleteParty, { id: id('BETA') })
    for (const sort of ['code', 'status', 'calls', 'linked'])
      expect(await codes(app, stepId, { sort })).toEqual(['ACME', 'ZOE'])
    expect(await app.call(api.countTargets, { id: stepId })).toEqual({
      rows: 2,
      people: 2,
      statuses: { 'to-do': 2 },
      unlinked: 0,
    })
    const all = { filter: {}, except: [] }
    const set = await app.call(api.setTargetStatus, { id: stepId, people: all, status: 'ok-stop' })
    expect([set.changed, set.left]).toEqual([2, 0])
    await app.call(parties.restoreParty, { id: id('BETA') })
    const { statuses } = await app.call(api.countTargets, { id: stepId })
    expect(statuses).toEqual({ 'ok-stop': 2, 'to-do': 1 })
  })

  it('are not counted when they change there, nor when the card is gone for good', async () => {
    const { app, id, stepId } = await shop()
    await app.call(api.addTargets, { id: stepId, source: everybody })
    await app.call(parties.deleteParty, { id: id('BETA') })
    await sql`update targets set status = 'ok-stop' where party_id = ${id('BETA')}`.execute(app.db)
    await sql`delete from parties where id = ${id('BETA')}`.execute(app.db)
    await sql`delete from targets where party_id = ${id('BETA')}`.execute(app.db)
    const { people, statuses } = await app.call(api.countTargets, { id: stepId })
    expect([people, statuses]).toEqual([2, { 'to-do': 2 }])
  })
})

describe('removing people', () => {
  it('counts who stays of those meant, whatever organisations are among them', async () => {
    const { app, id, stepId } = await shop({ audience: 'contacts' })
    await app.call(api.addTargets, { id: stepId, source: everybody })
    const both = { partyIds: [id('ACME'), id('BETA')] }
    await app.db
      .insertInto('callAttempts')
      .values({ stepId, partyId: id('A1') })
      .execute()
    const gone = await app.call(api.removeTargets, { id: stepId, people: both })
    expect([gone.changed, gone.kept]).toEqual([2, 1])
    const rest = { filter: { search: 'roux' }, except: [] }
    expect((await app.call(api.removeTargets, { id: stepId, people: rest })).kept).toBe(0)
    const last = { filter: {}, except: [] }
    expect((await app.call(api.removeTargets, { id: stepId, people: last })).kept).toBe(1)
  })
})
