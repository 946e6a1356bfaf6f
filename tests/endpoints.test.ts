import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endpoints } from '#core/endpoints.ts'
import { isRight } from '#core/kernel/endpoint.ts'
import { rights } from '#core/kernel/right.ts'
import { offerDemo } from '../src/server/features/demo/service.ts'
import { arbitraryInput } from './support/arbitrary-input.ts'
import { requestFor, testApp } from './support/test-app.ts'

const core = join(import.meta.dirname, '../src/core')
const closed = endpoints.filter(({ may }) => may !== 'anyone')
const withRight = endpoints.filter(({ may }) => isRight(may))

describe('every endpoint', () => {
  it('is in the one list: each feature’s contract, and nothing bound beside it', async () => {
    const contracts = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /[/-]api\.ts$/.test(name),
    )
    const listed = readFileSync(join(core, 'endpoints.ts'), 'utf8')
    expect(contracts.filter((name) => !listed.includes(`'./${name}'`))).toEqual([])
    const app = await testApp()
    const outside = ['/api/*', '/api/openapi.json', '/api/docs', '/api/docs/start.js']
    const bound = app.http.routes
      .filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
      .filter(({ path }) => !outside.includes(path) && path !== '/api/docs/:file')
      .map(({ method, path }) => `${method} ${path}`)
    expect(bound.sort()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).sort())
  })

  it('refuses the anonymous', async () => {
    const app = await testApp()
    for (const endpoint of closed) {
      const { path, ...init } = requestFor(endpoint, ids(endpoint.path))
      const headers = { ...init.headers, 'x-anonymous': 'yes' }
      const answer = await app.http.request(path, { ...init, headers })
      expect(`${endpoint.name} ${answer.status}`).toBe(`${endpoint.name} 401`)
      expect(await answer.json()).toMatchObject({ code: 'access/sign-in' })
    }
  })

  it('refuses who has every right but its own', async () => {
    const app = await testApp()
    for (const endpoint of withRight) {
      app.grant(...rights.filter((right) => right !== endpoint.may))
      const { path, ...init } = requestFor(endpoint, ids(endpoint.path))
      const answer = await app.http.request(path, init)
      expect(`${endpoint.name} ${answer.status}`).toBe(`${endpoint.name} 403`)
      expect(await answer.json()).toMatchObject({ code: 'access/right-missing' })
    }
  })

  it('answers values at their extremes with an answer or a refusal, never with a fault of its own', async () => {
    const app = await shopApp()
    const faults = new Map<string, string>()
    // These ask the session itself, which a tester let in without the doors does not have.
    const needsSession = ['changePassword', 'startTwoFactor', 'stopTwoFactor']
    for (const endpoint of endpoints.filter(({ name }) => !needsSession.includes(name))) {
      const inputs = fc.sample(arbitraryInput(endpoint), { numRuns: 12, seed: 7 })
      for (const input of inputs) {
        const { path, ...init } = requestFor(endpoint, input)
        const answer = await app.http.request(path, init)
        await answer.body?.cancel()
        if (answer.status === 500) faults.set(endpoint.name, JSON.stringify(input).slice(0, 300))
      }
    }
    expect([...faults]).toEqual([])
  }, 120_000)

  it('that is open to anyone is on this list, each with its own lock', () => {
    const open = endpoints.filter(({ may }) => may === 'anyone').map(({ name }) => name)
    expect(open.sort()).toEqual([
      'choosePassword',
      'createFirstUser',
      'readLink',
      'requestReset',
      'signIn',
      'signInByLink',
      'signInCode',
    ])
  })

  it('is described for programs, with its parameters and both answers', async () => {
    const app = await testApp()
    const answer = await app.http.request('/api/openapi.json')
    const description = (await answer.json()) as { paths: Record<string, Record<string, unknown>> }
    for (const { path, method, feature, name } of endpoints) {
      const operations = description.paths[path.replace(/:(\w+)/g, '{$1}')]
      expect(operations?.[method.toLowerCase()]).toMatchObject({
        operationId: `${feature}.${name}`,
        parameters: expect.anything(),
        responses: { 200: expect.anything(), default: expect.anything() },
      })
    }
    const page = await app.http.request('/api/docs')
    expect(await page.text()).not.toMatch(/<script>/)
    expect((await app.http.request('/api/docs/swagger-ui-bundle.js')).status).toBe(200)
  })
})

const ids = (path: string) =>
  Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name, '1']))

/** The server with a small demo shop, so that the first ids of everything exist. */
async function shopApp() {
  const app = await testApp()
  const users = await app.db.selectFrom('users').select(['id', 'name', 'email']).execute()
  await app.db.deleteFrom('users').execute()
  await offerDemo({ ...app.services, config: { ...app.config, demo: true } }, 60)
  await app.db.insertInto('users').values(users).execute()
  return app
}
