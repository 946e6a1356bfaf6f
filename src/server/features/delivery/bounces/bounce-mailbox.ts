/** The bounce mailbox as the administrator keeps it: its settings, its sealed password, its test. */
import type {
  BounceMailbox,
  BounceMailboxConfig,
  BounceMailboxDraft,
} from '#core/delivery/bounce-mailbox.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Services } from '#platform/http/app.ts'
import type { Secrets } from '#platform/secrets.ts'
import type { TestStep } from '../relay-test.ts'
import * as bounces from './bounce-queries.ts'
import * as imap from './imap.ts'

export async function viewMailbox(
  { db, secrets }: Pick<Services, 'db' | 'secrets'>,
  now: Date,
): Promise<{ mailbox: BounceMailbox | null }> {
  const stored = await bounces.find(db)
  if (!stored) return { mailbox: null }
  const { config, lastReadAt, lastError } = stored
  const found = await bounces.countSince(db, new Date(now.getTime() - 30 * 86_400_000))
  const hasPassword = secrets.open(stored.sealed) !== ''
  return { mailbox: { config, hasPassword, lastReadAt, lastError, found } }
}

/** The draft with the password that goes with it. Throws when the stored one would go to another server. */
export function joinDraft(
  { config, password }: BounceMailboxDraft,
  stored: bounces.StoredMailbox | undefined,
  secrets: Secrets,
) {
  const isMoved = stored !== undefined && placeOf(stored.config) !== placeOf(config)
  const kept = stored ? secrets.open(stored.sealed) : ''
  const serverMoved = stored !== undefined && serverOf(stored.config) !== serverOf(config)
  if (serverMoved && kept !== '' && password === undefined) {
    throw new AppError(
      'invalid',
      'delivery/secret-again',
      'Another server: give its password again.',
    )
  }
  return { config, password: password ?? kept, isMoved }
}

/** All that decides which server gets the password, and how safely. */
const serverOf = ({ host, port, security, verifyCertificate }: BounceMailboxConfig) =>
  JSON.stringify([host, port, security, verifyCertificate])

const placeOf = (config: BounceMailboxConfig) =>
  JSON.stringify([config.host, config.port, config.user, config.folder])

export const accountOf = (
  { config, sealed }: Pick<bounces.StoredMailbox, 'config' | 'sealed'>,
  services: Pick<Services, 'secrets' | 'config'>,
): imap.Account => ({
  config,
  password: services.secrets.open(sealed),
  allowInside: services.config.privateGateways,
})

/** Signs in, opens the folder and looks for the others; nothing is changed. */
export async function tryMailbox(
  account: imap.Account,
): Promise<{ ok: boolean; steps: TestStep[] }> {
  const steps: TestStep[] = []
  const { config } = account
  try {
    const client = await imap.openImap(account)
    steps.push({ name: 'auth', ok: true, detail: config.user })
    try {
      const { exists } = await client.mailboxOpen(config.folder, { readOnly: true })
      steps.push({ name: 'folder', ok: true, detail: `${config.folder}: ${exists}` })
    } finally {
      await imap.closeImap(client)
    }
  } catch (error) {
    steps.push({ name: failedStep(error, steps.length), ok: false, detail: imap.wordsOf(error) })
  }
  return { ok: steps.every(({ ok }) => ok), steps }
}

function failedStep(error: unknown, done: number): string {
  if (error instanceof AppError) return 'settings'
  if (imap.isSignInTrouble(error)) return 'auth'
  return done === 0 ? 'connect' : 'folder'
}
