/** Who may do what, and who did what: the face that every other feature sees. */
import { parseSigned } from 'hono/utils/cookie'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Right } from '#core/kernel/right.ts'
import type { Database } from '#platform/db/database.ts'
import type { App, Services } from '#platform/http/app.ts'
import * as auditLines from './audit-queries.ts'
import { sessionCookie } from './auth.ts'
import * as confidentiality from './confidentiality-queries.ts'
import * as hidden from './hidden.ts'
import { hashToken } from './links.ts'
import * as access from './queries.ts'
import * as tokens from './token-queries.ts'

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

/** For what takes another right besides that of its endpoint. */
export function ensureMay({ rights }: Pick<Actor, 'rights'>, right: Right): void {
  if (rights.has(right)) return
  throw new AppError('forbidden', 'access/right-missing', `This takes the right ${right}.`, {
    details: { right },
  })
}

/** Reads who sends a request, from the API token or the session cookie; undefined when nobody valid does. */
export function createAuthenticate(services: Services): App['authenticate'] {
  const readToken = createSessionReader(services)
  return async (request) => {
    const authorization = request.headers.get('authorization')
    if (authorization !== null) return byApiToken(services, authorization)
    const token = await readToken(request)
    return token ? access.findActorBySession(services.db, token, services.now()) : undefined
  }
}

/** The token of the session that the cookie names, when the signature is ours. */
export function createSessionReader(services: Pick<Services, 'config' | 'secrets'>) {
  const cookie = sessionCookie(services)
  return async (request: Request): Promise<string | undefined> => {
    const cookies = request.headers.get('cookie')
    if (!cookies) return undefined
    const signed = await parseSigned(cookies, cookie.secret, cookie.name)
    return signed[cookie.name] || undefined
  }
}

async function byApiToken({ db, now }: Services, authorization: string) {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? []
  const found = token && (await access.findActorByToken(db, hashToken(token), now()))
  if (!found) return undefined
  await tokens.touch(db, found.tokenId, now())
  return found.actor
}

/** Every call passes here before it runs: what is hidden does not exist. */
export const veil = hidden.veil

/** What the actor may see at all, as conditions for a statement. */
export const campaignIsOpen = confidentiality.campaignIsOpen
export const activityIsOpen = confidentiality.activityIsOpen
export const activityTypeIsOpen = confidentiality.activityTypeIsOpen
export const campaignName = confidentiality.campaignName
export const held = confidentiality.held
/** Those of the ids that are there and hidden from the actor, where the veil cannot know what a number names. */
export const hiddenOf = confidentiality.hiddenOf
