import { describe, expect, it } from 'vitest'
import { deliverySummary } from '#core/delivery/api.ts'
import { listMailbox, readMailbox } from '#core/delivery/mailbox-api.ts'
import { createRelay } from '#core/delivery/relays-api.ts'
import { launch, mailing, people, relay } from '#tests/support/mailing.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { unsubscribeUrl } from './parcels.ts'

/** A mailing that arrived in the built-in mailbox, and the link in its header. */
async function received() {
  const app = await testApp()
  await app.call(
    createRelay,
    relay({ kind: 'mailbox', fromName: 'La boutique', fromAddress: 'boutique@example.org' }),
  )
  const ids = await people(app, [{ email: 'lea@example.org', firstName: 'Léa' }])
  const stepId = await mailing(app)
  await launch(app, stepId)
  await app.runJobs()
  expect((await app.call(deliverySummary, { stepId })).counts.submitted).toBe(1)
  const { rows } = await app.call(listMailbox, {})
  const mail = await app.call(readMailbox, { id: rows[0]?.id ?? 0 })
  const header = (name: string) =>
    mail.headers.find((one) => one.name.toLowerCase() === name)?.value ?? ''
  const link = /<(http[^>]+)>/.exec(header('list-unsubscribe'))?.[1] ?? ''
  return { app, ids, mail, header, path: new URL(link).pathname }
}

const optOut = async (app: TestApp, id: number) =>
  (await app.db.selectFrom('parties').select('emailOptOut').where('id', '=', id).executeTakeFirst())
    ?.emailOptOut

describe('the unsubscribe link', () => {
  it('asks by GET and withdraws only by POST, with proof, and can be taken back', async () => {
    const { app, ids, mail, header, path } = await received()
    const [id = 0] = ids
    expect(mail.html).toContain(path)
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const asked = await app.http.request(path)
    expect(await asked.text()).toContain('lea@example.org')
    expect(await optOut(app, id)).toBe(false)
    const flood = {
      method: 'POST',
      body: 'x'.repeat(20_000),
      headers: { 'content-length': '20000' },
    }
    expect((await app.http.request(path, flood)).status).toBe(413)

    const left = await app.http.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Mailer/1' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect(left.status).toBe(200)
    expect(left.headers.get('set-cookie')).toBeNull()
    expect(await optOut(app, id)).toBe(true)
    const line = await app.db
      .selectFrom('consents')
      .selectAll()
      .orderBy('id', 'desc')
      .executeTakeFirst()
    expect(line).toMatchObject({
      channel: 'email',
      state: 'withdrawn',
      proof: { method: 'one-click', userAgent: 'Mailer/1', campaign: 'Vente privée' },
    })

    await app.http.request(`${path}/undo`, { method: 'POST' })
    expect(await optOut(app, id)).toBe(false)
  })

  it('is written once, however often it is pressed, and not pressed without end', async () => {
    const { app, path } = await received()
    const lines = async () => (await app.db.selectFrom('consents').selectAll().execute()).length
    const before = await lines()
    const press = () => app.http.request(path, { method: 'POST' })
    await Promise.all([press(), press(), press()])
    expect(await lines()).toBe(before + 1)
    await app.http.request(`${path}/undo`, { method: 'POST' })
    await app.http.request(`${path}/undo`, { method: 'POST' })
    expect(await lines()).toBe(before + 2)
    const statuses: number[] = []
    for (let at = 0; at < 310; at++) statuses.push((await app.http.request('/u/test')).status)
    expect(statuses[0]).toBe(200)
    expect(statuses.at(-1)).toBe(429)
  })

  it('is taken from a page of another site, whatever cookie comes along', async () => {
    const { app, path, ids } = await received()
    const headers = { cookie: 'a=b', origin: 'https://webmail.example', host: 'malleposte.example' }
    expect((await app.http.request(path, { method: 'POST', headers })).status).toBe(200)
    expect(await optOut(app, ids[0] ?? 0)).toBe(true)
  })

  it('counts for every card with the same address', async () => {
    const { app, path } = await received()
    const [twin = 0] = await people(app, [{ email: 'LEA@example.org' }])
    await app.http.request(path, { method: 'POST' })
    expect(await optOut(app, twin)).toBe(true)
  })

  it('does nothing when it is forged, and says so', async () => {
    const { app, ids, path } = await received()
    const forged = path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect((await app.http.request(forged, { method: 'POST' })).status).toBe(404)
    const other = unsubscribeUrl(
      { ...app, publicUrl: '', now: app.now(), campaignId: 1, contentId: 1 },
      999_999,
    )
    expect((await app.http.request(other, { method: 'POST' })).status).toBe(404)
    expect((await app.http.request('/u/test')).status).toBe(200)
    expect(await optOut(app, ids[0] ?? 0)).toBe(false)
  })
})
