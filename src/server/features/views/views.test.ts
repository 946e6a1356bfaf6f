import { describe, expect, it } from 'vitest'
import * as api from '#core/views/api.ts'
import type { ViewDraft } from '#core/views/view.ts'
import { testApp } from '#tests/support/test-app.ts'

const calls = (name: string, isShared = false) => ({
  view: {
    list: 'activities' as const,
    name,
    isShared,
    state: {
      owner: 'me',
      state: 'open' as const,
      search: 'rappel',
      overdue: true,
      sorted: 'priority' as const,
      way: 'desc' as const,
    },
  } satisfies ViewDraft,
})

/** Two people of one shop: what the one keeps, the other may or may not see. */
async function two() {
  const app = await testApp()
  const other = { id: 'other', name: 'Autre', email: 'other@example.org' }
  await app.db.insertInto('users').values(other).execute()
  const give = (id: number, ownerId: string) =>
    app.db.updateTable('savedViews').set({ ownerId }).where('id', '=', id).execute()
  return { app, give }
}

describe('a saved view', () => {
  it('keeps filter and order under a name, one of each name', async () => {
    const { app } = await two()
    const saved = await app.call(api.saveView, calls('À rappeler'))
    expect(saved).toMatchObject({ isOwn: true, mayChange: true, ...calls('À rappeler').view })
    expect(await app.refusal(api.saveView, calls('a RAPPELER'))).toMatchObject({
      code: 'views/name-taken',
    })
    const later = await app.call(api.saveView, calls('Plus tard'))
    expect(
      await app.refusal(api.changeView, { id: later.id, ...calls('À rappeler') }),
    ).toMatchObject({ code: 'views/name-taken' })
    await app.call(api.changeView, { id: later.id, ...calls('Un jour', true) })
    const names = async () =>
      (await app.call(api.listViews, { list: 'activities' })).map(({ name }) => name)
    expect(await names()).toEqual(['À rappeler', 'Un jour'])
    await app.call(api.deleteView, { id: later.id })
    expect(await names()).toEqual(['À rappeler'])
    expect(await app.call(api.listViews, { list: 'customers' })).toEqual([])
  })

  it('of somebody else is there when shared, to be used and not to be changed', async () => {
    const { app, give } = await two()
    const own = await app.call(api.saveView, calls('Privée'))
    const shared = await app.call(api.saveView, calls('Commune', true))
    await give(own.id, 'other')
    await give(shared.id, 'other')
    app.grant('activities.view')
    expect(await app.call(api.listViews, { list: 'activities' })).toMatchObject([
      { name: 'Commune', ownerName: 'Autre', isOwn: false, mayChange: false },
    ])
    expect(await app.refusal(api.deleteView, { id: shared.id })).toMatchObject({
      code: 'views/not-yours',
    })
    expect(await app.refusal(api.changeView, { id: own.id, ...calls('x') })).toMatchObject({
      code: 'views/not-found',
    })
    app.grant('activities.view', 'settings.manage')
    await app.call(api.deleteView, { id: shared.id })
  })

  it('takes the right to see its list, and criteria that are there', async () => {
    const { app } = await two()
    const state = { search: '', sort: 'name', descending: false, columns: ['name'] }
    const root = {
      kind: 'group',
      join: 'all',
      of: [{ kind: 'mailing', campaignId: 99, op: 'targeted' }],
    }
    const view = {
      list: 'customers',
      name: 'Visés',
      state: { ...state, criteria: { version: 1, root } },
    }
    expect(await app.refusal(api.saveView, { view })).toMatchObject({ code: 'segments/gone' })
    app.grant('customers.view')
    expect(await app.refusal(api.listViews, { list: 'activities' })).toMatchObject({
      code: 'access/right-missing',
    })
    const plain = {
      list: 'customers' as const,
      name: 'Par nom',
      state: { ...state, sort: 'name' as const },
    }
    expect(await app.call(api.saveView, { view: plain })).toMatchObject(plain)
  })
})
