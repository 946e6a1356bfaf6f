import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as api from '#core/access/api.ts'
import { listJobs } from '#core/jobs/api.ts'
import { type Right, rights, withImplied } from '#core/kernel/right.ts'
import { createParty, deleteParty, updateParty } from '#core/parties/api.ts'
import { testApp } from '#tests/support/test-app.ts'
import { tokenOf, type Visitor, visitor } from '#tests/support/visitor.ts'
import { welcome } from './first-run.ts'

const password = 'une phrase assez longue'
const person = { name: 'Jeanne Petit', email: 'jeanne@example.org', locale: 'fr' as const }
const nobody = { locale: 'fr' as const, rights: [], groupIds: [] }

async function opened() {
  const app = await testApp({ doors: 'real' })
  const { firstRun } = await welcome(app.services)
  const admin = visitor(app)
  await admin.call(api.createFirstUser, { token: tokenOf(firstRun), password, ...person })
  const [me] = await admin.call(api.listUsers, {})
  if (!me) throw new Error('the administrator is not listed')
  /** A user with these rights, signed in by their invitation. */
  async function hire(name: string, given: Right[], groupIds: number[] = []) {
    const email = `${name.toLowerCase()}@example.org`
    const draft = { ...nobody, name, email, rights: given, groupIds }
    const { id, link } = await admin.call(api.createUser, draft)
    const browser = visitor(app)
    await browser.call(api.choosePassword, { token: tokenOf(link.url), password })
    return { id, browser, draft }
  }
  return { app, admin, me, hire }
}

const mine = async (browser: Visitor) => new Set((await browser.call(api.whoAmI, {})).rights)

describe('users', () => {
  it('are invited by a link that lets them choose a password once', async () => {
    const { app, admin } = await opened()
    const draft = { ...nobody, name: 'Paul', email: 'paul@example.org' }
    const { link } = await admin.call(api.createUser, draft)
    const guest = visitor(app)
    const token = tokenOf(link.url)
    expect(await guest.call(api.readLink, { token })).toEqual({
      purpose: 'invitation',
      name: 'Paul',
      email: 'paul@example.org',
    })
    expect(await guest.refusal(api.choosePassword, { token, password: 'short' })).toBe(
      '400 http/invalid-input',
    )
    await guest.call(api.choosePassword, { token, password })
    expect(await guest.call(api.whoAmI, {})).toMatchObject({ name: 'Paul', rights: [] })
    expect(await guest.refusal(api.choosePassword, { token, password })).toBe(
      '404 access/link-spent',
    )
    expect(await admin.refusal(api.createUser, draft)).toBe('409 access/email-taken')
  })

  it('get a new link from an administrator, which ends the earlier one and their sessions', async () => {
    const { app, admin, hire } = await opened()
    const { id, browser } = await hire('Paul', [])
    const first = await admin.call(api.issueLink, { id })
    const second = await admin.call(api.issueLink, { id })
    const guest = visitor(app)
    expect(await guest.refusal(api.readLink, { token: tokenOf(first.url) })).toBe(
      '404 access/link-spent',
    )
    await guest.call(api.choosePassword, { token: tokenOf(second.url), password })
    expect(await browser.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
  })

  it('who are deactivated are out at once and cannot come back in', async () => {
    const { app, admin, hire } = await opened()
    const { id, browser, draft } = await hire('Paul', ['customers.view'])
    await browser.call(api.whoAmI, {})
    const link = await admin.call(api.issueLink, { id })
    await admin.call(api.updateUser, { ...draft, id, isActive: false })
    expect(await browser.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    const guest = visitor(app)
    expect(await guest.refusal(api.signIn, { email: draft.email, password })).toBe(
      '403 access/inactive',
    )
    expect(await guest.refusal(api.readLink, { token: tokenOf(link.url) })).toBe(
      '404 access/link-spent',
    )
    expect(await guest.refusal(api.choosePassword, { token: tokenOf(link.url), password })).toBe(
      '404 access/link-spent',
    )
    expect(await admin.refusal(api.issueLink, { id })).toBe('409 access/inactive')
  })

  it('with the right to view are refused what takes another right', async () => {
    const { hire } = await opened()
    const { browser } = await hire('Paul', ['customers.view'])
    await browser.call(listJobs, {})
    expect(await browser.refusal(api.listUsers, {})).toBe('403 access/right-missing')
    expect(await browser.refusal(api.createGroup, { name: 'x', rights: [], memberIds: [] })).toBe(
      '403 access/right-missing',
    )
  })
})

describe('rights', () => {
  it('in effect are the union of own and group rights, at once, and as the reasons say', async () => {
    const { admin, hire } = await opened()
    const group = await admin.call(api.createGroup, { name: 'Caisse', rights: [], memberIds: [] })
    const other = await admin.call(api.createGroup, { name: 'Presse', rights: [], memberIds: [] })
    const { id, browser, draft } = await hire('Paul', [])
    const some = fc.subarray([...rights])
    await fc.assert(
      fc.asyncProperty(some, some, some, fc.boolean(), async (own, one, two, isMember) => {
        const groupIds = isMember ? [group.id, other.id] : [other.id]
        await admin.call(api.updateUser, { ...draft, id, isActive: true, rights: own, groupIds })
        const memberIds = isMember ? [id] : []
        const caisse = { id: group.id, name: 'Caisse', rights: one, memberIds }
        await admin.call(api.updateGroup, caisse)
        await admin.call(api.updateGroup, {
          id: other.id,
          name: 'Presse',
          rights: two,
          memberIds: [id],
        })
        const union = new Set(withImplied([...own, ...(isMember ? one : []), ...two]))
        expect(await mine(browser)).toEqual(union)
        const user = (await admin.call(api.listUsers, {})).find((one) => one.id === id)
        expect(new Set(user?.effective.map(({ right }) => right))).toEqual(union)
      }),
      { numRuns: 15 },
    )
  })

  it('to create customers alone create them and change none; who may change them may create them', async () => {
    const { admin, hire } = await opened()
    const { browser: clerk } = await hire('Paul', ['customers.view', 'customers.create'])
    const { id } = await clerk.call(createParty, { lastName: 'Dupont' })
    expect(await clerk.refusal(updateParty, { id, changes: {} })).toBe('403 access/right-missing')
    expect(await clerk.refusal(deleteParty, { id })).toBe('403 access/right-missing')
    const { browser: keeper } = await hire('Anne', ['customers.view', 'customers.write'])
    await keeper.call(createParty, { lastName: 'Petit' })
    const { browser: reader } = await hire('Zoe', ['customers.view'])
    expect(await reader.refusal(createParty, { lastName: 'Un' })).toBe('403 access/right-missing')
    const users = await admin.call(api.listUsers, {})
    const anne = users.find(({ name }) => name === 'Anne')
    expect(anne?.rights).toEqual(['customers.view', 'customers.write'])
    expect(anne?.effective).toContainEqual({
      right: 'customers.create',
      reasons: [{ kind: 'own' }],
    })
  })

  it('through a group go with the group', async () => {
    const { admin, hire } = await opened()
    const draft = { name: 'Caisse', rights: ['customers.view' as const], memberIds: [] }
    const { id } = await admin.call(api.createGroup, draft)
    expect(await admin.refusal(api.createGroup, draft)).toBe('409 access/group-name-taken')
    const { browser } = await hire('Paul', [], [id])
    expect(await mine(browser)).toEqual(new Set(['customers.view']))
    await admin.call(api.deleteGroup, { id })
    expect(await mine(browser)).toEqual(new Set())
    expect(await admin.refusal(api.updateGroup, { ...draft, id })).toBe('404 access/no-group')
  })

  it('never leave the house without an administrator', async () => {
    const { admin, me } = await opened()
    const [group] = await admin.call(api.listGroups, {})
    if (!group) throw new Error('no group of administrators')
    const self = { ...person, id: me.id, rights: [], groupIds: [group.id], isActive: true }
    const last = '409 access/last-administrator'
    expect(await admin.refusal(api.updateUser, { ...self, groupIds: [] })).toBe(last)
    expect(await admin.refusal(api.updateUser, { ...self, isActive: false })).toBe(last)
    expect(await admin.refusal(api.updateGroup, { ...group, rights: [] })).toBe(last)
    expect(await admin.refusal(api.updateGroup, { ...group, memberIds: [] })).toBe(last)
    expect(await admin.refusal(api.deleteGroup, { id: group.id })).toBe(last)
    expect((await mine(admin)).has('access.manage')).toBe(true)
  })

  it('of two administrators who remove each other at once, one stays', async () => {
    const { admin, me, hire } = await opened()
    const { id, browser, draft } = await hire('Paul', ['access.manage'])
    const removed = await Promise.all([
      admin.ask(api.updateUser, { ...draft, id, isActive: true, rights: [] }),
      browser.ask(api.updateUser, { ...nobody, ...person, id: me.id, isActive: true }),
    ])
    expect(removed.filter(({ status }) => status === 200)).toHaveLength(1)
    const left = removed[0].status === 200 ? admin : browser
    expect((await mine(left)).has('access.manage')).toBe(true)
  })
})

describe('API tokens', () => {
  it('act for their owner within their rights, and no further than the owner’s', async () => {
    const { app, admin, me } = await opened()
    const given = ['customers.view', 'settings.manage'] as const
    const { token } = await admin.call(api.createToken, {
      name: 'Caisse',
      rights: [...given],
      days: 30,
    })
    const program = visitor(app, { authorization: `Bearer ${token}` })
    expect(await program.call(api.whoAmI, {})).toMatchObject({ id: me.id })
    expect(await mine(program)).toEqual(new Set(given))
    expect(await program.refusal(api.listUsers, {})).toBe('403 access/right-missing')
    await admin.call(api.createUser, {
      ...nobody,
      name: 'Autre',
      email: 'autre@example.org',
    })
    const [group] = await admin.call(api.listGroups, {})
    await admin.call(api.updateGroup, {
      id: group?.id ?? 0,
      name: 'Administrateurs',
      rights: ['access.manage', 'customers.view'],
      memberIds: [me.id],
    })
    expect(await mine(program)).toEqual(new Set(['customers.view']))
  })

  it('are not made with a right their maker lacks', async () => {
    const { admin, me } = await opened()
    const [group] = await admin.call(api.listGroups, {})
    await admin.call(api.updateGroup, {
      id: group?.id ?? 0,
      name: 'Administrateurs',
      rights: ['access.manage', 'customers.view'],
      memberIds: [me.id],
    })
    const draft = { name: 'Caisse', days: null }
    const more = { ...draft, rights: ['settings.manage' as const] }
    expect(await admin.refusal(api.createToken, more)).toBe('403 access/right-missing')
    await admin.call(api.createToken, { ...draft, rights: ['customers.view'] })
  })

  it('are shown once, kept as a hash, end in time and when revoked', async () => {
    const { app, admin } = await opened()
    const draft = { name: 'Caisse', rights: ['customers.view' as const], days: 1 }
    const { id, token } = await admin.call(api.createToken, draft)
    const listed = await admin.call(api.listTokens, {})
    expect(listed).toMatchObject([{ id, name: 'Caisse' }])
    expect(JSON.stringify(listed)).not.toContain(token)
    const stored = await app.db.selectFrom('apiTokens').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(token)
    const program = visitor(app, { authorization: `Bearer ${token}` })
    await program.call(api.whoAmI, {})
    await admin.call(api.revokeToken, { id })
    expect(await program.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    const next = await admin.call(api.createToken, draft)
    app.setNow(new Date(Date.now() + 25 * 3_600_000))
    const late = visitor(app, { authorization: `Bearer ${next.token}` })
    expect(await late.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    expect(await admin.call(api.listTokens, {})).toEqual([])
  })

  it('never touch the account of their owner: not the name, the password or the open sessions', async () => {
    const { app, admin } = await opened()
    const draft = { name: 'Caisse', rights: ['customers.view' as const], days: 1 }
    const { token } = await admin.call(api.createToken, draft)
    const program = visitor(app, { authorization: `Bearer ${token}` })
    expect(await program.refusal(api.endOtherSessions, {})).toBe('403 access/in-person')
    expect(await program.refusal(api.listSessions, {})).toBe('403 access/in-person')
    expect(await program.refusal(api.updateMe, { name: 'x', locale: 'en' })).toBe(
      '403 access/in-person',
    )
    await admin.call(api.whoAmI, {})
  })

  it('never manage access, and a wrong one is nobody even beside a good cookie', async () => {
    const { app, admin } = await opened()
    const draft = { name: 'x', rights: ['access.manage'], days: null }
    expect(await admin.refusal(api.createToken, draft)).toBe('400 http/invalid-input')
    const program = visitor(app, { authorization: 'Bearer mp_wrong' })
    expect(await program.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
  })
})

describe('the audit trail', () => {
  it('has a line for each change of rights, by person, action and day', async () => {
    const { admin, me, hire } = await opened()
    const { id, draft } = await hire('Paul', ['customers.view'])
    await admin.call(api.updateUser, { ...draft, id, isActive: true, rights: ['mailings.view'] })
    const action = 'access/user-changed'
    const { total, events } = await admin.call(api.listAudit, { action })
    expect(total).toBe(1)
    expect(events[0]).toMatchObject({
      actorName: person.name,
      subject: 'paul@example.org',
      details: { given: ['mailings.view'], taken: ['customers.view'] },
    })
    const today = new Date().toISOString().slice(0, 10)
    const all = await admin.call(api.listAudit, { actorId: me.id, from: today, to: today })
    expect(all.events.map((event) => event.action)).toEqual([
      action,
      'access/user-created',
      'access/signed-in',
      'access/first-run',
    ])
    expect((await admin.call(api.listAudit, { to: '2020-01-01' })).total).toBe(0)
    const choices = await admin.call(api.auditChoices, {})
    expect(choices.actors).toContainEqual({ id: me.id, name: person.name })
    expect(choices.actions).toContain(action)
  })
})
