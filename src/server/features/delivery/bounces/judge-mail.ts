/** From a mail's source to what it does: read, tied to its message, written down once. */
import { createHash } from 'node:crypto'
import PostalMime from 'postal-mime'
import { type Return, type ReturnedMail, readReturn, traceOf } from '#core/delivery/bounce.ts'
import type { Database } from '#platform/db/database.ts'
import type { Secrets } from '#platform/secrets.ts'
import { recordConsent } from '../../parties/service.ts'
import { readBounceMark, readUnsubscribeToken } from '../parcels.ts'
import * as links from '../unsubscribe-queries.ts'
import * as bounces from './bounce-queries.ts'

/** `handled`: it is one of ours, counted or not worth counting. */
export type Verdict = Return['kind'] | 'repeated'

type Scope = { db: Database; secrets: Secrets; now: Date; softLimit: number }

export async function judgeMail(scope: Scope, source: Buffer): Promise<Verdict> {
  const mail = await takeApart(source)
  const result = readReturn(mail)
  if (result.kind === 'ignored' || result.kind === 'unknown') return result.kind
  const line = await findLine(scope, mail)
  if (!line) return 'unknown'
  const fingerprint = createHash('sha256').update(source).digest('hex')
  return (await record(scope, { ...result, fingerprint, line })) ? result.kind : 'repeated'
}

export async function takeApart(source: Buffer): Promise<ReturnedMail> {
  const { headers, text, html, attachments } = await PostalMime.parse(source, {
    // As bytes: a report in an odd charset must not stop the reading.
    attachmentEncoding: 'arraybuffer',
    forceRfc822Attachments: true,
  })
  return {
    headers: headers.map(({ key, value }) => ({ name: key, value })),
    text: text ?? html?.replace(/<[^>]*>/g, ' ') ?? '',
    parts: attachments.map(({ mimeType, content }) => ({
      type: mimeType.toLowerCase(),
      text: toText(content),
    })),
  }
}

function toText(content: ArrayBuffer | Uint8Array | string): string {
  if (typeof content === 'string') return content
  return Buffer.from(content instanceof Uint8Array ? content : new Uint8Array(content)).toString()
}

/** The line that the mail names by a mark of ours; a mark that we did not sign names nothing. */
async function findLine({ db, secrets }: Scope, mail: ReturnedMail) {
  const { marks, tokens } = traceOf(mail)
  const ids = [
    ...marks.map((mark) => readBounceMark(secrets, mark)),
    ...tokens.map((token) => readUnsubscribeToken(secrets, token)),
  ]
  const id = ids.find((one) => one !== undefined)
  return id === undefined ? undefined : links.find(db, id)
}

type Case = {
  kind: 'hard' | 'soft' | 'blocked' | 'complaint'
  answer: string
  fingerprint: string
  line: links.Leaving
}

const feedbackOf = {
  hard: 'bounced',
  soft: 'soft-bounced',
  blocked: 'blocked',
  complaint: 'complained',
} as const

/** False when the mail was counted before. */
async function record({ db, now, softLimit }: Scope, given: Case): Promise<boolean> {
  const { kind, answer, fingerprint, line } = given
  const { messageId, partyId, address } = line
  const isNew = await bounces.insert(db, {
    fingerprint,
    kind,
    messageId,
    partyId,
    address,
    answer,
    now,
  })
  if (!isNew) return false
  await bounces.markLine(db, { messageId, feedback: feedbackOf[kind], answer, now })
  if (kind === 'hard') await bounces.markAddress(db, address, 'bounced')
  if (kind === 'soft' && (await bounces.isWornOut(db, address, { limit: softLimit, now }))) {
    await bounces.markAddress(db, address, 'bounced')
  }
  if (kind === 'complaint') await withdraw(db, given, now)
  return true
}

/** Whoever calls a message spam does not want another: the consent is withdrawn, with the report as proof. */
async function withdraw(db: Database, { line, answer, fingerprint }: Case, now: Date) {
  await bounces.markAddress(db, line.address, 'complained')
  const proof = {
    at: now.toISOString(),
    method: 'complaint',
    report: answer,
    mailSha256: fingerprint,
    campaign: line.campaign,
    campaignId: line.campaignId,
    messageId: line.messageId,
  }
  for (const partyId of await links.bearers(db, line)) {
    await recordConsent(db, partyId, {
      channel: line.channel,
      state: 'withdrawn',
      source: 'complaint',
      proof,
      actorName: line.address,
    })
  }
}
