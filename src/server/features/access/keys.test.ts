import { describe, expect, it } from 'vitest'
import * as api from '#core/access/api.ts'
import { createCampaign, getCampaign, updateCampaign } from '#core/campaigns/api.ts'
import { getOperationTables } from '#core/operations/tables-api.ts'
import { testApp } from '#tests/support/test-app.ts'

async function opened() {
  const app = await testApp()
  const { id: group } = await app.call(api.createGroup, {
    name: 'Direction',
    rights: [],
    memberIds: ['tester'],
  })
  const give = (label: string, userIds: string[], groupIds: number[] = []) =>
    app.call(api.createKey, { label, userIds, groupIds })
  return { app, group, give }
}

const lines = async (app: Awaited<ReturnType<typeof testApp>>) =>
  (await app.call(api.listAudit, { limit: 10 })).events

describe('confidentiality keys', () => {
  it('are given to users and to groups; the page of the user says by which way', async () => {
    const { app, group, give } = await opened()
    const { id } = await give('Fichier VIP', ['tester'], [group])
    const [user] = await app.call(api.listUsers, {})
    expect(user?.keys).toEqual([
      {
        id,
        label: 'Fichier VIP',
        reasons: [{ kind: 'own' }, { kind: 'group', id: group, name: 'Direction' }],
      },
    ])
    expect((await lines(app))[0]).toMatchObject({
      action: 'access/key-created',
      subject: 'Fichier VIP',
      details: { given: ['testeuse@example.org', 'Direction'], toOneself: true },
    })
  })

  it('are renamed and taken back, and the trail says from whom', async () => {
    const { app, group, give } = await opened()
    const { id } = await give('VIP', [], [group])
    await app.call(api.updateKey, { id, label: 'Fichier VIP', userIds: [], groupIds: [] })
    expect((await app.call(api.listUsers, {}))[0]?.keys).toEqual([])
    expect((await lines(app))[0]).toMatchObject({
      action: 'access/key-changed',
      details: { before: 'VIP', given: [], taken: ['Direction'] },
    })
    const draft = { label: 'fichier vip', userIds: [], groupIds: [] }
    expect(await app.refusal(api.createKey, draft)).toMatchObject({ code: 'access/key-taken' })
    const stranger = { label: 'Autre', userIds: ['nobody'], groupIds: [] }
    expect(await app.refusal(api.createKey, stranger)).toMatchObject({ code: 'access/no-holder' })
    const gone = { ...draft, id: id + 1 }
    expect(await app.refusal(api.updateKey, gone)).toMatchObject({ code: 'access/no-key' })
  })

  it('go only when nothing is kept under them', async () => {
    const { app, give } = await opened()
    const { id } = await give('VIP', ['tester'])
    app.giveKeys(id)
    const mailing = await app.call(createCampaign, { label: 'Lettre aux VIP', keyId: id })
    expect(await app.refusal(api.deleteKey, { id })).toMatchObject({ code: 'access/key-in-use' })
    const { version } = await app.call(getCampaign, { id: mailing.id })
    const change = { id: mailing.id, version, label: 'Lettre aux VIP', keyId: null }
    await app.call(updateCampaign, change)
    await app.call(api.deleteKey, { id })
    expect(await app.call(api.listKeys, {})).toEqual([])
  })

  it('are used only by who holds them', async () => {
    const { app, give } = await opened()
    const { id } = await give('VIP', [])
    expect((await app.call(getOperationTables, {})).keys).toEqual([])
    expect(await app.refusal(createCampaign, { label: 'Lettre', keyId: id })).toMatchObject({
      code: 'campaigns/key-not-held',
    })
    app.giveKeys(id)
    const mailing = await app.call(createCampaign, { label: 'Lettre', keyId: id })
    app.giveKeys()
    expect((await lines(app)).map(({ subject }) => subject)).not.toContain('Lettre')
    expect(await app.refusal(getCampaign, { id: mailing.id })).toMatchObject({ status: 404 })
  })
})
