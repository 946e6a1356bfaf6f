/** The links of a message that can be followed through an address of our own. */
import { z } from 'zod'
import { decodeEntities } from './html-entities.ts'
import { fieldsIn, fillPieces, type Piece } from './pieces.ts'
import type { MergeValues } from './template.ts'

const Field = z.object({ field: z.string(), fallback: z.string(), target: z.literal('url') })

/** Begins with the whole host as it was written: no value of a recipient decides where it leads. */
export const FollowedLink = z.array(z.union([z.string(), Field])).min(1)
export type FollowedLink = z.infer<typeof FollowedLink>

/* While links are looked for a field is one private-use pair around its number. */
const mark = /\ue000(\d+)\ue001/g
const anchor = /(<a\b[^>]*?\shref=")([^"]*)(?=")/gi
const leadsOut = /^https?:\/\/[^/?#\s@\ue000]+(?:[/?#]|$)/i

/**
 * Finds the links and puts `through(index)` in the place of each. Mail and phone links, addresses that are a field
 * as a whole (the one to unsubscribe among them) stay as they are.
 */
export function followLinks(
  html: readonly Piece[],
  through: (index: number) => readonly Piece[],
): { links: FollowedLink[]; html: Piece[] } {
  const isAmbiguous = html.some(
    (piece) => typeof piece === 'string' && /[\ue000\ue001]/.test(piece),
  )
  if (isAmbiguous) return { links: [], html: [...html] }
  const marked = html
    .map((piece, at) => (typeof piece === 'string' ? piece : `\ue000${at}\ue001`))
    .join('')
  const links: FollowedLink[] = []
  const followed: Piece[] = []
  let from = 0
  for (const { 1: before = '', 2: address = '', index } of marked.matchAll(anchor)) {
    const link = linkOf(address, html)
    if (!link) continue
    const start = index + before.length
    followed.push(...unmark(marked.slice(from, start), html), ...through(links.length))
    from = start + address.length
    links.push(link)
  }
  return { links, html: [...followed, ...unmark(marked.slice(from), html)] }
}

function linkOf(address: string, html: readonly Piece[]): FollowedLink | undefined {
  if (!leadsOut.test(address)) return undefined
  const pieces = unmark(address, html).map((piece) =>
    typeof piece === 'string' ? decodeEntities(piece) : piece,
  )
  const parsed = FollowedLink.safeParse(pieces)
  return parsed.success ? parsed.data : undefined
}

function unmark(text: string, pieces: readonly Piece[]): Piece[] {
  const parts: Piece[] = []
  let from = 0
  for (const { 0: whole, 1: number, index } of text.matchAll(mark)) {
    if (index > from) parts.push(text.slice(from, index))
    const piece = pieces[Number(number)]
    if (piece !== undefined) parts.push(piece)
    from = index + whole.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

export const linkFields = (link: FollowedLink): string[] => fieldsIn(link).map(({ field }) => field)

export const linkAddress = (link: FollowedLink, values: MergeValues): string =>
  fillPieces(link, values)
