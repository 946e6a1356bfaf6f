/** What a customer is found by, brought to the one form it is compared in. */
import type { PartyKey } from '#core/imports/plan.ts'
import { isEmail, parseKey } from '#core/imports/values.ts'
import { toE164 } from '../parties/service.ts'

/** Undefined when the text cannot be such a key. */
export function keyReader(key: PartyKey): (text: string) => string | undefined {
  if (key === 'email') {
    return (text) => (isEmail(text.trim()) ? text.trim().toLowerCase() : undefined)
  }
  if (key === 'phone') return (text) => toE164(parseKey(text), 'FR') ?? undefined
  return (text) => parseKey(text) || undefined
}
