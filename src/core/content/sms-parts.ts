/** How a text message is cut into parts: GSM-7 when every character is in its table, UCS-2 otherwise. */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Sent as an escape and a second character: they count twice. */
const extended = '\f^{}\\[~]|€'

const cost = new Map<string, number>([
  ...[...basic].map((character) => [character, 1] as const),
  ...[...extended].map((character) => [character, 2] as const),
])

export type SmsEncoding = 'gsm7' | 'ucs2'

/** Units that fit into one message alone, and into each part of several. */
export const smsLimits = {
  gsm7: { single: 160, part: 153 },
  ucs2: { single: 70, part: 67 },
} as const satisfies Record<SmsEncoding, { single: number; part: number }>

export type SmsCount = {
  readonly encoding: SmsEncoding
  /** In units: GSM-7 septets or UTF-16 units. */
  readonly length: number
  readonly parts: number
  /** Units that still fit into the last part. */
  readonly room: number
}

export function smsEncoding(text: string): SmsEncoding {
  for (const character of text) if (!cost.has(character)) return 'ucs2'
  return 'gsm7'
}

/** The characters that force UCS-2, each once, in the order in which they come. */
export const forcingUcs2 = (text: string): string[] => [
  ...new Set([...text].filter((character) => !cost.has(character))),
]

const unitsOf = (character: string, encoding: SmsEncoding) =>
  encoding === 'gsm7' ? (cost.get(character) ?? 1) : character.length

export function countSms(text: string): SmsCount {
  const encoding = smsEncoding(text)
  const { single, part } = smsLimits[encoding]
  let length = 0
  let parts = 1
  let used = 0
  for (const character of text) {
    const units = unitsOf(character, encoding)
    length += units
    // An escape pair or a surrogate pair is never torn apart: it moves to the next part whole.
    if (used + units > part) {
      parts += 1
      used = 0
    }
    used += units
  }
  if (length <= single)
    return { encoding, length, parts: text === '' ? 0 : 1, room: single - length }
  return { encoding, length, parts, room: part - used }
}

/** The texts of the parts; joined they are the text. */
export function splitSms(text: string): string[] {
  const { encoding, parts: count } = countSms(text)
  if (count <= 1) return text === '' ? [] : [text]
  const { part } = smsLimits[encoding]
  const parts: string[] = []
  let current = ''
  let used = 0
  for (const character of text) {
    const units = unitsOf(character, encoding)
    if (used + units > part) {
      parts.push(current)
      current = ''
      used = 0
    }
    current += character
    used += units
  }
  parts.push(current)
  return parts
}
