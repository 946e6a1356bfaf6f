/** Addresses of our own that lead on to the links of a message: `/c/<message>-<links>.<signature>.<place>`. */
import { type FollowedLink, followLinks } from '#core/content/links.ts'
import type { Piece } from '#core/content/pieces.ts'
import type { Secrets } from '#platform/secrets.ts'

/** The one part that differs between recipients: signed once, whatever the number of links. */
export const clickField = 'clickToken'

/** The pieces of a message's HTML with its links led through us, and where they led. */
export const leadThrough = (
  html: readonly Piece[],
  publicUrl: string,
): { links: FollowedLink[]; html: Piece[] } =>
  followLinks(html, (place) => [
    `${publicUrl}/c/`,
    { field: clickField, fallback: '', target: 'url' },
    `.${place.toString(36)}`,
  ])

type Ids = { messageId: number; linksId: number }

const signed = ({ messageId, linksId }: Ids) => `${messageId}:${linksId}`

export const clickToken = (secrets: Secrets, ids: Ids): string =>
  `${ids.messageId.toString(36)}-${ids.linksId.toString(36)}.${secrets.sign('click', signed(ids))}`

/** Undefined when the address is not one of ours. */
export function readClickToken(
  secrets: Secrets,
  token: string,
): (Ids & { place: number }) | undefined {
  const [, message = '', links = '', signature = '', place = ''] =
    /^([0-9a-z]{1,11})-([0-9a-z]{1,11})\.([\w-]{22})\.([0-9a-z]{1,4})$/.exec(token) ?? []
  const ids = { messageId: Number.parseInt(message, 36), linksId: Number.parseInt(links, 36) }
  if (!Number.isSafeInteger(ids.messageId) || !Number.isSafeInteger(ids.linksId)) return undefined
  if (!secrets.verify('click', signed(ids), signature)) return undefined
  return { ...ids, place: Number.parseInt(place, 36) }
}
