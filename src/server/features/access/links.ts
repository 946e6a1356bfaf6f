/** One-time links: the only way in for who has no password yet. Only a hash of the token is kept. */
import { createHash, randomBytes } from 'node:crypto'
import type { IssuedLink, LinkPurpose } from '#core/access/session.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import type { Services } from '#platform/http/app.ts'
import * as links from './link-queries.ts'

const hours = 3_600_000

const lifetimes = {
  'first-run': 24 * hours,
  'sign-in': 24 * hours,
  invitation: 7 * 24 * hours,
  reset: 24 * hours,
} as const satisfies Record<LinkPurpose, number>

/** A token for a link or a program, and what of it may be stored. */
export function createToken(prefix = '') {
  const token = prefix + randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

/** Fast hashing is right here: the token is 256 bits of chance, there is nothing to guess. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Makes a link and ends the earlier ones. The token is behind `#`, so that no server logs it. */
export async function issue(
  { db, config }: Pick<Services, 'db' | 'config'>,
  link: links.Link,
  now: Date,
): Promise<IssuedLink> {
  const { token, tokenHash } = createToken()
  const expiresAt = new Date(now.getTime() + lifetimes[link.purpose]).toISOString()
  await links.replace(db, link, { tokenHash, expiresAt })
  return { url: `${config.publicUrl}/link#${token}`, expiresAt }
}

const spent = () =>
  new AppError('not-found', 'access/link-spent', 'The link was used, has expired, or is wrong.')

export async function read(db: Database, token: string, now: Date) {
  const link = await links.read(db, hashToken(token), now)
  if (!link) throw spent()
  return link
}

/** Uses the link up for one of these purposes; in the transaction of what it allows. */
export async function take(
  db: Database,
  { token, purposes }: { token: string; purposes: readonly LinkPurpose[] },
  now: Date,
): Promise<links.Link> {
  const link = await links.take(db, hashToken(token), now)
  if (!link || !purposes.includes(link.purpose)) throw spent()
  return link
}
