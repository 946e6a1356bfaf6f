/** The second factor of one's own account: codes of an authenticator app, with codes on paper beside it. */
import { done } from '#core/kernel/endpoint.ts'
import { headersFor, translating } from './auth.ts'
import { countGuess } from './limits.ts'
import { audit } from './service.ts'
import { type Entry, withCookies } from './sign-in.ts'

export async function start({ password }: { password: string }, entry: Entry): Promise<Response> {
  const { auth, context, request } = entry
  await countGuess(context.db, `password:${context.actor.id}`, context.now)
  const { response, headers } = await translating(() =>
    auth.api.enableTwoFactor({
      body: { password, method: 'totp' },
      headers: headersFor(request, context),
      returnHeaders: true,
    }),
  )
  if (response.method !== 'totp') throw new Error('the second factor is not by app')
  return withCookies({ uri: response.totpURI, backupCodes: response.backupCodes }, headers)
}

export async function confirm({ code }: { code: string }, entry: Entry): Promise<Response> {
  const { auth, context, request } = entry
  await countGuess(context.db, `code:${context.actor.id}`, context.now)
  const { headers } = await translating(() =>
    auth.api.verifyTOTP({
      body: { code },
      headers: headersFor(request, context),
      returnHeaders: true,
    }),
  )
  await audit(context.db, context.actor, 'access/second-factor-on', context.actor.name)
  return withCookies(done, headers)
}

export async function stop({ password }: { password: string }, entry: Entry): Promise<Response> {
  const { auth, context, request } = entry
  await countGuess(context.db, `password:${context.actor.id}`, context.now)
  const { headers } = await translating(() =>
    auth.api.disableTwoFactor({
      body: { password },
      headers: headersFor(request, context),
      returnHeaders: true,
    }),
  )
  await audit(context.db, context.actor, 'access/second-factor-off', context.actor.name)
  return withCookies(done, headers)
}
