/** Reading the bounce mailbox, again and again as often as its settings say. */
import type { ImapFlow } from 'imapflow'
import { z } from 'zod'
import type { Services } from '#platform/http/app.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { accountOf } from './bounce-mailbox.ts'
import * as bounces from './bounce-queries.ts'
import * as imap from './imap.ts'
import { judgeMail, type Verdict } from './judge-mail.ts'

export const bouncesJob = defineJob('delivery/bounces', z.object({}), async (_, job) => {
  const stored = await bounces.find(job.db)
  // Removed meanwhile: saving it anew starts the reading anew.
  if (!stored) return {}
  const trouble = await readMailbox(job, stored).then(
    () => '',
    (error: unknown) => imap.wordsOf(error),
  )
  if (trouble !== '') job.log.warn({ host: stored.config.host, trouble }, 'bounce mailbox')
  await bounces.keepOutcome(job.db, trouble, job.now())
  job.again(new Date(job.now().getTime() + stored.config.everyMinutes * 60_000))
  return {}
})

export async function scheduleBounces({ db, now }: Pick<Services, 'db' | 'now'>): Promise<void> {
  if (!(await bounces.find(db))) return
  await enqueue(db, bouncesJob, {}, { uniqueKey: 'mailbox' })
  await bounces.hurry(db, bouncesJob.kind, now())
}

async function readMailbox(job: JobRun, stored: bounces.StoredMailbox): Promise<void> {
  const client = await imap.openImap(accountOf(stored, job))
  try {
    await client.mailboxOpen(stored.config.folder)
    const uidValidity = imap.uidValidity(client)
    const first = uidValidity === stored.uidValidity ? stored.lastUid + 1 : 1
    const uids = await imap.uidsFrom(client, first)
    for (const [at, uid] of uids.entries()) {
      if (job.signal.aborted) return
      await readOne(job, stored, { client, uid, uidValidity })
      job.progress(at + 1, uids.length)
    }
  } finally {
    await imap.closeImap(client)
  }
}

type Mail = { client: ImapFlow; uid: number; uidValidity: string }

/** What a mail does and that it has been read are one transaction; then it is put away. */
async function readOne(
  job: JobRun,
  { config }: bounces.StoredMailbox,
  { client, uid, uidValidity }: Mail,
): Promise<void> {
  const source = await imap.sourceOf(client, uid)
  const verdict = await job.db.transaction().execute(async (db): Promise<Verdict | undefined> => {
    const scope = { db, secrets: job.secrets, now: job.now(), softLimit: config.softLimit }
    const found = source && (await judgeMail(scope, source))
    await bounces.keepPlace(db, { uidValidity, lastUid: uid })
    return found
  })
  if (verdict === undefined) return
  const folder = verdict === 'unknown' ? config.unknownFolder : config.handledFolder
  if (folder !== '') await imap.putAway(client, uid, folder)
  else if (verdict !== 'unknown') await imap.markSeen(client, uid)
}
