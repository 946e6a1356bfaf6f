import { describe, expect, it } from 'vitest'
import { testApp } from '#tests/support/test-app.ts'

async function post(headers: Record<string, string>) {
  const app = await testApp()
  const answer = await app.http.request('http://malleposte.example/api/jobs/1/cancel', {
    method: 'POST',
    headers: { host: 'malleposte.example', ...headers },
  })
  return ((await answer.json()) as { code: string }).code
}

describe('every answer', () => {
  it('forbids foreign scripts, framing and guessing of types, and names the request', async () => {
    const app = await testApp()
    for (const path of ['/health', '/api/jobs', '/api/jobs/77', '/api/nothing']) {
      const { headers } = await app.http.request(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('of the API is kept by no cache', async () => {
    const app = await testApp()
    expect((await app.http.request('/api/jobs')).headers.get('cache-control')).toBe('no-store')
  })
})

describe('a write with a cookie', () => {
  it('is refused from another site', async () => {
    expect(await post({ cookie: 'a=b', origin: 'https://evil.example' })).toBe(
      'http/foreign-origin',
    )
    expect(await post({ cookie: 'a=b', origin: 'null' })).toBe('http/foreign-origin')
    expect(await post({ cookie: 'a=b', 'sec-fetch-site': 'cross-site' })).toBe(
      'http/foreign-origin',
    )
  })

  it('is taken from our own pages', async () => {
    expect(await post({ cookie: 'a=b', origin: 'http://malleposte.example' })).toBe(
      'jobs/not-found',
    )
    expect(await post({ cookie: 'a=b', origin: 'http://localhost:8080' })).toBe('jobs/not-found')
  })

  it('needs no origin when it carries no cookie', async () => {
    expect(await post({ origin: 'https://partner.example' })).toBe('jobs/not-found')
  })
})

it.each([
  ['NUL', '\0'],
  ['half a character', '\ud800'],
])('refuses a text with %s as bad input, not as a failure of ours', async (_, bad) => {
  const app = await testApp()
  const body = JSON.stringify({ label: `a${bad}b` })
  const headers = { 'content-type': 'application/json' }
  const told = [
    await app.http.request('/api/campaigns', { method: 'POST', headers, body }),
    await app.http.request('/api/parties', {
      method: 'POST',
      headers,
      body: JSON.stringify({ lastName: 'A', custom: { [bad]: '' } }),
    }),
    await app.http.request('/api/campaigns?search=%00'),
  ]
  for (const answer of told) {
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'http/invalid-input' })
  }
})
