import { describe, expect, it } from 'vitest'
import { getDemo, removeDemo } from '#core/demo/api.ts'
import { createDemo } from '#core/demo/demo.ts'
import { getOperation, listOperations } from '#core/operations/api.ts'
import { forecastDistribution } from '#core/routing/api.ts'
import { testApp } from '#tests/support/test-app.ts'
import { offerDemo } from './service.ts'

const now = new Date('2026-11-22T10:00:00Z')

async function emptyInstallation(demo: boolean) {
  const app = await testApp({ now })
  await app.db.deleteFrom('users').execute()
  return { ...app, config: { ...app.config, demo } }
}

describe('the demo shop', () => {
  it('fills an installation that nobody has used, once', async () => {
    const app = await emptyInstallation(true)
    expect(await offerDemo(app, 300)).toBe(true)
    expect(await offerDemo(app, 300)).toBe(false)
    const { customers } = await app.db
      .selectFrom('parties')
      .select((eb) => eb.fn.countAll<number>().as('customers'))
      .executeTakeFirstOrThrow()
    expect(customers).toBe(300)
  })

  it('stays away when it is not wanted or somebody is already there', async () => {
    expect(await offerDemo(await emptyInstallation(false), 10)).toBe(false)
    const app = await testApp({ now })
    expect(await offerDemo({ ...app, config: { ...app.config, demo: true } }, 10)).toBe(false)
  })

  it('has an operation half-way through, whose interested people are next in line', async () => {
    const app = await emptyInstallation(true)
    await offerDemo(app, 300)
    await app.db.insertInto('users').values({ id: 'tester', name: 'T', email: 't@x.org' }).execute()
    const { rows } = await app.call(listOperations, { search: 'rentrée' })
    const { steps } = await app.call(getOperation, { id: rows[0]?.id ?? 0 })
    expect(steps.map(({ label, statuses }) => [label, statuses])).toEqual([
      ['E-mails de prospection', { 'ok-continue': 24, 'to-do': 36 }],
      ['Contact téléphonique', { 'ok-continue': 13, 'ok-stop': 3, 'to-do': 8 }],
      ['Catalogue aux intéressés', {}],
      ['Relance et rendez-vous', {}],
      ['E-mails de confirmation', {}],
      ['Enquête de satisfaction', {}],
    ])
    const flows = await app.call(forecastDistribution, { id: steps[1]?.id ?? 0 })
    expect(flows.find(({ toStepId }) => toStepId === steps[2]?.id)).toMatchObject({ entering: 13 })
  })

  it('goes away on a typed confirmation, and does not come back', async () => {
    const app = await emptyInstallation(true)
    await offerDemo(app, 120)
    await app.db.insertInto('users').values({ id: 'tester', name: 'T', email: 't@x.org' }).execute()
    expect(await app.call(getDemo, {})).toEqual({ filledAt: now.toISOString(), customers: 120 })
    expect(await app.refusal(removeDemo, { customers: 12 })).toMatchObject({
      code: 'demo/count-changed',
    })
    await app.call(removeDemo, { customers: 120 })
    expect(await app.call(getDemo, {})).toEqual({ filledAt: null, customers: 0 })
    expect(await app.refusal(removeDemo, { customers: 0 })).toMatchObject({ code: 'demo/none' })
    expect(await offerDemo(app, 120)).toBe(false)
  })

  it('is the same whenever it is made on the same day', () => {
    const communes = ['LYO', 'BOR', 'NAN', 'LIL', 'ANN'].map((storeCode) => ({
      storeCode,
      postalCode: '01000',
      name: 'Bourg',
    }))
    const make = () => createDemo({ communes, today: '2026-11-22', customers: 200 })
    expect(make()).toEqual(make())
  })
})
