/** One plain letter outside any mailing: a test of a relay, a link to choose a password. */
import type { Outcome } from '#core/delivery/outcome.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Services } from '#platform/http/app.ts'
import { noticeHeader } from './mailbox/notice-header.ts'
import { compileMime } from './mime/email.ts'
import type { StoredRelay } from './relay-queries.ts'
import { getDefault, mailIdentity, openMailCarrier } from './relays.ts'

export type Notice = {
  to: string
  toName: string
  subject: string
  /** Paragraphs of plain text; the HTML part shows the same. */
  paragraphs: readonly string[]
  /** Makes the Message-ID: the same letter sent again keeps it. */
  reference: string
}

/** Sends by the relay for e-mail; a relay that does not accept it now may later. */
export async function sendNotice(services: Services, notice: Notice): Promise<void> {
  const relay = await getDefault(services.db, 'email')
  const { kind, answer } = await sendNoticeBy(services, relay, notice)
  if (kind === 'accepted') return
  throw new AppError('unavailable', 'delivery/notice-refused', `The relay said: ${answer}`, {
    details: { answer },
  })
}

export async function sendNoticeBy(
  services: Services,
  relay: StoredRelay,
  { to, toName, subject, paragraphs, reference }: Notice,
): Promise<Outcome> {
  const { from, replyTo } = mailIdentity(relay, services.secrets)
  const build = compileMime<null>({
    subject: [subject],
    html: paragraphs.map((text) => `<p>${linked(escapeHtml(text))}</p>\n`),
    text: [paragraphs.join('\n\n')],
    from,
    replyTo,
    headers: [['Auto-Submitted', 'auto-generated'], noticeHeader],
  })
  const data = build({
    to,
    toName,
    messageId: `${reference}.mp@${from.address.split('@')[1] ?? 'localhost'}`,
    unsubscribe: '',
    date: services.now(),
    values: null,
  })
  const carrier = await openMailCarrier(services, relay)
  try {
    const [outcome] = await carrier.sendAll([{ from: from.address, to, data: () => data }])
    return outcome ?? { kind: 'unknown', answer: '' }
  } finally {
    await carrier.close()
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
const linked = (html: string) =>
  html.replace(/https?:\/\/\S+/g, (url) => `<a href="${url}">${url}</a>`)
