/** What an e-mail has more when its openings are measured: the image, and the way to have it measured no more. */
import type { Locale } from '../kernel/values.ts'
import type { Piece } from './pieces.ts'
import { escapeHtml } from './template.ts'

const words = {
  fr: {
    why: 'Avec votre accord, nous mesurons l’ouverture de ce message.',
    leave: 'Ne plus la mesurer',
  },
  en: {
    why: 'With your agreement, we measure whether this message is opened.',
    leave: 'Stop measuring',
  },
} as const satisfies Record<Locale, { why: string; leave: string }>

/** The anchor of the page to unsubscribe that speaks of measuring. */
export const measuringAnchor = 'measuring'

export function openImageHtml(
  language: Locale,
  { image, unsubscribe }: { image: string; unsubscribe: string },
): string {
  const { why, leave } = words[language]
  return `<div class="mp-footer" style="padding:0 24px 28px;font-family:Helvetica,Arial,sans-serif;font-size:12px;line-height:1.6;color:#5d6675;text-align:center">${why} <a href="${escapeHtml(`${unsubscribe}#${measuringAnchor}`)}" style="color:#5d6675;text-decoration:underline">${leave}</a><img src="${escapeHtml(image)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0"></div>
`
}

const ours = /<img src="[^"]*\/o\/[^"/]*" width="1" height="1"[^>]*>/g

/** For whoever looks at a message that was sent to somebody else: that is no opening. */
export const withoutOpenImage = (html: string): string => html.replace(ours, '')

const bodyEnd = /<\/body\s*>(?![\s\S]*<\/body\s*>)/i

/** A message's HTML before and after the place for the image: the end of its body, or its very end. */
export function cutAtBodyEnd(html: readonly Piece[]): [Piece[], Piece[]] {
  const at = html.findLastIndex((piece) => typeof piece === 'string' && bodyEnd.test(piece))
  const last = html[at]
  if (typeof last !== 'string') return [[...html], []]
  const place = last.search(bodyEnd)
  return [
    [...html.slice(0, at), last.slice(0, place)],
    [last.slice(place), ...html.slice(at + 1)],
  ]
}
