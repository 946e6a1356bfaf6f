/** An e-mail as bytes: what is the same for everybody is encoded once, each recipient's values are filled in. */
import { createHash } from 'node:crypto'
import { mixed } from './attachments.ts'
import { encodeAddress, encodeText, mailDate } from './header.ts'
import { encodeQuotedPrintable, softBreak } from './quoted-printable.ts'

/** Text with holes: a literal, or what gives the recipient's value, already escaped for where it stands. */
export type Chunk<Values> = string | ((values: Values) => string)

export type EmailShape<Values> = {
  readonly subject: readonly Chunk<Values>[]
  readonly html: readonly Chunk<Values>[]
  readonly text: readonly Chunk<Values>[]
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo: string
  /** Headers that are the same for all, values in ASCII. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** What `encodeAttachments` gives is to follow, which ends the message. */
  readonly hasTail?: boolean
}

type EmailRecipient<Values> = {
  readonly to: string
  readonly toName: string
  readonly messageId: string
  /** One-click address (RFC 8058); no List-Unsubscribe when empty. */
  readonly unsubscribe: string
  readonly date: Date
  readonly values: Values
}

/** The message in parts: those that are the same for everybody are the same bytes, never copied. */
export type BuildEmail<Values> = (recipient: EmailRecipient<Values>) => Buffer[]

export function compileMime<Values>(shape: EmailShape<Values>): BuildEmail<Values> {
  const boundary = boundaryOf(shape)
  const from = [
    `From: ${encodeAddress(shape.from.name, shape.from.address)}`,
    ...(shape.replyTo === '' ? [] : [`Reply-To: ${encodeAddress('', shape.replyTo)}`]),
    ...shape.headers.map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    ...(shape.hasTail
      ? [`Content-Type: multipart/mixed; boundary="${mixed}"`, '', `--${mixed}`]
      : []),
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ].join('\r\n')
  const body = [
    `\r\n\r\n${partHead(boundary, 'text/plain')}`,
    ...encodeChunks(shape.text),
    `\r\n${partHead(boundary, 'text/html')}`,
    ...encodeChunks(shape.html),
    `\r\n--${boundary}--\r\n`,
  ]
  const pieces = [from, ...body].reduce<Chunk<Values>[]>(joinLiterals, [])
  const buffers = pieces.map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece,
  )
  return (recipient) => {
    const head = Buffer.from(headOf(shape, recipient), 'utf8')
    const parts = buffers.map((piece) =>
      Buffer.isBuffer(piece) ? piece : Buffer.from(piece(recipient.values), 'latin1'),
    )
    return [head, ...parts]
  }
}

function headOf<Values>(shape: EmailShape<Values>, recipient: EmailRecipient<Values>): string {
  const subject = shape.subject
    .map((chunk) => (typeof chunk === 'string' ? chunk : chunk(recipient.values)))
    .join('')
  const { messageId, unsubscribe, date, to, toName } = recipient
  const leave =
    unsubscribe === ''
      ? ''
      : `List-Unsubscribe: <${unsubscribe}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`
  return `Date: ${mailDate(date)}\r\nMessage-ID: <${messageId}>\r\nTo: ${encodeAddress(toName, to)}\r\nSubject: ${encodeText(subject, 'Subject: '.length)}\r\n${leave}`
}

const partHead = (boundary: string, type: string) =>
  `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`

/** Each piece starts in column 0 of a line that the piece before left open. */
function encodeChunks<Values>(chunks: readonly Chunk<Values>[]): Chunk<Values>[] {
  return chunks.map((chunk, at) => {
    const joint = at === chunks.length - 1 ? '' : softBreak
    return typeof chunk === 'string'
      ? encodeQuotedPrintable(chunk) + joint
      : (values) => encodeQuotedPrintable(chunk(values)) + joint
  })
}

function joinLiterals<Values>(joined: Chunk<Values>[], chunk: Chunk<Values>): Chunk<Values>[] {
  const last = joined.at(-1)
  if (typeof chunk === 'string' && typeof last === 'string')
    joined[joined.length - 1] = last + chunk
  else joined.push(chunk)
  return joined
}

/** `=_` cannot occur in quoted-printable, so no text can end a part. */
function boundaryOf<Values>({ html, text }: EmailShape<Values>): string {
  const literals = [...html, ...text].filter((chunk) => typeof chunk === 'string')
  const digest = createHash('sha256').update(literals.join('\0')).digest('hex')
  return `=_mp_${digest.slice(0, 24)}`
}
