/** What one try to hand a message to a relay came to. Closed: the ledger knows nothing else. */
export type Outcome =
  /** The relay took it over. */
  | { readonly kind: 'accepted'; readonly answer: string }
  /** Not now (4xx): to be tried again. */
  | { readonly kind: 'deferred'; readonly answer: string }
  /** Never (5xx). `address` says that it is the address that is wrong, so no later message tries it. */
  | { readonly kind: 'refused'; readonly answer: string; readonly fault: 'address' | 'message' }
  /** The line died when the relay may have had it already. */
  | { readonly kind: 'unknown'; readonly answer: string }
  /**
   * Nothing left: as if it had not been tried. `trouble` says that the relay as a whole is why, so that
   * the run waits instead of going through everybody.
   */
  | { readonly kind: 'untried'; readonly answer: string; readonly trouble: RelayTrouble | null }

export type RelayTrouble =
  /** No connection, or it was lost or stayed silent. */
  | 'relay-unreachable'
  /** It turns us down whoever the recipient is. */
  | 'relay-refuses'
  /** Name or password. */
  | 'relay-sign-in'

export type SmtpReply = { readonly code: number; readonly text: string }

/** Enhanced codes that speak of the mailbox or its domain (RFC 3463: 5.1.1, 5.1.2, 5.1.3, 5.1.6, 5.1.10, 5.2.1). */
const badAddress = /^5\.(1\.(1|2|3|6|10)|2\.1)\b/

/**
 * Reads a relay's reply to RCPT TO or to the end of DATA. A 5xx without enhanced code marks the address
 * only when it answers RCPT TO with 550, 551 or 553, and does not speak of policy or spam.
 */
export function readReply({ code, text }: SmtpReply, command: 'rcpt' | 'other'): Outcome {
  const answer = `${code} ${text}`.trim()
  if (code >= 200 && code < 400) return { kind: 'accepted', answer }
  if (code >= 400 && code < 500) return { kind: 'deferred', answer }
  const enhanced = /^5\.\d{1,3}\.\d{1,3}/.exec(text)?.[0]
  const isAddress = enhanced
    ? badAddress.test(enhanced)
    : command === 'rcpt' &&
      [550, 551, 553].includes(code) &&
      !/spam|block|polic|relay|reputation|denied|auth/i.test(text)
  return { kind: 'refused', answer, fault: isAddress ? 'address' : 'message' }
}
