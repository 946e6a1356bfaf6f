/** better-auth on our tables: passwords, sessions, second factor. Its own HTTP routes are not served. */
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { serializeSigned } from 'hono/utils/cookie'
import { AppError, type ErrorKind } from '#core/kernel/app-error.ts'
import { datesAsDates } from '#platform/db/dates.ts'
import type { Context, Services } from '#platform/http/app.ts'
import * as users from './user-queries.ts'

const sessionSeconds = 30 * 24 * 3_600
const addressHeader = 'x-client-address'

/** Cookies ignore ports: without the port in the name two installations on one host sign each other out. */
export function sessionCookie({ config, secrets }: Pick<Services, 'config' | 'secrets'>) {
  const secure = config.publicUrl.startsWith('https:')
  const prefix = secure ? 'malleposte' : `malleposte-${config.port}`
  return {
    prefix,
    secure,
    name: `${secure ? '__Secure-' : ''}${prefix}.session_token`,
    secret: secrets.derive('sessions'),
  }
}

export type Auth = ReturnType<typeof createAuth>

export function createAuth(services: Services) {
  const { db, config } = services
  const cookie = sessionCookie(services)
  return betterAuth({
    appName: 'Malleposte',
    baseURL: config.publicUrl,
    secret: cookie.secret,
    database: { db: db.withPlugin(datesAsDates), type: 'postgres', transaction: true },
    user: { modelName: 'users' },
    session: { modelName: 'sessions', expiresIn: sessionSeconds, disableSessionRefresh: true },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications', storeIdentifier: 'hashed' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    plugins: [
      twoFactor({
        issuer: 'Malleposte',
        schema: { twoFactor: { modelName: 'twoFactors' } },
      }),
    ],
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            if (await users.isActive(db, userId)) return
            throw new APIError('FORBIDDEN', { code: 'INACTIVE', message: 'Inactive user' })
          },
        },
      },
    },
    advanced: {
      cookiePrefix: cookie.prefix,
      useSecureCookies: cookie.secure,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    // Ours counts in the database and per account as well, see limits.ts.
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
  })
}

/** The request's headers as better-auth may see them: the address is ours to say. */
export function headersFor(request: Request, { address }: Pick<Context, 'address'>): Headers {
  const headers = new Headers(request.headers)
  headers.set(addressHeader, address)
  return headers
}

/** Opens a session for a user who proved who they are some other way; gives its Set-Cookie. */
export async function openSession(
  auth: Auth,
  userId: string,
  client: { address: string; browser: string | null },
): Promise<string> {
  const { internalAdapter, authCookies, secret } = await auth.$context
  const session = await internalAdapter.createSession(userId, false, {
    ipAddress: client.address,
    userAgent: client.browser ?? '',
  })
  const { name, attributes } = authCookies.sessionToken
  const { maxAge, secure } = attributes
  return serializeSigned(name, session.token, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(secure === undefined ? {} : { secure }),
  })
}

const refusals: Record<string, [ErrorKind, string, string]> = {
  INVALID_EMAIL_OR_PASSWORD: [
    'unauthenticated',
    'access/wrong-credentials',
    'The e-mail address or the password is not right.',
  ],
  INVALID_PASSWORD: ['invalid', 'access/wrong-password', 'The current password is not right.'],
  INVALID_CODE: ['invalid', 'access/wrong-code', 'The code is not right.'],
  INVALID_BACKUP_CODE: ['invalid', 'access/wrong-code', 'The code is not right.'],
  INVALID_TWO_FACTOR_COOKIE: [
    'invalid',
    'access/code-late',
    'Sign in again: the code came too late.',
  ],
  INACTIVE: ['forbidden', 'access/inactive', 'This user is no longer active.'],
}

/** Runs a call of better-auth and says its refusals in our words. */
export async function translating<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (!(cause instanceof APIError)) throw cause
    const [kind, code, message] = refusals[String(cause.body?.code)] ?? []
    if (kind && code && message) throw new AppError(kind, code, message, { cause })
    throw cause
  }
}
