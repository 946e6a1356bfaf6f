import type { Random } from '../kernel/random.ts'
import type { DemoPerson } from './people.ts'

export type LedgerLine = {
  channel: 'email' | 'sms'
  address: string
  state: 'excluded' | 'submitted' | 'refused'
  reason: string | null
  answer: string | null
}

type Recipient = { person: DemoPerson; isControl: boolean; refused: number }

const excluded = (channel: LedgerLine['channel'], reason: string): LedgerLine => ({
  channel,
  address: '',
  state: 'excluded',
  reason,
  answer: null,
})

/** What became of one person's e-mail, by the same rules of who is left out as a real run. */
export function emailLine(random: Random, { person, isControl, refused }: Recipient): LedgerLine {
  const reason = isControl ? 'control-group' : emailObstacle(person)
  if (reason) return excluded('email', reason)
  const sent = { channel: 'email', address: person.email } as const
  if (random.chance(refused / 1_000)) {
    const answer = '550 5.1.1 User unknown in virtual mailbox table'
    return { ...sent, state: 'refused', reason: 'address', answer }
  }
  const queue = random.int(0x100000, 0xffffff).toString(16).toUpperCase()
  return { ...sent, state: 'submitted', reason: null, answer: `250 2.0.0 Ok: queued as ${queue}` }
}

function emailObstacle({ email, emailState, emailOptOut }: DemoPerson): string | undefined {
  if (emailOptOut) return 'withdrew'
  if (email === '') return 'no-address'
  if (emailState === 'invalid') return 'invalid-address'
  return emailState === 'bounced' ? 'bounced-before' : undefined
}

/** The same for an SMS that only goes to whom the e-mail did not reach. */
export function smsLine(
  first: LedgerLine | undefined,
  { person, isControl }: Recipient,
): LedgerLine {
  const number = person.mobileNumber ?? frenchMobile(person.phoneNumber)
  if (isControl) return excluded('sms', 'control-group')
  if (first?.state === 'submitted') return excluded('sms', 'reached-otherwise')
  if (person.smsOptOut) return excluded('sms', 'withdrew')
  if (!number) return excluded('sms', 'no-address')
  return { channel: 'sms', address: number, state: 'submitted', reason: null, answer: '200 OK' }
}

const frenchMobile = (number: string | null) => (number && /^\+33[67]/.test(number) ? number : null)
