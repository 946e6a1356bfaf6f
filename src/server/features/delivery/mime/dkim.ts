/** DKIM signature (RFC 6376), relaxed/relaxed, rsa-sha256 or ed25519-sha256. Fails loudly: an unsigned message never leaves. */
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'

export type DkimKey = {
  readonly domain: string
  readonly selector: string
  readonly key: KeyObject
}

/** One-click unsubscription counts only when both its headers are covered (RFC 8058). */
const signedHeaders = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'mime-version',
  'content-type',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'feedback-id',
]

/** Throws when `pem` is not a private key. */
export const readDkimKey = (domain: string, selector: string, pem: string): DkimKey => ({
  domain,
  selector,
  key: createPrivateKey(pem),
})

/**
 * The message with its signature in front. `tail` is what follows it, of attachments: it is hashed as it stands, for it
 * is relaxed already.
 */
export function signDkim(
  message: Buffer,
  { domain, selector, key }: DkimKey,
  { now, tail }: { now: Date; tail?: Buffer | null },
): Buffer {
  const end = message.indexOf('\r\n\r\n')
  const headers = unfold(message.subarray(0, end).toString('utf8'))
  const body = relaxSpaces(message.subarray(end + 4).toString('latin1'))
  const present = signedHeaders.filter((name) => headers.has(name))
  const hash = createHash('sha256').update(tail ? body : trimEnd(body), 'latin1')
  const bodyHash = (tail ? hash.update(tail) : hash).digest('base64')
  const algorithm = key.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256'
  const tags = [
    'v=1',
    `a=${algorithm}`,
    'c=relaxed/relaxed',
    `d=${domain}`,
    `s=${selector}`,
    `t=${Math.floor(now.getTime() / 1_000)}`,
    `h=${present.join(':')}`,
    `bh=${bodyHash}`,
    'b=',
  ].join('; ')
  const signed = [
    ...present.map((name) => `${name}:${headers.get(name)}`),
    `dkim-signature:${tags}`,
  ].join('\r\n')
  const data = Buffer.from(signed, 'utf8')
  const signature =
    algorithm === 'ed25519-sha256'
      ? sign(null, createHash('sha256').update(data).digest(), key)
      : sign('sha256', data, key)
  const folded = (signature.toString('base64').match(/.{1,70}/g) ?? []).join('\r\n ')
  // The tags are signed in their relaxed form, where a fold and one space are the same.
  const line = `DKIM-Signature: ${tags.replaceAll('; ', ';\r\n ')}${folded}\r\n`
  return Buffer.concat([Buffer.from(line, 'latin1'), message])
}

/** Relaxed values by lower-case name; of a repeated header the last, which verifiers take first. */
function unfold(head: string): Map<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      const value = line
        .slice(colon + 1)
        .replace(/[ \t]+/g, ' ')
        .trim()
      return [line.slice(0, colon).trim().toLowerCase(), value] as const
    }),
  )
}

const relaxSpaces = (body: string): string =>
  body.replace(/[ \t]+(?=\r\n)/g, '').replace(/[ \t]+/g, ' ')

function trimEnd(body: string): string {
  const trimmed = body.replace(/(\r\n)+$/, '')
  return trimmed === '' ? '' : `${trimmed}\r\n`
}
