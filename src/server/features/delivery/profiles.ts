/** Which relay carries a channel of a step: its own sending profile, its type's, or the default one (D-56). */
import type { Database } from '#platform/db/database.ts'
import type { Step } from '../campaigns/service.ts'
import type { StoredRelay } from './relay-queries.ts'
import * as relays from './relay-queries.ts'
import { relayMissing } from './relays.ts'
import { findRules } from './rules-queries.ts'

type Carried = 'email' | 'sms'

export async function findProfile(
  db: Database,
  step: Pick<Step, 'id' | 'form'>,
  channel: Carried,
): Promise<StoredRelay | undefined> {
  const relayId = step.form === 'operation' ? (await findRules(db, step.id)).relayId : null
  const own = relayId === null ? undefined : await relays.find(db, relayId)
  return own?.channel === channel ? own : relays.findDefault(db, channel)
}

/** Throws `delivery/relay-missing`. */
export async function getProfile(
  db: Database,
  step: Pick<Step, 'id' | 'form'>,
  channel: Carried,
): Promise<StoredRelay> {
  const relay = await findProfile(db, step, channel)
  if (relay) return relay
  throw relayMissing(channel)
}
