/** /o/:token is an image of one transparent point, whatever the token; openings that may be are noted. */
import type { Context as HonoContext } from 'hono'
import { isMachine } from '#core/delivery/click.ts'
import type { App, HttpEnv } from '#platform/http/app.ts'
import { createRateLimiter } from '#platform/http/rate-limit.ts'
import { findTracking } from '../clicks/click-queries.ts'
import { readOpenToken } from './open-token.ts'
import * as openings from './opening-queries.ts'

export function openingRoutes(app: App): void {
  // The image servers of the large mailbox providers ask for everybody from few addresses.
  const limit = createRateLimiter({ most: 3_000, seconds: 60 })
  app.http.get('/o/:token', async (c) => {
    const wait = limit(c.get('clientAddress'), app.now())
    if (wait > 0) {
      const words = 'Too many requests. / Trop de demandes.'
      return c.text(words, 429, { 'retry-after': String(wait) })
    }
    // Whoever reads a message sees it whole, whatever our books say; and nobody learns which tokens are ours.
    await note(app, c).catch((err: unknown) => app.log.error({ err }, 'an opening was not noted'))
    return new Response(point, { headers })
  })
}

async function note({ db, secrets, now }: App, c: HonoContext<HttpEnv>): Promise<void> {
  const messageId = readOpenToken(secrets, c.req.param('token') ?? '')
  if (messageId === undefined || !(await findTracking(db)).opens) return
  const measured = await openings.findMeasured(db, messageId)
  if (!measured) return
  const at = now()
  const { submittedAt } = measured
  const seconds = submittedAt ? (at.getTime() - new Date(submittedAt).getTime()) / 1_000 : null
  const userAgent = c.req.header('user-agent') ?? ''
  if (isMachine({ method: c.req.method, userAgent, seconds })) return
  await openings.noteOpening(db, messageId, at)
}

const point = Buffer.from('R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

const headers = {
  'content-type': 'image/gif',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}
