import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testApp } from '#tests/support/test-app.ts'
import { createRateLimiter } from './rate-limit.ts'

it('lets no key through more often than its limit in one window, and says when to come back', () => {
  const asks = fc.array(fc.record({ key: fc.constantFrom('a', 'b'), after: fc.nat(30) }))
  fc.assert(
    fc.property(asks, fc.integer({ min: 1, max: 5 }), (calls, most) => {
      const limit = createRateLimiter({ most, seconds: 60 })
      const opened = new Map<string, { at: number; passed: number }>()
      let now = 0
      for (const { key, after } of calls) {
        now += after * 1_000
        const known = opened.get(key)
        const window = known && now < known.at + 60_000 ? known : { at: now, passed: 0 }
        opened.set(key, window)
        const wait = limit(key, new Date(now))
        if (wait === 0) window.passed += 1
        else expect(now + wait * 1_000).toBeGreaterThanOrEqual(window.at + 60_000)
        expect(window.passed).toBeLessThanOrEqual(most)
      }
    }),
  )
})

it('counts the address a trusted proxy saw, and not the one the client made up', async () => {
  const body = JSON.stringify({ token: 'nothing that was ever a token' })
  async function refusedAt(trusted: string, header: (at: number) => string): Promise<number> {
    const app = await testApp({ doors: 'real', env: { TRUST_PROXY: trusted } })
    for (let at = 0; at <= 601; at++) {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': header(at) }
      const init = { method: 'POST', headers, body }
      if ((await app.http.request('/api/links/read', init)).status === 429) return at
    }
    return Number.POSITIVE_INFINITY
  }
  expect(await refusedAt('1', (at) => `10.0.0.${at % 250}, 203.0.113.7`)).toBe(600)
  expect(await refusedAt('0', (at) => `10.0.0.${at}`)).toBe(600)
  expect(await refusedAt('1', (at) => `203.0.113.${at % 250}`)).toBe(Number.POSITIVE_INFINITY)
})
