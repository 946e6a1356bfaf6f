/** /u/:token: asking (GET, changes nothing), leaving (POST, also RFC 8058 one-click), coming back, and being measured no more. */
import type { Context as HonoContext } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Locale } from '#core/kernel/values.ts'
import type { App, HttpEnv } from '#platform/http/app.ts'
import { createRateLimiter } from '#platform/http/rate-limit.ts'
import { recordConsent } from '../parties/service.ts'
import { readUnsubscribeToken } from './parcels.ts'
import { type Page, renderPage } from './unsubscribe-page.ts'
import * as links from './unsubscribe-queries.ts'

type Request = HonoContext<HttpEnv>

export function unsubscribeRoutes(app: App): void {
  // The forms are a line long; nobody unknown may fill the memory.
  app.http.use('/u/*', bodyLimit({ maxSize: 16_384 }))
  // Whole towns may sit behind one address; a machine that tries tokens asks far more often.
  const limit = createRateLimiter({ most: 300, seconds: 60 })
  app.http.use('/u/*', async (c, next) => {
    const wait = limit(c.get('clientAddress'), app.now())
    if (wait === 0) return next()
    return c.text('Too many requests. / Trop de demandes.', 429, { 'retry-after': String(wait) })
  })
  app.http.get('/u/:token', (c) => answer(app, c, 'ask'))
  app.http.post('/u/:token', (c) => answer(app, c, 'left'))
  app.http.post('/u/:token/undo', (c) => answer(app, c, 'back'))
  app.http.post('/u/:token/unmeasure', (c) => answer(app, c, 'unmeasured'))
}

type Kind = 'ask' | 'left' | 'back' | 'unmeasured'

async function answer(app: App, c: Request, kind: Kind): Promise<Response> {
  const token = c.req.param('token') ?? ''
  if (token === 'test') return show(c, { kind: 'test' })
  const messageId = readUnsubscribeToken(app.secrets, token)
  const leaving = messageId === undefined ? undefined : await links.find(app.db, messageId)
  if (!leaving) return show(c, { kind: 'bad' }, 404)
  if (kind !== 'ask') await record(app, c, leaving, kind)
  const { address, channel, shop, language } = leaving
  const isMeasured = leaving.isMeasured && kind !== 'unmeasured'
  const seen = kind === 'ask' && leaving.hasLeft ? 'left' : kind
  const page: Page = { kind: seen, address, channel, shop, isMeasured, action: `/u/${token}` }
  return show(c, page, 200, language === 'en' ? 'en' : 'fr')
}

/** The proof says what was clicked, when, from where: enough to show later that it was the person's own doing. */
async function record(
  { db, now }: App,
  c: Request,
  leaving: links.Leaving,
  kind: Exclude<Kind, 'ask'>,
): Promise<void> {
  const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}))
  const proof = {
    at: now().toISOString(),
    address: c.get('clientAddress'),
    userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
    campaign: leaving.campaign,
    campaignId: leaving.campaignId,
    messageId: leaving.messageId,
    method: form['List-Unsubscribe'] === 'One-Click' ? 'one-click' : 'page',
  }
  const said = { source: 'unsubscribe-link', proof, actorName: leaving.address }
  await db.transaction().execute(async (trx) => {
    if (kind === 'unmeasured') {
      const consent = { channel: 'email', purpose: 'measurement', state: 'withdrawn' } as const
      for (const partyId of await links.measuredBearers(trx, leaving))
        await recordConsent(trx, partyId, { ...consent, ...said })
      return
    }
    const hasLeft = kind === 'left'
    // Pressed again, or sent twice: what is so already is not written once more.
    for (const partyId of await links.bearers(trx, leaving, { notYet: hasLeft })) {
      await recordConsent(trx, partyId, {
        channel: leaving.channel,
        state: hasLeft ? 'withdrawn' : 'granted',
        ...said,
      })
    }
  })
}

function show(c: Request, page: Page, status: 200 | 404 = 200, locale?: Locale): Response {
  const asked = c.req.header('accept-language')?.toLowerCase() ?? ''
  const chosen = locale ?? (/^en\b/.test(asked) ? 'en' : 'fr')
  return c.html(renderPage(page, chosen), status, {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  })
}
