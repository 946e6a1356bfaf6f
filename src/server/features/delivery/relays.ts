/** Relays as the administrator keeps them, and the carriers made from them. */
import {
  carries,
  type Relay,
  type RelayConfig,
  type RelayDraft,
  RelaySecrets,
} from '#core/delivery/relay.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { assertNever } from '#core/kernel/assert-never.ts'
import type { Database } from '#platform/db/database.ts'
import type { Services } from '#platform/http/app.ts'
import type { Secrets } from '#platform/secrets.ts'
import type { Carrier, TextMessage } from './carrier.ts'
import { createHttpGateway } from './gateways/http-gateway.ts'
import { createSmppGateway } from './gateways/smpp-gateway.ts'
import { startSmsMailbox, startSmtpMailbox } from './mailbox/mailbox-server.ts'
import { type DkimKey, readDkimKey } from './mime/dkim.ts'
import type { StoredRelay } from './relay-queries.ts'
import * as relays from './relay-queries.ts'
import type { Envelope } from './smtp/connection.ts'
import type { SmtpServer } from './smtp/dialogue.ts'
import { createPool } from './smtp/pool.ts'

export const notFound = () =>
  new AppError('not-found', 'delivery/relay-not-found', 'There is no such relay.')

/** What may be shown: everything but the secrets, and whether there are any. */
export function toView({ sealed, ...relay }: StoredRelay, secrets: Secrets): Relay {
  const { password = '', dkimKey = '' } = openSecrets(sealed, secrets)
  return { ...relay, hasPassword: password !== '', hasDkimKey: dkimKey !== '' }
}

function openSecrets(sealed: string | null, secrets: Secrets): RelaySecrets {
  return sealed ? RelaySecrets.parse(JSON.parse(secrets.open(sealed))) : {}
}

/** Checks a draft and joins its secrets with the stored ones. Throws when it cannot carry or sign. */
export function prepareDraft(
  { secrets: given, ...draft }: RelayDraft,
  stored: StoredRelay | undefined,
  secrets: Secrets,
) {
  if (!carries(draft.config.kind, draft.channel)) {
    throw new AppError('invalid', 'delivery/wrong-kind', 'This kind cannot carry this channel.')
  }
  const kept = openSecrets(stored?.sealed ?? null, secrets)
  const moves = stored !== undefined && destinationOf(stored.config) !== destinationOf(draft.config)
  // Whoever may edit a relay must not be able to have its password sent to a server of their own.
  if (moves && kept.password && given.password === undefined) {
    throw new AppError(
      'invalid',
      'delivery/secret-again',
      'Another server: give its password again.',
    )
  }
  const joined = { ...kept, ...given }
  if (draft.config.kind === 'smtp' && draft.config.dkimSelector !== '')
    readKey(draft.config, joined)
  return { ...draft, sealed: secrets.seal(JSON.stringify(joined)) }
}

/** All that decides which server gets the password, and how safely. */
function destinationOf(config: RelayConfig): string {
  switch (config.kind) {
    case 'smtp':
      return JSON.stringify([config.host, config.port, config.security, config.verifyCertificate])
    case 'smpp':
      return JSON.stringify([config.host, config.port, config.tls])
    case 'http':
      return config.url
    case 'mailbox':
      return 'mailbox'
    default:
      return assertNever(config)
  }
}

function readKey(
  {
    dkimDomain,
    dkimSelector,
    fromAddress,
  }: { dkimDomain: string; dkimSelector: string; fromAddress: string },
  { dkimKey = '' }: RelaySecrets,
): DkimKey {
  try {
    const domain = dkimDomain || (fromAddress.split('@')[1] ?? '')
    return readDkimKey(domain, dkimSelector, dkimKey)
  } catch (cause) {
    const message = 'The DKIM key is not a private key in PEM form.'
    throw new AppError('invalid', 'delivery/dkim-key', message, { cause })
  }
}

export async function getDefault(db: Database, channel: 'email' | 'sms'): Promise<StoredRelay> {
  const relay = await relays.findDefault(db, channel)
  if (relay) return relay
  throw relayMissing(channel)
}

export function relayMissing(channel: 'email' | 'sms'): AppError {
  const name = channel === 'email' ? 'e-mail' : 'SMS'
  return new AppError('invalid', 'delivery/relay-missing', `No relay carries ${name} yet.`, {
    details: { channel },
  })
}

/** Who an e-mail is from, where its bounces go and who signs it. */
export type MailIdentity = {
  from: { name: string; address: string }
  replyTo: string
  bounceAddress: string
  dkim: DkimKey | undefined
}

export function mailIdentity(relay: StoredRelay, secrets: Secrets): MailIdentity {
  const { config } = relay
  if (config.kind !== 'smtp' && config.kind !== 'mailbox') throw new Error('not a mail relay')
  const from = { name: config.fromName, address: config.fromAddress }
  if (config.kind === 'mailbox') return { from, replyTo: '', bounceAddress: '', dkim: undefined }
  const { replyTo, bounceAddress, dkimSelector } = config
  const dkim = dkimSelector === '' ? undefined : readKey(config, openSecrets(relay.sealed, secrets))
  return { from, replyTo, bounceAddress, dkim }
}

export function smtpServerOf(relay: StoredRelay, secrets: Secrets): SmtpServer {
  if (relay.config.kind !== 'smtp') throw new Error('not an SMTP relay')
  const { host, port, security, verifyCertificate, user } = relay.config
  const { password = '' } = openSecrets(relay.sealed, secrets)
  return { host, port, security, verifyCertificate, user, password }
}

const onLoopback = (port: number): SmtpServer => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  verifyCertificate: false,
  user: '',
  password: '',
})

/** The built-in mailbox is a server of its own for as long as it is written to. */
export async function openMailCarrier(
  services: Services,
  relay: StoredRelay,
): Promise<Carrier<Envelope>> {
  if (relay.config.kind !== 'mailbox') {
    const pool = createPool(smtpServerOf(relay, services.secrets), relay.connections)
    return { sendAll: pool.sendAll, close: async () => pool.close() }
  }
  const server = await startSmtpMailbox(services)
  const pool = createPool(onLoopback(server.port), 2)
  return {
    sendAll: pool.sendAll,
    close: async () => {
      pool.close()
      await server.stop()
    },
  }
}

export async function openTextCarrier(
  services: Services,
  relay: StoredRelay,
): Promise<Carrier<TextMessage>> {
  const { config, connections } = relay
  const { password = '' } = openSecrets(relay.sealed, services.secrets)
  switch (config.kind) {
    case 'http': {
      const allowInside = services.config.privateGateways
      return createHttpGateway(config, { secret: password, connections, allowInside })
    }
    case 'smpp':
      return createSmppGateway(config, { password, window: connections })
    case 'mailbox': {
      const { port, stop } = await startSmsMailbox(services)
      const sender = config.fromName.replace(/[^\w ]/g, '').slice(0, 11) || 'Malleposte'
      const gateway = createSmppGateway(
        {
          kind: 'smpp',
          host: '127.0.0.1',
          port,
          tls: false,
          user: '',
          systemType: '',
          sender,
          stopText: '',
        },
        { password: '', window: 5 },
      )
      return {
        sendAll: gateway.sendAll,
        close: async () => {
          await gateway.close()
          await stop()
        },
      }
    }
    case 'smtp':
      throw new Error('an SMTP relay carries no SMS')
  }
}

/** The demo starts with its own mailbox for both channels, so that nothing can leave by mistake. */
export async function ensureMailboxes({ db, config }: Services): Promise<void> {
  if (!config.demo || (await relays.list(db)).length > 0) return
  const shared = { perSecond: null, perHour: null, connections: 2, isDefault: true, sealed: null }
  const shop = {
    kind: 'mailbox',
    fromName: 'La boutique',
    fromAddress: 'boutique@example.org',
  } as const
  await relays.insert(db, { channel: 'email', label: 'Malleposte', config: shop, ...shared })
  await relays.insert(db, { channel: 'sms', label: 'Malleposte', config: shop, ...shared })
}
