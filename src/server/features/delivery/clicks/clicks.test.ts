import PostalMime from 'postal-mime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ContentBody } from '#core/content/content.ts'
import * as api from '#core/delivery/api.ts'
import { getTracking, saveTracking } from '#core/delivery/tracking-api.ts'
import { launch, mailing, people, withRelay } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const body = ContentBody.parse({
  channel: 'email',
  subject: 'Vente',
  mode: 'html',
  html: `<p><a class="x" href="https://shop.example/a?x=1&amp;n={{lastName}}">Voir</a>
    <a href="https://shop.example">Boutique</a> <a href="mailto:boutique@example.org">Écrire</a>
    <a href="{{unsubscribeUrl}}">Se désabonner</a></p>`,
})

async function sent(app: TestApp, port: number, accepted: readonly { text: string }[]) {
  await withRelay(app, port)
  await people(app, [{ email: 'lea@example.org', lastName: 'Dupré & fils' }])
  const stepId = await mailing(app, { contents: [{ body }] })
  await launch(app, stepId)
  await app.runJobs()
  const { html = '' } = await PostalMime.parse(accepted.at(-1)?.text ?? '')
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
  return { stepId, links, paths: links.map((link) => link.replace(app.config.publicUrl, '')) }
}

async function shop() {
  const app = await testApp()
  const sink = await startSink()
  onTestFinished(() => sink.stop())
  return { app, ...(await sent(app, sink.port, sink.accepted)), sink }
}

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
}
const events = (app: TestApp) =>
  app.db.selectFrom('messageEvents').select(['url', 'byMachine']).orderBy('id').execute()
const later = (app: TestApp, seconds: number) =>
  app.setNow(new Date(app.now().getTime() + seconds * 1_000))

describe('the links of an e-mail', () => {
  it('lead through us to where they led, each click noted once; the way to unsubscribe stays direct', async () => {
    const { app, stepId, links, paths } = await shop()
    expect(links[0]).toMatch(/\/c\/[\w-]+\.[\w-]{22}\.0$/)
    expect(links.slice(2).map((link) => link.split('/').slice(0, 4).at(-1))).toEqual([
      'mailto:boutique@example.org',
      'u',
    ])
    later(app, 60)
    const [first = '', second = ''] = paths
    for (const path of [first, first, second]) {
      const answer = await app.http.request(path, { headers: browser })
      expect(answer.status).toBe(302)
      expect(answer.headers.get('location')).toBe(
        path === first
          ? 'https://shop.example/a?x=1&n=Dupr%C3%A9%20%26%20fils'
          : 'https://shop.example',
      )
    }
    expect(await events(app)).toEqual([
      { url: 'https://shop.example/a?x=1&n=Dupr%C3%A9%20%26%20fils', byMachine: false },
      { url: 'https://shop.example', byMachine: false },
    ])
    expect((await app.call(api.deliverySummary, { stepId })).contents[0]).toMatchObject({
      clicked: 1,
      counts: { submitted: 1 },
    })
    const { rows } = await app.call(api.listMessages, { stepId, clicked: 'yes' })
    expect(rows).toMatchObject([{ clickedAt: app.now().toISOString() }])
  })

  it('followed by machines count for nobody: at once, by HEAD, by scanners', async () => {
    const { app, stepId, paths } = await shop()
    const [path = ''] = paths
    await app.http.request(path, { headers: browser })
    later(app, 60)
    await app.http.request(path, { headers: browser, method: 'HEAD' })
    later(app, 60)
    const scanner = { 'user-agent': 'Mozilla/5.0 (compatible; ProofpointScanner)' }
    await app.http.request(path, { headers: scanner })
    expect((await events(app)).map(({ byMachine }) => byMachine)).toEqual([true, true, true])
    expect((await app.call(api.deliverySummary, { stepId })).contents[0]?.clicked).toBe(0)
  })

  it('lead nowhere else: what is not signed or not there is refused', async () => {
    const { app, paths } = await shop()
    const [path = ''] = paths
    for (const wrong of [
      path.replace(/\.0$/, '.9'),
      path.replace(/^\/c\/\w+/, '/c/2'),
      path.replace(/\.[\w-]{22}\./, `.${'A'.repeat(22)}.`),
      '/c/https:%2F%2Fevil.example',
    ]) {
      const answer = await app.http.request(wrong, { headers: browser })
      expect([answer.status, answer.headers.get('location')]).toEqual([404, null])
    }
    expect(await events(app)).toEqual([])
  })

  it('lead there directly when the setting says so; those sent before lead on, unnoted', async () => {
    const { app, paths, sink } = await shop()
    expect(await app.call(getTracking, {})).toEqual({ clicks: true, opens: false })
    await app.call(saveTracking, { clicks: false })
    later(app, 60)
    const answer = await app.http.request(paths[0] ?? '', { headers: browser })
    expect(answer.status).toBe(302)
    expect(await events(app)).toEqual([])
    const { links } = await sent(app, sink.port, sink.accepted)
    expect(links.slice(0, 2)).toEqual([
      'https://shop.example/a?x=1&amp;n=Dupr%C3%A9%20%26%20fils',
      'https://shop.example',
    ])
  })
})
