import { randomBytes } from 'node:crypto'
import { generateSignedCookie } from 'hono/cookie'
import { type Right, rights } from '#core/kernel/right.ts'
import type { Services } from '#platform/http/app.ts'
import { sessionCookie } from '../../../src/server/features/access/auth.ts'

const camille = { id: 'camille', name: 'Camille Perrin', email: 'camille@example.org' }

/** A user with these rights, signed in: the cookie a browser sends. */
export async function signIn(
  services: Services,
  given: readonly Right[] = rights,
  user: { id: string; name: string; email: string } = camille,
) {
  await services.db
    .insertInto('users')
    .values(user)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  if (given.length > 0) {
    const granted = given.map((right) => ({ right, userId: user.id }))
    await services.db
      .insertInto('rightsGranted')
      .values(granted)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  await services.db
    .insertInto('sessions')
    .values({ id: token, userId: user.id, token, expiresAt })
    .execute()
  const { name, secret } = sessionCookie(services)
  const signed = await generateSignedCookie(name, token, secret)
  const value = signed.slice(name.length + 1).split(';')[0] ?? ''
  return { name, value, url: services.config.publicUrl }
}
