/** Attachments of a step, from the upload to what arrives. */
import { rm } from 'node:fs/promises'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { downloadMessageCopy, listActivities } from '#core/activities/api.ts'
import { duplicateCampaign, getCampaign } from '#core/campaigns/api.ts'
import { largestStepFile, mostAttachments } from '#core/campaigns/attachment.ts'
import {
  downloadStepAttachment,
  listStepAttachments,
  removeStepAttachment,
} from '#core/campaigns/attachments-api.ts'
import { emptyContent } from '#core/content/content.ts'
import * as api from '#core/delivery/api.ts'
import * as mailbox from '#core/delivery/mailbox-api.ts'
import { createRelay } from '#core/delivery/relays-api.ts'
import { filePath } from '#platform/files.ts'
import { attach, upload } from '#tests/support/attachments.ts'
import { launch, mailing, manyPeople, people, relay, smtpRelay } from '#tests/support/mailing.ts'
import { admitted, aStep, hasten, later, shop, two } from '#tests/support/operation.ts'
import { testApp } from '#tests/support/test-app.ts'
import { getStep } from '../campaigns/service.ts'
import { startSmtpMailbox } from './mailbox/mailbox-server.ts'

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31) % 251)

async function read(text: string | undefined) {
  const mail = await PostalMime.parse(text ?? '')
  const files = mail.attachments.map(({ filename, mimeType, disposition, content }) => ({
    filename,
    mimeType,
    disposition,
    bytes: Buffer.from(content as ArrayBuffer),
  }))
  return { ...mail, files }
}

const leaflet = bytesOf(70_001)
const dress = 'Robe d’été – prix « doux » & tailles 36 à 48, boutiques de Lyon et de Besançon.png'

describe('the attachments of a mailing', () => {
  it('leave with every e-mail, whole, with their names and kinds', async () => {
    const { app, sink } = await shop()
    await people(app, [...two])
    const stepId = await mailing(app)
    await attach(app, stepId, 'tarifs 2026.pdf', leaflet)
    await attach(app, stepId, dress, 'picture')
    await attach(app, stepId, 'vide.xyz', '')
    await launch(app, stepId)
    await app.runJobs()
    expect(sink.accepted).toHaveLength(2)
    for (const { text } of sink.accepted) {
      const mail = await read(text)
      expect(mail.text).toContain('Bonjour Léa !')
      expect(mail.html).toContain('Bonjour Léa !')
      expect(mail.files).toEqual([
        {
          filename: 'tarifs 2026.pdf',
          mimeType: 'application/pdf',
          disposition: 'attachment',
          bytes: Buffer.from(leaflet),
        },
        {
          filename: dress,
          mimeType: 'image/png',
          disposition: 'attachment',
          bytes: Buffer.from('picture'),
        },
        {
          filename: 'vide.xyz',
          mimeType: 'application/octet-stream',
          disposition: 'attachment',
          bytes: Buffer.from(''),
        },
      ])
      expect(text.split('\r\n').every((line) => line.length <= 100)).toBe(true)
    }
  })

  it('are told before the launch with what they weigh', async () => {
    const { app } = await shop()
    await manyPeople(app, 10)
    const stepId = await mailing(app)
    expect(await app.call(api.preflight, { stepId })).toMatchObject({ weight: null, warnings: [] })
    await attach(app, stepId, 'catalogue.pdf', bytesOf(3 * 2 ** 20))
    const light = await app.call(api.preflight, { stepId })
    expect(light).toMatchObject({ problems: [], warnings: [] })
    const { each = 0, total, files, emails } = light.weight ?? {}
    expect(each / 2 ** 20).toBeCloseTo(4.11, 1)
    expect([files, emails, total]).toEqual([1, 10, each * 10])
    await attach(app, stepId, 'setup.EXE', bytesOf(1.5 * 2 ** 20))
    expect(await app.call(api.preflight, { stepId })).toMatchObject({
      problems: [],
      warnings: ['heavy', 'risky-attachments'],
      weight: { risky: ['setup.EXE'] },
    })
    await attach(app, stepId, 'film.mp4', bytesOf(largestStepFile))
    await attach(app, stepId, 'film 2.mp4', bytesOf(2 * 2 ** 20))
    expect(await app.call(api.preflight, { stepId })).toMatchObject({ problems: ['too-heavy'] })
    const refused = { status: 400, code: 'delivery/too-heavy' }
    expect(await app.refusal(api.launchStep, { stepId, confirm: 10 })).toMatchObject(refused)
    const contentId = await contentOf(app, stepId)
    const test = { stepId, contentId, to: 'me@example.org' }
    expect(await app.refusal(api.sendTest, test)).toMatchObject(refused)
  })

  it('leave with a test, and go along when the mailing is duplicated', async () => {
    const { app, sink } = await shop()
    const stepId = await mailing(app)
    await attach(app, stepId, 'a.pdf', 'leaflet')
    const contentId = await contentOf(app, stepId)
    await app.call(api.sendTest, { stepId, contentId, to: 'me@example.org' })
    expect((await read(sink.accepted[0]?.text)).files).toMatchObject([{ filename: 'a.pdf' }])
    const { campaignId: id } = await getStep(app.db, stepId)
    const copy = await app.call(duplicateCampaign, { id, label: 'Encore' })
    const files = await app.call(listStepAttachments, { id: copy.steps[0]?.id ?? 0 })
    expect(files).toMatchObject([{ name: 'a.pdf', size: 7 }])
    await app.call(removeStepAttachment, { id: stepId, fileId: files[0]?.id ?? '' })
    expect(await app.call(listStepAttachments, { id: stepId })).toEqual([])
    const left = await app.http.request(
      `/api/steps/${copy.steps[0]?.id}/attachments/${files[0]?.id}`,
    )
    expect([await left.text(), left.headers.get('content-disposition')]).toEqual([
      'leaflet',
      "attachment; filename*=UTF-8''a.pdf",
    ])
  })

  it('stay as they are once the mailing is launched: no message differs from another', async () => {
    const { app, sink } = await shop({ greeting: 'drop' })
    await people(app, two)
    const stepId = await mailing(app)
    const [file] = await attach(app, stepId, 'a.pdf', 'leaflet')
    const fileId = file?.id ?? ''
    await launch(app, stepId)
    await app.runJobs()
    const launched = { code: 'campaigns/already-launched' }
    expect(await app.refusal(removeStepAttachment, { id: stepId, fileId })).toMatchObject(launched)
    const late = await upload(app, stepId, { name: 'b.pdf', bytes: 'x' })
    expect([late.status, await late.json()]).toMatchObject([409, launched])
    expect(await app.db.selectFrom('files').select('name').orderBy('name').execute()).toEqual([
      { name: 'a.pdf' },
      { name: 'attachments.eml' },
    ])
    // Even when somebody meddles with the data folder.
    await rm(filePath(app, fileId))
    delete sink.options.greeting
    later(app, 600)
    await hasten(app)
    await app.runJobs()
    const sent = await Promise.all(sink.accepted.map(async ({ text }) => (await read(text)).files))
    expect(sent).toMatchObject([[{ filename: 'a.pdf' }], [{ filename: 'a.pdf' }]])
  })

  it('that are gone from the disk hold the run before anything leaves', async () => {
    const { app, sink } = await shop()
    await people(app, two)
    const stepId = await mailing(app)
    const [file] = await attach(app, stepId, 'a.pdf', 'leaflet')
    await rm(filePath(app, file?.id ?? ''))
    await launch(app, stepId)
    await app.runJobs()
    expect(await app.call(api.deliverySummary, { stepId })).toMatchObject({
      state: 'paused',
      hold: { reason: 'attachment-missing', detail: 'a.pdf: the file is gone.' },
      counts: { pending: 2 },
    })
    expect(sink.accepted).toHaveLength(0)
  })

  it('are of a bearable size and number, for who may see and change mailings', async () => {
    const app = await testApp()
    const stepId = await mailing(app)
    const large = await upload(app, stepId, {
      name: 'x',
      bytes: new Uint8Array(largestStepFile + 1),
    })
    expect([large.status, await large.json()]).toMatchObject([413, { code: 'files/too-large' }])
    const [first] = await attach(app, stepId, 'a.pdf', 'x')
    for (let n = 1; n < mostAttachments; n++) await attach(app, stepId, `${n}.pdf`, 'x')
    const more = await upload(app, stepId, { name: 'x', bytes: 'x' })
    expect(await more.json()).toMatchObject({ code: 'campaigns/too-many-files' })
    const named = { id: stepId, fileId: first?.id ?? '' }
    app.grant('mailings.view')
    expect(await app.refusal(removeStepAttachment, named)).toMatchObject({ status: 403 })
    app.grant('customers.view')
    expect(await app.refusal(downloadStepAttachment, named)).toMatchObject({ status: 403 })
  })
})

async function contentOf(app: Awaited<ReturnType<typeof testApp>>, stepId: number) {
  const { campaignId: id } = await getStep(app.db, stepId)
  return (await app.call(getCampaign, { id })).steps[0]?.contents[0]?.id ?? 0
}

describe('the attachments of a step', () => {
  it('are in the copy that an activity keeps, byte for byte, and on disk once for all', async () => {
    const { app, sink } = await shop()
    const ids = await people(app, two)
    const type = await app.db
      .selectFrom('activityTypes')
      .select('id')
      .where('code', '=', 'outgoing-mail')
      .executeTakeFirstOrThrow()
    const { stepId } = await aStep(app, { step: { activityTypeId: type.id } })
    await attach(app, stepId, 'a.pdf', leaflet)
    await admitted(app, stepId, ids)
    await launch(app, stepId)
    await app.runJobs()
    const copies = await app.db.selectFrom('messageCopies').selectAll().execute()
    expect(new Set(copies.map(({ tailId }) => tailId)).size).toBe(1)
    expect(copies.every(({ eml }) => eml.length < 20_000)).toBe(true)
    const { rows } = await app.call(listActivities, { filter: { stepId }, offset: 0, limit: 10 })
    const texts = await Promise.all(
      rows.map(async ({ id }) => {
        const { messageId } = await app.db
          .selectFrom('activities')
          .select('messageId')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        const path = downloadMessageCopy.path
          .replace(':id', String(id))
          .replace(':messageId', String(messageId))
        return (await app.http.request(path)).text()
      }),
    )
    expect(texts.sort()).toEqual(sink.accepted.map(({ text }) => text).sort())
    expect(texts).toHaveLength(2)
  })

  it('stay with it when its messages are no e-mails, and are refused where its type has none', async () => {
    const { app } = await shop()
    await people(app, two)
    const stepId = await mailing(app, { contents: [{ body: emptyContent('file', 'fr') }] })
    await attach(app, stepId, 'a.pdf', 'x')
    expect(await app.call(api.preflight, { stepId })).toMatchObject({
      weight: null,
      warnings: ['attachments-stay'],
    })
    for (const step of [{ isFinal: false }, { typeCode: 'export' }]) {
      const none = await aStep(app, { step, body: null })
      const refused = await upload(app, none.stepId, { name: 'x', bytes: 'x' })
      expect(await refused.json()).toMatchObject({ code: 'operations/field-unused' })
    }
  })
})

it('lists them in the built-in mailbox, to be downloaded', async () => {
  const app = await testApp()
  const server = await startSmtpMailbox(app)
  await app.call(createRelay, relay(smtpRelay(server.port)))
  await people(app, [{ email: 'a@example.org' }])
  const stepId = await mailing(app)
  await attach(app, stepId, dress, leaflet)
  await launch(app, stepId)
  await app.runJobs()
  await server.stop()
  const { rows } = await app.call(mailbox.listMailbox, { offset: 0, limit: 10 })
  const id = rows[0]?.id ?? 0
  const { attachments } = await app.call(mailbox.readMailbox, { id })
  expect(attachments).toEqual([{ name: dress, size: leaflet.length }])
  const answer = await app.http.request(`/api/mailbox/${id}/attachments/0`)
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(leaflet)
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent(dress))
  const none = { id, at: 1 }
  expect(await app.refusal(mailbox.readMailboxAttachment, none)).toMatchObject({ status: 404 })
})
