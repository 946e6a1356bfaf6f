import * as api from '#core/access/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import type { Database } from '#platform/db/database.ts'
import type { App, Context } from '#platform/http/app.ts'
import { respond, route } from '#platform/http/route.ts'
import * as auditLines from './audit-queries.ts'
import { type Auth, createAuth, sessionCookie } from './auth.ts'
import * as keyQueries from './key-queries.ts'
import * as keys from './keys.ts'
import * as links from './links.ts'
import * as service from './people.ts'
import * as access from './queries.ts'
import { requestReset } from './reset-mail.ts'
import { audit, createSessionReader, ensureMay } from './service.ts'
import * as sessions from './session-queries.ts'
import * as entry from './sign-in.ts'
import * as tokens from './token-queries.ts'
import * as twoFactor from './two-factor.ts'
import * as people from './user-queries.ts'

/** What a feature above knows. */
type Hooks = {
  /** The time zone of the company. */
  readonly zone: (db: Database) => Promise<string>
}

export function accessRoutes(app: App, { zone }: Hooks): void {
  const auth = createAuth(app)
  signInRoutes(app, auth)
  ownRoutes(app, auth, zone)
  peopleRoutes(app)
  keyRoutes(app)
  tokenRoutes(app)
  route(app, api.listAudit, async (filter, { db, actor }) =>
    auditLines.list(db, actor, { ...filter, zone: await zone(db) }),
  )
  route(app, api.auditChoices, (_, { db }) => auditLines.choices(db))
}

function signInRoutes(app: App, auth: Auth): void {
  respond(app, api.signIn, (input, context, request) =>
    entry.withPassword(input, { auth, context, request }),
  )
  respond(app, api.signInCode, ({ code }, context, request) =>
    entry.withCode(code, { auth, context, request }),
  )
  respond(app, api.signInByLink, ({ token }, context, request) =>
    entry.withLink(token, { auth, context, request }),
  )
  respond(app, api.choosePassword, (input, context, request) =>
    entry.withNewPassword(input, { auth, context, request }),
  )
  respond(app, api.createFirstUser, (input, context, request) =>
    entry.asFirstUser(input, { auth, context, request }),
  )
  route(app, api.requestReset, async ({ email }, context) => {
    await requestReset(email, context)
    return done
  })
  route(app, api.readLink, ({ token }, { db, now }) => links.read(db, token, now))
}

function ownRoutes(app: App, auth: Auth, zone: Hooks['zone']): void {
  const sessionToken = createSessionReader(app)
  const cookie = sessionCookie(app)
  respond(app, api.signOut, async (_, { db }, request) => {
    const token = await sessionToken(request)
    if (token) await sessions.endByToken(db, token)
    const gone = `${cookie.name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${cookie.secure ? '; Secure' : ''}`
    return entry.withCookies(done, new Headers([['set-cookie', gone]]))
  })
  route(app, api.whoAmI, async (_, { db, actor }) => {
    const me = await access.findMe(db, actor)
    if (!me) throw new AppError('unauthenticated', 'access/sign-in', 'Sign in first.')
    return { ...me, timeZone: await zone(db) }
  })
  route(app, api.updateMe, async (input, { db, actor }) => {
    await people.updateOwn(db, ownId(actor), input)
    return done
  })
  respond(app, api.changePassword, (input, context, request) =>
    entry.changePassword(input, { auth, context, request }),
  )
  respond(app, api.startTwoFactor, (input, context, request) =>
    twoFactor.start(input, { auth, context, request }),
  )
  respond(app, api.confirmTwoFactor, (input, context, request) =>
    twoFactor.confirm(input, { auth, context, request }),
  )
  respond(app, api.stopTwoFactor, (input, context, request) =>
    twoFactor.stop(input, { auth, context, request }),
  )
  respond(app, api.listSessions, async (_, { db, actor, now }, request) => {
    const token = await sessionToken(request)
    return Response.json(await sessions.list(db, ownId(actor), { token, now }))
  })
  route(app, api.endSession, async ({ id }, { db, actor }) => {
    if (await sessions.end(db, ownId(actor), id)) return done
    throw new AppError('not-found', 'access/no-session', 'This session has ended already.')
  })
  respond(app, api.endOtherSessions, async (_, { db, actor }, request) => {
    await sessions.endAll(db, ownId(actor), (await sessionToken(request)) ?? '')
    return Response.json(done)
  })
}

const ownId = ({ id }: Context['actor']): string => id ?? ''

function peopleRoutes(app: App): void {
  route(app, api.listUsers, (_, { db }) => people.list(db))
  route(app, api.createUser, service.createUser)
  route(app, api.updateUser, async (input, context) => {
    await service.updateUser(input, context)
    return done
  })
  route(app, api.issueLink, ({ id }, context) => service.issueUserLink(id, context))
  route(app, api.listGroups, (_, { db }) => people.listGroups(db))
  route(app, api.createGroup, service.createGroup)
  route(app, api.updateGroup, async (input, context) => {
    await service.updateGroup(input, context)
    return done
  })
  route(app, api.deleteGroup, async ({ id }, context) => {
    await service.deleteGroup(id, context)
    return done
  })
}

function keyRoutes(app: App): void {
  route(app, api.listKeys, (_, { db }) => keyQueries.list(db))
  route(app, api.createKey, keys.createKey)
  route(app, api.updateKey, async (input, context) => {
    await keys.updateKey(input, context)
    return done
  })
  route(app, api.deleteKey, async ({ id }, context) => {
    await keys.deleteKey(id, context)
    return done
  })
}

function tokenRoutes(app: App): void {
  route(app, api.listTokens, (_, { db, now }) => tokens.list(db, now))
  route(app, api.createToken, async ({ name, rights, days }, { db, actor, now }) => {
    for (const right of rights) ensureMay(actor, right)
    const { token, tokenHash } = links.createToken('mp_')
    const expiresAt = days ? new Date(now.getTime() + days * 86_400_000).toISOString() : null
    const userId = ownId(actor)
    const id = await tokens.insert(db, { userId, name, rights, tokenHash, expiresAt })
    await audit(db, actor, 'access/token-created', name, { given: rights, expiresAt })
    return { id, token }
  })
  route(app, api.revokeToken, async ({ id }, { db, actor }) => {
    const name = await tokens.remove(db, id)
    if (!name) throw new AppError('not-found', 'access/no-token', 'There is no such token.')
    await audit(db, actor, 'access/token-revoked', name)
    return done
  })
}
