/** From a content and the people of a block to what a carrier takes: the very renderer of the preview. */
import type { EmailContent, SmsContent } from '#core/content/content.ts'
import { type CompiledEmail, compileEmail, type EmailFrame } from '#core/content/email.ts'
import { cutAtBodyEnd, openImageHtml } from '#core/content/open-image.ts'
import { fillPieces, join, type Piece } from '#core/content/pieces.ts'
import { compileSms, withStop } from '#core/content/sms.ts'
import type { MergeValues } from '#core/content/template.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { Secrets } from '#platform/secrets.ts'
import type { TextMessage } from './carrier.ts'
import { clickField, clickToken, leadThrough } from './clicks/click-links.ts'
import { signDkim } from './mime/dkim.ts'
import { type Chunk, compileMime } from './mime/email.ts'
import { openField, openToken } from './openings/open-token.ts'
import type { MailIdentity } from './relays.ts'
import type { Envelope } from './smtp/connection.ts'

type Addressee = {
  /** Of the ledger line; of no line in a test. */
  readonly messageId: number | null
  readonly address: string
  readonly values: MergeValues
  /** The person agrees that openings are measured, and this installation does. */
  readonly isMeasured: boolean
}

export type Around = {
  readonly publicUrl: string
  readonly secrets: Secrets
  readonly now: Date
  readonly campaignId: number
  readonly contentId: number
}

export type Prepared<Parcel> = {
  /** What to load for each person. */
  readonly fields: readonly string[]
  readonly make: (addressee: Addressee) => Parcel
}

const broken = (places: string) =>
  new AppError('invalid', 'delivery/content-broken', `The message has errors: ${places}`, {
    details: { places },
  })

/** A message on its way, and as it is kept here: whoever looks at a copy is not its reader. */
export type Mail = Envelope & { readonly copy: () => Uint8Array[] }

type Mailing = {
  frame: EmailFrame
  identity: MailIdentity
  /** Of the message's links that lead through us; null when they lead there directly. */
  linksId: number | null
  /** The attachments, encoded, with which every message ends. */
  tail: Buffer | null
  /** Whether a message may carry the image that tells its openings. */
  measures: boolean
}

/** The links of a message as they are led through us. */
export function linksOf(content: EmailContent, frame: EmailFrame, publicUrl: string) {
  const { compiled } = compileEmail(content, frame)
  return compiled ? leadThrough(compiled.pieces.html, publicUrl).links : []
}

/** Throws `delivery/content-broken` when the content does not compile. */
export function prepareEmail(
  content: EmailContent,
  { frame, identity, linksId, tail, measures }: Mailing,
  around: Around,
): Prepared<Mail> {
  const { compiled, problems } = compileEmail(content, frame)
  if (!compiled) throw broken(problems.map(({ text, code }) => text || code).join(', '))
  const domain = identity.from.address.split('@')[1] ?? 'localhost'
  const build = compileMime<MergeValues>({
    ...chunksOf(compiled, {
      through: linksId === null ? null : around.publicUrl,
      image: measures ? imageChunk(content.language, around.publicUrl) : null,
    }),
    from: identity.from,
    replyTo: identity.replyTo,
    hasTail: tail !== null,
    headers: [
      ['Auto-Submitted', 'auto-generated'],
      ['Feedback-ID', `${around.contentId}:${around.campaignId}:mailing:malleposte`],
    ],
  })
  const make = ({ messageId, address, values, isMeasured }: Addressee): Mail => {
    const unsubscribe = unsubscribeUrl(around, messageId)
    const render = (withImage: boolean) => {
      const text = build({
        to: address,
        toName: values.fullName ?? '',
        messageId: `${messageId ?? `test${around.now.getTime()}`}.${around.contentId}.mp@${domain}`,
        unsubscribe,
        date: around.now,
        values: {
          ...values,
          unsubscribeUrl: unsubscribe,
          ...clickValue(around, messageId, linksId),
          ...(withImage && messageId !== null
            ? { [openField]: openToken(around.secrets, messageId) }
            : {}),
        },
      })
      const { dkim } = identity
      const signed = dkim ? [signDkim(Buffer.concat(text), dkim, { now: around.now, tail })] : text
      return tail ? [...signed, tail] : signed
    }
    return {
      from: returnPath(identity, around.secrets, messageId),
      to: address,
      data: () => render(isMeasured),
      copy: () => render(false),
    }
  }
  return { fields: [...new Set([...compiled.fields, 'fullName'])], make }
}

function clickValue({ secrets }: Around, messageId: number | null, linksId: number | null) {
  if (messageId === null || linksId === null) return {}
  return { [clickField]: clickToken(secrets, { messageId, linksId }) }
}

type Additions = {
  /** With an address of our own the links lead through it. */
  through: string | null
  image: Chunk<MergeValues> | null
}

function chunksOf({ pieces }: CompiledEmail, { through, image }: Additions) {
  const html = join(through === null ? pieces.html : leadThrough(pieces.html, through).html)
  const [before, after] = image === null ? [html, []] : cutAtBodyEnd(html)
  return {
    subject: pieces.subject.map(toChunk),
    html: [...before.map(toChunk), ...(image === null ? [] : [image]), ...after.map(toChunk)],
    text: pieces.text.map(toChunk),
  }
}

/** Nothing for those who are not measured. */
const imageChunk =
  (language: Locale, publicUrl: string): Chunk<MergeValues> =>
  ({ [openField]: token, unsubscribeUrl }) =>
    token
      ? openImageHtml(language, {
          image: `${publicUrl}/o/${token}`,
          unsubscribe: unsubscribeUrl ?? '',
        })
      : ''

const toChunk = (piece: Piece): Chunk<MergeValues> =>
  typeof piece === 'string' ? piece : (values: MergeValues) => fillPieces([piece], values)

export function prepareSms(
  content: SmsContent,
  { frame, stopText }: { frame: EmailFrame; stopText: string },
  around: Around,
): Prepared<TextMessage> {
  const { compiled, problems } = compileSms(content, frame.lookup)
  if (!compiled) throw broken(problems.map(({ text, code }) => text || code).join(', '))
  return {
    fields: compiled.fields,
    make: ({ messageId, address, values }) => {
      const text = compiled.fill(values, { unsubscribe: unsubscribeUrl(around, messageId) })
      return { id: messageId ?? 0, to: address, text: withStop(text, stopText) }
    },
  }
}

/** Short, so that it stays on one line of a header: the ledger line and a signature. */
export function unsubscribeUrl({ publicUrl, secrets }: Around, messageId: number | null): string {
  if (messageId === null) return `${publicUrl}/u/test`
  return `${publicUrl}/u/${messageId.toString(36)}.${secrets.sign('unsubscribe', String(messageId))}`
}

/** The ledger line that a token of an unsubscribe link stands for; undefined when it is not ours. */
export function readUnsubscribeToken(secrets: Secrets, token: string): number | undefined {
  const [, id = '', signature = ''] = /^([0-9a-z]{1,11})\.([\w-]{22})$/.exec(token) ?? []
  const messageId = Number.parseInt(id, 36)
  if (!Number.isSafeInteger(messageId)) return undefined
  return secrets.verify('unsubscribe', String(messageId), signature) ? messageId : undefined
}

/** VERP: a bounce names its message by the address it comes to. Only where bounces have an address of their own. */
function returnPath(identity: MailIdentity, secrets: Secrets, messageId: number | null): string {
  const [local, domain] = identity.bounceAddress.split('@')
  if (messageId === null || !local || !domain) {
    return identity.bounceAddress || identity.from.address
  }
  return `${local}+${messageId.toString(36)}-${bounceSignature(secrets, messageId)}@${domain}`
}

/** In lower case: some servers send the address back so. */
const bounceSignature = (secrets: Secrets, messageId: number) =>
  secrets.sign('bounce', String(messageId)).slice(0, 8).toLowerCase()

/** The ledger line that the mark of a return address stands for; undefined when it is not ours. */
export function readBounceMark(secrets: Secrets, mark: string): number | undefined {
  const [, id = '', signature = ''] = /^([0-9a-z]{1,11})-([\w-]{8})$/.exec(mark.toLowerCase()) ?? []
  const messageId = Number.parseInt(id, 36)
  if (!Number.isSafeInteger(messageId)) return undefined
  return bounceSignature(secrets, messageId) === signature ? messageId : undefined
}
