/** What other features and the start-up need of delivery. */
import type { Job } from '#platform/jobs/job.ts'
import { launchJob, sendJob } from './jobs.ts'
import { sendNotice as send } from './notice.ts'
import { ensureMailboxes as ensure } from './relays.ts'

/** They run apart from other work: a long sending blocks no import, an import no sending. */
export const deliveryJobs: readonly Job[] = [launchJob, sendJob]

/** The demo's own mailbox, so that messages have somewhere to go from the first minute. */
export const ensureMailboxes = ensure

/** One plain letter by the relay for e-mail. */
export const sendNotice = send
