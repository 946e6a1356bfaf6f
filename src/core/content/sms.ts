/** THE renderer of text messages, for preview, counting and sending alike. */
import type { SmsContent } from './content.ts'
import type { Compiled, MessageLinks } from './email.ts'
import type { FieldLookup } from './merge-fields.ts'
import { type FieldPiece, fieldsIn, fillPieces, newFindings, piecesOf } from './pieces.ts'
import type { MergeValues } from './template.ts'

export type CompiledSms = {
  readonly fields: readonly string[]
  readonly uses: readonly FieldPiece[]
  readonly fill: (values: MergeValues, links: MessageLinks) => string
}

export function compileSms({ text }: SmsContent, lookup: FieldLookup): Compiled<CompiledSms> {
  const findings = newFindings(lookup)
  const pieces = piecesOf(text, { place: 'body', target: 'sms' }, findings)
  if (text.trim() === '') {
    findings.problems.push({ place: 'body', code: 'empty', line: 0, column: 0, text: '' })
  }
  if (findings.problems.length > 0) return { problems: findings.problems }
  const uses = fieldsIn(pieces)
  return {
    compiled: {
      fields: [...new Set(uses.map(({ field }) => field))],
      uses,
      fill: (values, { unsubscribe }) =>
        fillPieces(pieces, { ...values, unsubscribeUrl: unsubscribe }),
    },
  }
}

/** The text as it leaves: with the relay's « STOP 36111 » behind it, unless it speaks of STOP itself. */
export const withStop = (text: string, stopText: string): string =>
  stopText === '' || /\bSTOP\b/.test(text) ? text : `${text} ${stopText}`

/** What typographic characters become so that a message stays in GSM-7; letters without a twin lose their accent. */
const twins: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  œ: 'oe',
  Œ: 'OE',
  '•': '-',
  '°': 'o',
}
const kept = /[àèéìòùÉÇÄÖÑÜäöñüÅåØøÆæß]/

export const simplifySms = (text: string): string =>
  [...text]
    .map((character) => twins[character] ?? (kept.test(character) ? character : bare(character)))
    .join('')

const bare = (character: string) => character.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
