import PostalMime from 'postal-mime'
import { withoutOpenImage } from '#core/content/open-image.ts'
import {
  emptyMailbox,
  listMailbox,
  readMailbox,
  readMailboxAttachment,
  readMailboxSource,
} from '#core/delivery/mailbox-api.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { Database } from '#platform/db/database.ts'
import { asFile } from '#platform/files.ts'
import type { App } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import * as relays from '../relay-queries.ts'
import * as mailbox from './mailbox-queries.ts'

export function mailboxRoutes(app: App): void {
  route(app, listMailbox, async (input, { db, actor }) => ({
    ...(await mailbox.list(db, readerOf(actor), input)),
    on: (await relays.list(db)).some(({ config }) => config.kind === 'mailbox'),
  }))
  route(app, readMailbox, async ({ id }, { db, actor }) => {
    const { line, source } = await get(db, actor, id)
    if (line.channel === 'sms') {
      const text = source.toString('utf8')
      return { ...line, headers: [], html: null, text, attachments: [], size: source.length }
    }
    const mail = await PostalMime.parse(source)
    return {
      ...line,
      headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
      // Whoever looks in here is staff.
      html: mail.html === undefined ? null : withoutOpenImage(mail.html),
      text: mail.text ?? null,
      attachments: mail.attachments.map(({ filename, content }) => ({
        name: filename ?? '',
        size: typeof content === 'string' ? content.length : content.byteLength,
      })),
      size: source.length,
    }
  })
  file(app, readMailboxSource, async ({ id }, { db, actor }) => {
    const { source } = await get(db, actor, id)
    return asFile(source, { name: `message-${id}.eml`, mediaType: 'text/plain; charset=utf-8' })
  })
  file(app, readMailboxAttachment, async ({ id, at }, { db, actor }) => {
    const { source } = await get(db, actor, id)
    const attachment = (await PostalMime.parse(source)).attachments[at]
    if (!attachment) throw gone()
    const name = encodeURIComponent((attachment.filename ?? '').toWellFormed() || `${at + 1}`)
    // Whatever it is, the browser saves it and never shows it.
    return new Response(attachment.content, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
        'x-content-type-options': 'nosniff',
      },
    })
  })
  route(app, emptyMailbox, async ({ ids }, { db, actor }) => {
    await mailbox.remove(db, readerOf(actor), ids)
    return done
  })
}

const readerOf = ({ rights }: Actor): mailbox.Reader => ({
  readsNotices: rights.has('access.manage'),
})

async function get(db: Database, actor: Actor, id: number) {
  const found = await mailbox.find(db, readerOf(actor), id)
  if (!found) throw gone()
  return found
}

const gone = () =>
  new AppError('not-found', 'delivery/no-such-mail', 'This message is not there any more.')
