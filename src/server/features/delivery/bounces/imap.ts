/** The bounce mailbox over IMAP: opening it, reading what is new, putting mails away. */
import { ImapFlow } from 'imapflow'
import type { BounceMailboxConfig } from '#core/delivery/bounce-mailbox.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { isLoopback, pin } from '../gateways/private-address.ts'

export type Account = {
  readonly config: BounceMailboxConfig
  readonly password: string
  /** Addresses inside the network are refused unless the installation allows them. */
  readonly allowInside: boolean
}

/** More is never looked at: reports stand at the beginning of a mail. */
const longestMail = 512 * 1024

/** Signs in. Throws with the server's words; never with the password. */
export async function openImap({ config, password, allowInside }: Account): Promise<ImapFlow> {
  const { address } = await pin(config.host, allowInside)
  if (config.security === 'none' && !isLoopback(address)) {
    throw new AppError(
      'invalid',
      'delivery/password-in-clear',
      'A password only goes over an encrypted connection.',
    )
  }
  const client = new ImapFlow({
    // The address that was checked is the one that is used.
    host: address,
    port: config.port,
    servername: config.host,
    secure: config.security === 'tls',
    doSTARTTLS: config.security === 'starttls',
    tls: { rejectUnauthorized: config.verifyCertificate },
    auth: { user: config.user, pass: password },
    // It would log what is said.
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
  })
  // An error of the line reaches the command that waits for it; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Ends the session, or the connection when the server does not answer any more. */
export async function closeImap(client: ImapFlow): Promise<void> {
  await client.logout().catch(() => client.close())
}

/** The server's own words where there are any. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const said = 'responseText' in error ? error.responseText : undefined
  return typeof said === 'string' && said !== '' ? said : error.message
}

export const isSignInTrouble = (error: unknown): boolean =>
  error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true

/** The validity of the UIDs of the folder that is open, as text; they mean other mails when it changes. */
export const uidValidity = ({ mailbox }: ImapFlow): string =>
  mailbox ? String(mailbox.uidValidity) : ''

export async function uidsFrom(client: ImapFlow, first: number): Promise<number[]> {
  const found = (await client.search({ uid: `${first}:*` }, { uid: true })) || []
  // `n:*` always yields the last mail, even below n.
  return found.filter((uid) => uid >= first).sort((a, b) => a - b)
}

/** Undefined when the mail is not there any more. */
export async function sourceOf(client: ImapFlow, uid: number): Promise<Buffer | undefined> {
  const query = { uid: true, source: { start: 0, maxLength: longestMail } }
  const mail = await client.fetchOne(String(uid), query, { uid: true })
  return mail ? mail.source : undefined
}

/** Moves a mail; the folder is made when it is missing. */
export async function putAway(client: ImapFlow, uid: number, folder: string): Promise<void> {
  const move = () => client.messageMove([uid], folder, { uid: true })
  if (await move().catch(() => false)) return
  await client.mailboxCreate(folder)
  if (!(await move())) throw new Error(`The mail could not be moved to ${folder}.`)
}

export const markSeen = (client: ImapFlow, uid: number) =>
  client.messageFlagsAdd([uid], ['\\Seen'], { uid: true })
