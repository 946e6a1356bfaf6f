/** Every way in, each ending in the session cookie: password, second factor, one-time link. */
import { randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { z } from 'zod'
import type { changePassword as ChangePassword, createFirstUser, signIn } from '#core/access/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import { rights } from '#core/kernel/right.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import type { Context } from '#platform/http/app.ts'
import { type Auth, headersFor, openSession, translating } from './auth.ts'
import { countGuess, countTry, forgive } from './limits.ts'
import * as linkRows from './link-queries.ts'
import * as links from './links.ts'
import { audit } from './service.ts'
import * as sessions from './session-queries.ts'
import * as people from './user-queries.ts'

export type Entry = { auth: Auth; context: Context; request: Request }

export async function withPassword(
  { email, password }: z.output<typeof signIn.input>,
  { auth, context, request }: Entry,
): Promise<Response> {
  const { db, now, address } = context
  await countTry(db, { email, address }, now)
  const headers = headersFor(request, context)
  const answer = await translating(() =>
    auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true }),
  )
  await forgive(db, { email, address }, now)
  const codeNeeded = 'twoFactorRedirect' in answer.response
  if (!codeNeeded) await noteSignIn(answer.response.user.id, context)
  return withCookies({ codeNeeded }, answer.headers)
}

export async function withCode(code: string, { auth, context, request }: Entry): Promise<Response> {
  await countGuess(context.db, `code:${context.address}`, context.now)
  const headers = headersFor(request, context)
  const isTotp = /^\d{6}$/.test(code)
  const answer = await translating(() =>
    isTotp
      ? auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true })
      : auth.api.verifyBackupCode({ body: { code }, headers, returnHeaders: true }),
  )
  await noteSignIn(answer.response.user.id, context)
  return withCookies(done, answer.headers)
}

export async function withLink(token: string, entry: Entry): Promise<Response> {
  const { db, now } = entry.context
  const { userId } = await links.take(db, { token, purposes: ['sign-in'] }, now)
  return enter(userId, entry)
}

/**
 * Sets the password and ends every older session. Signs in, unless a second factor is on: who reads
 * somebody's mail still needs their telephone.
 */
export async function withNewPassword(
  { token, password }: { token: string; password: string },
  entry: Entry,
): Promise<Response> {
  const { db, now } = entry.context
  const hash = await hashPassword(password)
  const userId = await db.transaction().execute(async (tx) => {
    const purposes = ['invitation', 'reset'] as const
    const link = await links.take(tx, { token, purposes }, now)
    if (!link.userId) throw new Error('a link to choose a password has no user')
    await linkRows.setPassword(tx, link.userId, { id: randomUUID(), hash, now })
    await sessions.endAll(tx, link.userId)
    return link.userId
  })
  const user = await people.find(db, userId)
  if (user?.twoFactorEnabled) return Response.json({ signedIn: false })
  return enter(userId, entry, { signedIn: true })
}

/** The administrator of a new installation. */
export async function asFirstUser(
  { token, password, ...person }: z.output<typeof createFirstUser.input>,
  entry: Entry,
): Promise<Response> {
  const { db, now } = entry.context
  const hash = await hashPassword(password)
  const id = randomUUID()
  await db.transaction().execute(async (tx) => {
    await people.lockRights(tx)
    await links.take(tx, { token, purposes: ['first-run'] }, now)
    if (!(await people.insert(tx, id, person))) {
      throw new AppError('conflict', 'access/email-taken', 'A user has this address.', {
        details: { email: person.email },
      })
    }
    await linkRows.setPassword(tx, id, { id: randomUUID(), hash, now })
    await makeAdministrator(tx, id, person.locale)
    await audit(tx, { id, name: person.name }, 'access/first-run', person.email)
  })
  return enter(id, entry)
}

const groupOf = { fr: 'Administrateurs', en: 'Administrators' } as const satisfies Record<
  Locale,
  string
>

/** Puts the user into the group that holds every right, made here when it is not there. */
export async function makeAdministrator(db: Database, userId: string, locale: Locale) {
  const name = groupOf[locale]
  const group =
    (await people.insertGroup(db, name)) ?? (await people.findGroupByName(db, name)) ?? 0
  await people.setRights(db, { groupId: group }, rights)
  await people.setGroups(db, userId, [group])
}

/** Ends every other session: whoever else is in may be why the password is changed. */
export async function changePassword(
  { current, next }: z.output<typeof ChangePassword.input>,
  { auth, context, request }: Entry,
): Promise<Response> {
  await countGuess(context.db, `password:${context.actor.id}`, context.now)
  const answer = await translating(() =>
    auth.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: headersFor(request, context),
      returnHeaders: true,
    }),
  )
  await audit(context.db, context.actor, 'access/password-changed', context.actor.name)
  return withCookies(done, answer.headers)
}

async function enter(
  userId: string | null,
  { auth, context, request }: Entry,
  answer: object = done,
): Promise<Response> {
  if (!userId) throw new Error('a link to sign in has no user')
  const browser = request.headers.get('user-agent')
  const cookie = await translating(() =>
    openSession(auth, userId, { address: context.address, browser }),
  )
  await noteSignIn(userId, context)
  return withCookies(answer, new Headers([['set-cookie', cookie]]))
}

async function noteSignIn(userId: string, { db, now, address }: Context): Promise<void> {
  await sessions.recordSignIn(db, userId, now)
  const user = await people.find(db, userId)
  if (user) await audit(db, user, 'access/signed-in', user.email, { address })
}

/** Our body with the cookies of the answer. */
export function withCookies(body: object, from: Headers): Response {
  const answer = Response.json(body)
  for (const cookie of from.getSetCookie()) answer.headers.append('set-cookie', cookie)
  return answer
}
