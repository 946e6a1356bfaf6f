/** What holds for every request before any route: identity of the request, headers, no foreign writes. */
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { AppError } from '#core/kernel/app-error.ts'
import type { Config } from '../config.ts'
import type { App, HttpEnv } from './app.ts'

/* Scripts only from our own files. Styles also inline: Mantine, the editors and the charts write style
   elements and attributes. Images from https, because letters show pictures of the shop's own site. */
const contentSecurity = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const standing: Record<string, string> = {
  'content-security-policy': contentSecurity,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
}

const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A route that needs another policy sets the header itself; these only fill what is not set. */
export function secure({ http, config }: App): void {
  const headers = config.publicUrl.startsWith('https:')
    ? { ...standing, 'strict-transport-security': 'max-age=31536000' }
    : standing
  http.use('*', async (c, next) => {
    c.set('requestId', crypto.randomUUID())
    c.set('clientAddress', clientAddress(c, config))
    await next()
    for (const [name, value] of Object.entries(headers)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
    c.res.headers.set('x-request-id', c.get('requestId'))
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('cache-control')) {
      c.res.headers.set('cache-control', 'no-store')
    }
  })
  http.use('*', async (c, next) => {
    if (!reads.has(c.req.method) && !isOfALink(c.req.path)) refuseForeign(c.req.raw, config)
    await next()
  })
}

/** What a signed link does is the wish of who has it, from whatever page: no cookie is looked at. */
const isOfALink = (path: string) => path.startsWith('/u/')

/** A write that carries a cookie must come from a page of ours; programs send no Origin and no cookie. */
function refuseForeign(request: Request, config: Config): void {
  if (!request.headers.has('cookie')) return
  const origin = request.headers.get('origin')
  if (origin ? isOurs(origin, request, config) : !isCrossSite(request)) return
  throw new AppError('forbidden', 'http/foreign-origin', 'The request comes from another site.')
}

function isOurs(origin: string, request: Request, config: Config): boolean {
  if (origin === new URL(config.publicUrl).origin) return true
  return URL.parse(origin)?.host === request.headers.get('host')
}

const isCrossSite = (request: Request) =>
  !['same-origin', 'none', null].includes(request.headers.get('sec-fetch-site'))

/** The socket's address, or what the last trusted proxy says it saw. */
function clientAddress(c: Context<HttpEnv>, { trustedProxies }: Config): string {
  if (trustedProxies > 0) {
    const seen = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
    const client = seen.at(-trustedProxies)
    if (client) return client
  }
  // A test enters without a socket.
  return c.env?.incoming ? (getConnInfo(c).remote.address ?? 'unknown') : 'local'
}
