/** What other features and the start-up need of delivery. */
import type { Database } from '#platform/db/database.ts'
import type { Job } from '#platform/jobs/job.ts'
import { bouncesJob, scheduleBounces as schedule } from './bounces/bounce-job.ts'
import { launchJob, sendJob } from './jobs.ts'
import { sendNotice as send } from './notice.ts'
import { findDefault } from './relay-queries.ts'
import { ensureMailboxes as ensure } from './relays.ts'

/** What the gateway for SMS puts behind a text that does not speak of STOP; empty without one. */
export async function findStopText(db: Database): Promise<string> {
  const relay = await findDefault(db, 'sms')
  return relay && 'stopText' in relay.config ? relay.config.stopText : ''
}

/** They run apart from other work: a long sending blocks no import, an import no sending. */
export const deliveryJobs: readonly Job[] = [launchJob, sendJob]

/** On its own: neither a long sending nor a long import keeps bounces waiting. */
export const bounceJobs: readonly Job[] = [bouncesJob]

/** At the start: the mailbox is read, if there is one. */
export const scheduleBounces = schedule

/** The demo's own mailbox, so that messages have somewhere to go from the first minute. */
export const ensureMailboxes = ensure

/** One plain letter by the relay for e-mail. */
export const sendNotice = send
