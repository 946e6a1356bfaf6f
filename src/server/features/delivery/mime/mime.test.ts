import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import * as fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { encodedSize } from '#core/campaigns/attachment.ts'
import { encodeAttachments } from './attachments.ts'
import { readDkimKey, signDkim } from './dkim.ts'
import { compileMime, type EmailShape } from './email.ts'
import { encodeQuotedPrintable } from './quoted-printable.ts'

type Values = { name: string }

const shape = (over: Partial<EmailShape<Values>> = {}): EmailShape<Values> => ({
  subject: ['Bonjour ', ({ name }) => name],
  html: ['<p>Chère ', ({ name }) => name, ',</p>\n<p>À bientôt…</p>'],
  text: ['Chère ', ({ name }) => name, ',\n\nÀ bientôt…'],
  from: { name: 'Boutique « Léa »', address: 'lea@example.org' },
  replyTo: '',
  headers: [],
  ...over,
})

/** Of a message in parts. */
const built = (from: EmailShape<Values>) => {
  const build = compileMime(from)
  return (to: Parameters<typeof build>[0]) => Buffer.concat(build(to))
}

const recipient = (name: string) => ({
  to: 'client@example.org',
  toName: name,
  messageId: 'm1@example.org',
  unsubscribe: 'https://shop.example/u/abc',
  date: new Date('2026-11-22T10:00:00Z'),
  values: { name },
})

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 })
const oneLine = anyText.map((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '))
const isWellKept = (message: string) =>
  message
    .split('\r\n')
    .every((line) => line.length <= 100 && !line.startsWith('.') && !/[\r\n]/.test(line))

describe('quoted-printable', () => {
  it('is undone by decoding, has short lines, and none that begins with a dot', () => {
    void fc.assert(
      fc.property(anyText, (text) => {
        const encoded = encodeQuotedPrintable(text)
        const lines = encoded.split('\r\n')
        expect(lines.every((line) => line.length <= 76 && !/^\.|[ \t]$/.test(line))).toBe(true)
        const bytes = encoded
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, code: string) =>
            String.fromCharCode(Number.parseInt(code, 16)),
          )
        expect(Buffer.from(bytes, 'latin1').toString('utf8')).toBe(
          text.toWellFormed().replace(/\r\n|\r|\n/g, '\r\n'),
        )
      }),
    )
  })
})

describe('compileMime', () => {
  it('gives a message that a mail program reads back as it was written, whatever the values', async () => {
    const build = built(shape())
    await fc.assert(
      fc.asyncProperty(oneLine, async (name) => {
        const message = build(recipient(name))
        expect(isWellKept(message.toString('utf8'))).toBe(true)
        const read = await PostalMime.parse(message)
        const value = name.toWellFormed()
        expect(read.html?.trimEnd()).toBe(`<p>Chère ${value},</p>\n<p>À bientôt…</p>`)
        expect(read.text?.trimEnd()).toBe(`Chère ${value},\n\nÀ bientôt…`)
        expect(read.to).toHaveLength(1)
        expect(read.headers.filter(({ key }) => key === 'subject')).toHaveLength(1)
      }),
      { numRuns: 200 },
    )
  })

  it('lets nobody add a header by a name or a subject', async () => {
    const build = built(shape())
    const message = build(recipient('Eve\r\nBcc: all@example.org\r\n\r\nHi'))
    const read = await PostalMime.parse(message)
    expect(read.headers.some(({ key }) => key === 'bcc')).toBe(false)
    expect(read.bcc ?? []).toEqual([])
  })

  it('keeps accents of subject and sender, and the one-click headers', async () => {
    const read = await PostalMime.parse(built(shape())(recipient('Zoë')))
    expect(read.subject).toBe('Bonjour Zoë')
    expect(read.from).toMatchObject({ name: 'Boutique « Léa »', address: 'lea@example.org' })
    const header = (name: string) => read.headers.find(({ key }) => key === name)?.value
    expect(header('list-unsubscribe')).toBe('<https://shop.example/u/abc>')
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  })
})

describe('attachments', () => {
  const files = fc.array(
    fc.record({
      name: fc
        .oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
          fc.string({ minLength: 1, maxLength: 40 }),
          fc.constantFrom('été.pdf', 'a  b.pdf', 'a"b\\c.pdf', ' .pdf', "l'été*(1).pdf"),
          // The reader decodes words of RFC 2047 where none can be.
        )
        .filter((name) => !name.includes('=?')),
      bytes: fc.uint8Array({ maxLength: 300 }),
    }),
    { minLength: 1, maxLength: 4 },
  )

  const encoded = (given: readonly { name: string; bytes: Uint8Array }[]) =>
    encodeAttachments(
      given.map(({ name, bytes }) => {
        let at = 0
        const read = async (into: Buffer) => {
          const part = bytes.subarray(at, at + into.length)
          at += part.length
          into.set(part)
          return part.length
        }
        return { name, size: bytes.length, read }
      }),
    )

  it('are read back with the names and bytes they have, whatever these are', async () => {
    const build = built(shape({ hasTail: true }))
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        const message = Buffer.concat([build(recipient('Zoë')), await encoded(given)])
        expect(isWellKept(message.toString('utf8'))).toBe(true)
        const read = await PostalMime.parse(message)
        expect(read.text).toContain('Chère Zoë')
        expect(
          read.attachments.map(({ filename, content }) => [
            filename,
            new Uint8Array(content as ArrayBuffer),
          ]),
        ).toEqual(given.map(({ name, bytes }) => [shownName(name), Uint8Array.from(bytes)]))
      }),
      { numRuns: 300 },
    )
  })

  const shownName = (name: string) =>
    name
      .replace(/[\p{Cc}]+/gu, ' ')
      .replace(/[\\/]/g, '_')
      .trim()
      .toWellFormed() || 'file'

  it('of several slices are read back, and weigh what was told before', async () => {
    const bytes = Uint8Array.from({ length: 200_003 }, (_, at) => at % 256)
    const tail = await encoded([{ name: 'a.pdf', bytes }])
    const message = Buffer.concat([built(shape({ hasTail: true }))(recipient('Zoë')), tail])
    const [file] = (await PostalMime.parse(message)).attachments
    expect(new Uint8Array(file?.content as ArrayBuffer)).toEqual(bytes)
    expect(tail.length - encodedSize(bytes.length)).toBeLessThan(250)
  })

  it('are covered by the signature as they stand', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const key = readDkimKey('example.org', 'mp', pem)
    const now = new Date('2026-11-22T10:00:00Z')
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        const message = built(shape({ hasTail: true }))(recipient('Zoë'))
        const tail = await encoded(given)
        const apart = signDkim(message, key, { now, tail }).toString()
        const whole = signDkim(Buffer.concat([message, tail]), key, { now }).toString()
        const hashOf = (signed: string) => /bh=([^;]+)/.exec(signed)?.[1]
        expect(hashOf(apart)).toBe(hashOf(whole))
      }),
      { numRuns: 50 },
    )
  })
})

describe('signDkim', () => {
  it.each(['rsa', 'ed25519'] as const)('signs with %s what a verifier accepts', (type) => {
    const pair =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ed25519')
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const message = built(shape())(recipient('Zoë'))
    const now = new Date('2026-11-22T10:00:00Z')
    const signed = signDkim(message, readDkimKey('example.org', 'mp', pem), { now })
    const [head = '', body = ''] = splitOnce(signed.toString('utf8'))
    const fields = new Map(
      head
        .replace(/\r\n[ \t]+/g, ' ')
        .split('\r\n')
        .map((line) => [
          line.slice(0, line.indexOf(':')).toLowerCase(),
          line.slice(line.indexOf(':') + 1).trim(),
        ]),
    )
    const signature = fields.get('dkim-signature') ?? ''
    const tag = (name: string) =>
      new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(signature)?.[1] ?? ''
    expect(tag('h').split(':')).toContain('list-unsubscribe-post')
    expect(tag('bh')).toBe(createHash('sha256').update(`${body.trimEnd()}\r\n`).digest('base64'))
    const data = Buffer.from(
      [
        ...tag('h')
          .split(':')
          .map((name) => `${name}:${fields.get(name)?.replace(/\s+/g, ' ')}`),
        `dkim-signature:${signature.replace(/b=[^;]*$/, 'b=')}`,
      ].join('\r\n'),
    )
    const bytes = Buffer.from(tag('b').replace(/\s/g, ''), 'base64')
    const ok =
      type === 'rsa'
        ? verify('sha256', data, pair.publicKey, bytes)
        : verify(null, createHash('sha256').update(data).digest(), pair.publicKey, bytes)
    expect(ok).toBe(true)
  })
})

const splitOnce = (text: string) => {
  const at = text.indexOf('\r\n\r\n')
  return [text.slice(0, at), text.slice(at + 4)]
}
