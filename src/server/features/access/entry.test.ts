import PostalMime from 'postal-mime'
import { describe, expect, it, onTestFinished } from 'vitest'
import * as api from '#core/access/api.ts'
import { rights } from '#core/kernel/right.ts'
import { withRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { testApp } from '#tests/support/test-app.ts'
import { tokenOf, visitor } from '#tests/support/visitor.ts'
import { welcome } from './first-run.ts'

const person = {
  name: 'Jeanne Petit',
  email: 'jeanne@example.org',
  password: 'une phrase assez longue',
  locale: 'fr' as const,
}
const credentials = { email: person.email, password: person.password }

/** A server whose administrator has come in by the first-run link. */
async function opened(env: Record<string, string> = {}) {
  const app = await testApp({ doors: 'real', env })
  const { firstRun } = await welcome(app.services)
  const admin = visitor(app)
  await admin.call(api.createFirstUser, { token: tokenOf(firstRun), ...person })
  return { app, admin }
}

describe('the first run', () => {
  it('gives a link that creates the administrator, once', async () => {
    const app = await testApp({ doors: 'real' })
    const { firstRun, demo } = await welcome(app.services)
    expect(demo).toBeNull()
    const token = tokenOf(firstRun)
    const [one, two] = [visitor(app), visitor(app)]
    expect(await one.call(api.readLink, { token })).toMatchObject({ purpose: 'first-run' })
    const other = { ...person, email: 'autre@example.org' }
    const both = await Promise.all([
      one.ask(api.createFirstUser, { token, ...person }),
      two.ask(api.createFirstUser, { token, ...other }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404])
    const winner = both[0].status === 200 ? one : two
    const me = await winner.call(api.whoAmI, {})
    expect(new Set(me.rights)).toEqual(new Set(rights))
    expect(await welcome(app.services)).toEqual({ firstRun: null, demo: null })
  })

  it('gives a new link at each start, and the old one no longer works', async () => {
    const app = await testApp({ doors: 'real' })
    const old = tokenOf((await welcome(app.services)).firstRun)
    await welcome(app.services)
    expect(await visitor(app).refusal(api.readLink, { token: old })).toBe('404 access/link-spent')
  })

  it('gives a link that expires', async () => {
    const app = await testApp({ doors: 'real' })
    const token = tokenOf((await welcome(app.services)).firstRun)
    app.setNow(new Date(Date.now() + 25 * 3_600_000))
    expect(await visitor(app).refusal(api.createFirstUser, { token, ...person })).toBe(
      '404 access/link-spent',
    )
  })

  it('of a demo also signs in its administrator, once, until there is a real one', async () => {
    const app = await testApp({ doors: 'real', env: { DEMO: 'yes' } })
    const first = await welcome(app.services)
    const guest = visitor(app)
    await guest.call(api.signInByLink, { token: tokenOf(first.demo) })
    expect(await guest.call(api.whoAmI, {})).toMatchObject({ hasPassword: false })
    expect(await visitor(app).refusal(api.signInByLink, { token: tokenOf(first.demo) })).toBe(
      '404 access/link-spent',
    )
    const second = await welcome(app.services)
    await visitor(app).call(api.createFirstUser, { token: tokenOf(second.firstRun), ...person })
    expect(await welcome(app.services)).toEqual({ firstRun: null, demo: null })
  })

  it('does not take one kind of link for another', async () => {
    const app = await testApp({ doors: 'real', env: { DEMO: 'yes' } })
    const { demo, firstRun } = await welcome(app.services)
    const guest = visitor(app)
    const password = person.password
    expect(await guest.refusal(api.choosePassword, { token: tokenOf(demo), password })).toBe(
      '404 access/link-spent',
    )
    expect(await guest.refusal(api.signInByLink, { token: tokenOf(firstRun) })).toBe(
      '404 access/link-spent',
    )
  })
})

describe('signing in', () => {
  it('takes the password and gives a cookie that scripts and other sites cannot use', async () => {
    const { app } = await opened()
    const guest = visitor(app)
    expect(await guest.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    const { headers } = await guest.ask(api.signIn, {
      ...credentials,
      email: 'Jeanne@Example.org ',
    })
    const cookie = headers.getSetCookie().join('\n')
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(await guest.call(api.whoAmI, {})).toMatchObject({ email: person.email })
  })

  it('is secure by cookie name and flag behind https', async () => {
    const { app } = await opened({ PUBLIC_URL: 'https://mailings.example' })
    const { headers } = await visitor(app).ask(api.signIn, credentials)
    const cookie = headers.getSetCookie().join('\n')
    expect(cookie).toMatch(/^__Secure-malleposte\.session_token=/)
    expect(cookie).toMatch(/; Secure/i)
    const answer = await app.http.request('/health')
    expect(answer.headers.get('strict-transport-security')).toBeTruthy()
  })

  it('says the same for a wrong password and an unknown address', async () => {
    const { app } = await opened()
    const guest = visitor(app)
    for (const email of [person.email, 'nobody@example.org']) {
      const wrong = { email, password: 'not the password' }
      expect(await guest.refusal(api.signIn, wrong)).toBe('401 access/wrong-credentials')
    }
  })

  it('stops guessing after ten tries, even with the right password, and forgets in time', async () => {
    const { app } = await opened()
    const guest = visitor(app)
    for (let at = 0; at < 10; at++) {
      await guest.refusal(api.signIn, { ...credentials, password: `guess ${at}` })
    }
    expect(await guest.refusal(api.signIn, credentials)).toBe('429 http/too-many')
    app.setNow(new Date(Date.now() + 16 * 60_000))
    await guest.call(api.signIn, credentials)
  })

  it('ends at sign-out, at expiry, and with a cookie that was changed', async () => {
    const { app, admin } = await opened()
    const other = visitor(app)
    await other.call(api.signIn, credentials)
    await other.call(api.signOut, {})
    expect(await other.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    const name = 'malleposte-8080.session_token'
    const forged = visitor(app, { cookie: `${name}=abcdef.${'A'.repeat(43)}=` })
    expect(await forged.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    app.setNow(new Date(Date.now() + 31 * 86_400_000))
    expect(await admin.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
  })
})

describe('a forgotten password', () => {
  it('is replaced by a link sent to the user’s own address, and to nobody else', async () => {
    const { app, admin } = await opened()
    const sink = await startSink({})
    onTestFinished(() => sink.stop())
    await withRelay({ ...app, call: admin.call }, sink.port)
    const guest = visitor(app)
    await guest.call(api.requestReset, { email: 'nobody@example.org' })
    await guest.call(api.requestReset, { email: person.email })
    await app.runJobs()
    expect(sink.accepted.map(({ to }) => to)).toEqual([person.email])
    const letter = await PostalMime.parse(sink.accepted[0]?.text ?? '')
    const [link] = /http\S+#\S+/.exec(letter.text ?? '') ?? []
    expect(letter.html).toContain(`<a href="${link}">`)
    const password = 'une tout autre phrase'
    await guest.call(api.choosePassword, { token: tokenOf(link), password })
    await visitor(app).call(api.signIn, { email: person.email, password })
    expect(await visitor(app).refusal(api.signIn, credentials)).toBe('401 access/wrong-credentials')
  })
})

describe('one’s own account', () => {
  it('changes the password knowing the old one, which ends the other sessions', async () => {
    const { app, admin } = await opened()
    const other = visitor(app)
    await other.call(api.signIn, credentials)
    const next = 'une tout autre phrase'
    expect(await admin.refusal(api.changePassword, { current: 'wrong', next })).toBe(
      '400 access/wrong-password',
    )
    expect(
      await admin.refusal(api.changePassword, { current: person.password, next: 'short' }),
    ).toBe('400 http/invalid-input')
    await admin.call(api.changePassword, { current: person.password, next })
    expect(await admin.call(api.whoAmI, {})).toMatchObject({ email: person.email })
    expect(await other.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    expect(await other.refusal(api.signIn, credentials)).toBe('401 access/wrong-credentials')
    await other.call(api.signIn, { email: person.email, password: next })
  })

  it('lists one’s sessions and ends them', async () => {
    const { app, admin } = await opened()
    const phone = visitor(app, { 'user-agent': 'Phone' })
    await phone.call(api.signIn, credentials)
    const seen = await admin.call(api.listSessions, {})
    expect(seen.map(({ browser, current }) => [browser, current])).toEqual([
      ['Phone', false],
      [null, true],
    ])
    await admin.call(api.endSession, { id: seen[0]?.id ?? '' })
    expect(await phone.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    await phone.call(api.signIn, credentials)
    await admin.call(api.endOtherSessions, {})
    expect(await phone.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
    expect(await admin.call(api.listSessions, {})).toHaveLength(1)
  })

  it('keeps name and language', async () => {
    const { admin } = await opened()
    await admin.call(api.updateMe, { name: 'Jeanne P.', locale: 'en' })
    expect(await admin.call(api.whoAmI, {})).toMatchObject({ name: 'Jeanne P.', locale: 'en' })
  })
})
