/** /c/:token leads on to a link of a message and notes that it was followed. */
import type { Context as HonoContext } from 'hono'
import { linkAddress, linkFields } from '#core/content/links.ts'
import { isMachine } from '#core/delivery/click.ts'
import { getTracking, saveTracking } from '#core/delivery/tracking-api.ts'
import type { App, HttpEnv } from '#platform/http/app.ts'
import { createRateLimiter } from '#platform/http/rate-limit.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../../access/service.ts'
import { loadMergeValues } from '../../content/service.ts'
import { readClickToken } from './click-links.ts'
import * as clicks from './click-queries.ts'

export function clickRoutes(app: App): void {
  route(app, getTracking, (_, { db }) => clicks.findTracking(db))
  route(app, saveTracking, async (tracking, { db, actor }) => {
    await clicks.saveTracking(db, tracking)
    await audit(db, actor, 'tracking/update', '', tracking)
    return tracking
  })
  const limit = createRateLimiter({ most: 300, seconds: 60 })
  app.http.get('/c/:token', async (c) => {
    const wait = limit(c.get('clientAddress'), app.now())
    if (wait === 0) return leadOn(app, c)
    return c.text('Too many requests. / Trop de demandes.', 429, { 'retry-after': String(wait) })
  })
}

async function leadOn({ db, secrets, now, log }: App, c: HonoContext<HttpEnv>): Promise<Response> {
  const ids = readClickToken(secrets, c.req.param('token') ?? '')
  const followed = ids && (await clicks.findLink(db, ids))
  if (!followed) {
    const words = 'Ce lien n’est plus valable. / This link is not valid any more.'
    return c.text(words, 404, headers)
  }
  const { messageId, partyId, stepId, submittedAt, link } = followed
  const at = now()
  const values = await loadMergeValues(db, [partyId], linkFields(link), { now: at, stepId })
  const url = linkAddress(link, values.get(partyId) ?? {})
  if ((await clicks.findTracking(db)).clicks) {
    const seconds = submittedAt ? (at.getTime() - new Date(submittedAt).getTime()) / 1_000 : null
    const userAgent = c.req.header('user-agent') ?? ''
    const byMachine = isMachine({ method: c.req.method, userAgent, seconds })
    // Whoever follows a link arrives, whatever our books say.
    await clicks
      .noteClick(db, { messageId, url, byMachine, at })
      .catch((err: unknown) => log.error({ err }, 'a click was not noted'))
  }
  return new Response(null, { status: 302, headers: { ...headers, location: url } })
}

const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}
