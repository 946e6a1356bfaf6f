/** What a mail in the bounce mailbox is: a bounce (RFC 3464), a complaint (RFC 5965), an automatic answer, or nothing of ours. */

/** A mail taken apart by a MIME reader. */
export type ReturnedMail = {
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** The readable text: of the first text part, or of the whole mail. */
  readonly text: string
  /** Every other part, decoded, with its type in lower case. */
  readonly parts: readonly { readonly type: string; readonly text: string }[]
}

/**
 * `hard`: the address is wrong. `soft`: not now, or the box is full. `blocked`: the server refused us or the
 * message, the address is not to blame.
 */
export type BounceKind = 'hard' | 'soft' | 'blocked'

export type Return =
  | { readonly kind: BounceKind; readonly answer: string }
  | { readonly kind: 'complaint'; readonly answer: string }
  /** Says nothing that counts: out of office, a delay that is still being tried, "not spam". */
  | { readonly kind: 'ignored' }
  /** A mail for people to read. */
  | { readonly kind: 'unknown' }

type Fields = ReadonlyMap<string, string>

const longestAnswer = 1_000

export function readReturn(mail: ReturnedMail): Return {
  const part = (type: string) => mail.parts.find((one) => one.type === type)?.text
  const complaint = part('message/feedback-report')
  if (complaint !== undefined) return readComplaint(readFields(complaint))
  const status = part('message/delivery-status') ?? part('message/global-delivery-status')
  if (status !== undefined) return readStatus(status, mail.text)
  if (part('message/disposition-notification') !== undefined) return { kind: 'ignored' }
  if (isAutomatic(mail)) return { kind: 'ignored' }
  return isFromMailer(mail) ? readPlain(mail.text) : { kind: 'unknown' }
}

function readComplaint(fields: Fields): Return {
  const type = (fields.get('feedback-type') ?? '').toLowerCase()
  // Taken back, or a report of a server about signatures.
  if (type === 'not-spam' || type === 'auth-failure') return { kind: 'ignored' }
  const by = fields.get('user-agent') ?? fields.get('reporting-mta') ?? ''
  return { kind: 'complaint', answer: [type, by].filter(Boolean).join(', ') }
}

/** A delivery status: fields of the message, then a block of fields for each recipient; ours have one. */
function readStatus(status: string, text: string): Return {
  const blocks = status.split(/\r?\n[ \t]*\r?\n/).map(readFields)
  const recipients = blocks.filter((block) => block.has('action') || block.has('final-recipient'))
  const failed = recipients.find((block) => /^failed/i.test(block.get('action') ?? 'failed'))
  if (!failed) return { kind: 'ignored' }
  const diagnostic = cleanAnswer(failed.get('diagnostic-code') ?? '')
  const code = failed.get('status') ?? ''
  const answer = diagnostic || code || firstRefusal(text) || ''
  return { kind: judge(code, diagnostic), answer: answer.slice(0, longestAnswer) }
}

/** Old servers only write a letter; it counts when it holds a reply of a server. */
function readPlain(text: string): Return {
  const answer = firstRefusal(text)
  if (answer === undefined) return { kind: 'unknown' }
  return { kind: judge('', answer), answer: answer.slice(0, longestAnswer) }
}

function firstRefusal(text: string): string | undefined {
  const found =
    /(?:^|[\s#(:])([45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3}[ :])?[^\r\n]*(?:\r?\n[ \t]+\S[^\r\n]*)*)/.exec(
      text,
    )
  return found?.[1]?.replace(/\s+/g, ' ').trim()
}

/** Codes of RFC 3463 that speak of the mailbox, its domain, or a way to it that will never be there. */
const wrongAddress = /^5\.(1\.(1|2|3|6|10)|2\.1|4\.4)$/
const refusedUs = /^5\.(7|6|3)\./
const words = {
  full: /quota|mailbox (is )?full|over ?quota|bo[iî]te pleine|storage|insufficient space/i,
  blocked:
    /spam|blocked|block ?list|blacklist|policy|reputation|spf|dkim|dmarc|banned|virus|relay|access denied|too many|service refus/i,
  wrong:
    /user unknown|unknown user|no such (user|recipient|mailbox)|does(n't| not) exist|not found|invalide?\b.*recipient|invalid recipient|adresse.*invalide|mailbox (is )?(unavailable|disabled|inactive)|utilisateur inconnu|recipient ?rejected|blocked due to inactivity|account (that you tried to reach )?(is|has been) (disabled|closed)/i,
}

/** The status decides; where it says nothing precise, the code inside the server's reply, then its words. */
function judge(status: string, answer: string): BounceKind {
  const inside = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(answer)?.[1]
  const vague =
    !/^[45]\.\d+\.\d+/.test(status) || /^[45]\.(0|5)\.\d+|^5\.1\.0|^5\.2\.0/.test(status)
  const code = (vague ? (inside ?? status) : status).trim().split(/\s/)[0] ?? ''
  if (words.full.test(answer) || /^[45]\.2\.2$/.test(code)) return 'soft'
  if (wrongAddress.test(code)) return 'hard'
  if (code.startsWith('4.') || /^4\d\d\b/.test(answer)) return 'soft'
  if (words.wrong.test(answer)) return 'hard'
  if (refusedUs.test(code) || words.blocked.test(answer)) return 'blocked'
  return 'soft'
}

/** `smtp; 550-5.1.1 No such\n 550 5.1.1 user` as one line, the repeated code left out. */
function cleanAnswer(diagnostic: string): string {
  const line = diagnostic.replace(/^\s*[\w-]+\s*;\s*/, '').replace(/\s+/g, ' ')
  const code = /^([45]\d\d)[- ]/.exec(line)?.[1]
  if (!code) return line.trim()
  const enhanced = /^\d{3}[- ](\d\.\d{1,3}\.\d{1,3})/.exec(line)?.[1]
  const repeated = new RegExp(
    ` ${code}[- ]${enhanced ? `(?:${enhanced.replaceAll('.', '\\.')})? ?` : ''}`,
    'g',
  )
  return line.replace(`${code}-`, `${code} `).replace(repeated, ' ').trim()
}

/** RFC 3834 and what came before it; a mailer's own report has said `failed` already. */
function isAutomatic({ headers }: ReturnedMail): boolean {
  return headers.some(({ name, value }) => {
    const key = name.toLowerCase()
    if (key === 'auto-submitted')
      return /^auto-(replied|notified)/i.test(value.trim()) && !fromMailer(headers)
    if (key === 'x-autoreply' || key === 'x-autorespond' || key === 'x-auto-response-suppress')
      return !fromMailer(headers)
    return key === 'precedence' && /auto_reply/i.test(value)
  })
}

const isFromMailer = ({ headers }: ReturnedMail) => fromMailer(headers)

const fromMailer = (headers: ReturnedMail['headers']) =>
  headers.some(
    ({ name, value }) =>
      name.toLowerCase() === 'from' && /mailer-daemon|postmaster|mail delivery/i.test(value),
  )

/** `Name: value` lines, folded ones joined; names in lower case, the first of a name counts. */
function readFields(text: string): Fields {
  const fields = new Map<string, string>()
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? []
    if (name !== '' && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}

export type Trace = {
  /** The marks of return addresses, `local+<mark>@domain`, in the order in which they are worth believing. */
  readonly marks: readonly string[]
  /** The tokens of unsubscribe links in the message that was returned. */
  readonly tokens: readonly string[]
}

const receivers = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'to',
  'x-failed-recipients',
]

/** What names the message a mail is about. Signed marks only: whatever else it says, anybody could write. */
export function traceOf({ headers, parts, text }: ReturnedMail): Trace {
  const addressed = headers.filter(({ name }) => receivers.includes(name.toLowerCase()))
  const returned = parts.filter(({ type }) => /rfc822|feedback-report|delivery-status/.test(type))
  const all = [...addressed.map(({ value }) => value), ...returned.map((one) => one.text), text]
  return {
    marks: unique(all.flatMap((one) => find(one, /\+([0-9a-z]{1,11}-[\w-]{8})@/gi))),
    tokens: unique(
      [...returned.map((one) => one.text), text].flatMap((one) =>
        // Quoted-printable may have broken the line.
        find(one.replace(/=\r?\n/g, ''), /\/u\/([0-9a-z]{1,11}\.[\w-]{22})/g),
      ),
    ),
  }
}

const find = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)

const unique = (values: readonly string[]): string[] => [...new Set(values)].slice(0, 20)
