import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import * as api from '#core/access/api.ts'
import { testApp } from '#tests/support/test-app.ts'
import { tokenOf, visitor } from '#tests/support/visitor.ts'
import { welcome } from './first-run.ts'
import { issue } from './links.ts'

const credentials = { email: 'jeanne@example.org', password: 'une phrase assez longue' }

/** RFC 6238 by the letter, so that the code is not made by what checks it. */
function codeOf(uri: string): string {
  const base32 = new URL(uri).searchParams.get('secret') ?? ''
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...base32].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 0xf
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

it('asks for a code once it is on, takes a backup code once, and goes off with the password', async () => {
  const app = await testApp({ doors: 'real' })
  const { firstRun } = await welcome(app.services)
  const admin = visitor(app)
  const person = { ...credentials, name: 'Jeanne Petit', locale: 'fr' as const }
  await admin.call(api.createFirstUser, { token: tokenOf(firstRun), ...person })
  expect(await admin.refusal(api.startTwoFactor, { password: 'wrong' })).toBe(
    '400 access/wrong-password',
  )
  const { uri, backupCodes } = await admin.call(api.startTwoFactor, credentials)
  expect(await admin.refusal(api.confirmTwoFactor, { code: '000000' })).toBe(
    '400 access/wrong-code',
  )
  // A first attempt that was never confirmed does not lock anybody out.
  expect(await visitor(app).call(api.signIn, credentials)).toEqual({ codeNeeded: false })
  await admin.call(api.confirmTwoFactor, { code: codeOf(uri) })
  expect(await admin.call(api.whoAmI, {})).toMatchObject({ twoFactorEnabled: true })

  const guest = visitor(app)
  expect(await guest.call(api.signIn, credentials)).toEqual({ codeNeeded: true })
  expect(await guest.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
  expect(await guest.refusal(api.signInCode, { code: '000000' })).toBe('400 access/wrong-code')
  await guest.call(api.signInCode, { code: backupCodes[0] ?? '' })
  await guest.call(api.whoAmI, {})
  const again = visitor(app)
  await again.call(api.signIn, credentials)
  expect(await again.refusal(api.signInCode, { code: backupCodes[0] ?? '' })).toBe(
    '400 access/wrong-code',
  )
  expect(await visitor(app).refusal(api.signInCode, { code: backupCodes[1] ?? '' })).toBe(
    '400 access/code-late',
  )

  // A link by e-mail replaces the password, not the telephone.
  const { id } = await guest.call(api.whoAmI, {})
  const mailed = await issue(app.services, { purpose: 'reset', userId: id }, app.now())
  const reader = visitor(app)
  const { password } = credentials
  const chosen = await reader.call(api.choosePassword, { token: tokenOf(mailed.url), password })
  expect(chosen).toEqual({ signedIn: false })
  expect(await reader.refusal(api.whoAmI, {})).toBe('401 access/sign-in')
  await reader.call(api.signIn, credentials)
  await reader.call(api.signInCode, { code: backupCodes[2] ?? '' })
  await reader.call(api.stopTwoFactor, credentials)
  expect(await visitor(app).call(api.signIn, credentials)).toEqual({ codeNeeded: false })

  // An administrator who hands on a link vouches for the person.
  const second = await reader.call(api.startTwoFactor, credentials)
  await reader.call(api.confirmTwoFactor, { code: codeOf(second.uri) })
  const { url } = await reader.call(api.issueLink, { id })
  const handed = await visitor(app).call(api.choosePassword, { token: tokenOf(url), password })
  expect(handed).toEqual({ signedIn: true })
})
