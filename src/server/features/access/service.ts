/** Who may do what, and who did what: the face that every other feature sees. */
import { parseSigned } from 'hono/utils/cookie'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import type { App, Services } from '#platform/http/app.ts'
import * as auditLines from './audit-queries.ts'
import { sessionCookie } from './auth.ts'
import * as access from './queries.ts'

/**
 * Writes who did what. `action` is `feature/verb` (`mailings/launch`), `subject` the name a person
 * would recognise, `details` whatever makes the line useful later. In the transaction of the change.
 */
export async function audit(
  db: Database,
  actor: Pick<Actor, 'id' | 'name'>,
  action: string,
  subject: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await auditLines.insert(db, {
    actorId: actor.id,
    actorName: actor.name,
    action,
    subject,
    details,
  })
}

/** Reads who sends a request from the session cookie; undefined when nobody valid does. */
export function createAuthenticate(services: Services): App['authenticate'] {
  const cookie = sessionCookie(services)
  return async (request) => {
    const cookies = request.headers.get('cookie')
    if (!cookies) return undefined
    const signed = await parseSigned(cookies, cookie.secret, cookie.name)
    const token = signed[cookie.name]
    return token ? access.findActorBySession(services.db, token, services.now()) : undefined
  }
}
