/** A forgotten password: the link goes by e-mail, to nobody else than the address we know. */
import { z } from 'zod'
import { Locale } from '#core/kernel/values.ts'
import type { Context, Services } from '#platform/http/app.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { countTry } from './limits.ts'
import { issue } from './links.ts'
import * as people from './user-queries.ts'

type Letter = {
  to: string
  toName: string
  subject: string
  paragraphs: readonly string[]
  reference: string
}

const resetMail = { kind: 'access/reset-mail', payload: z.object({ userId: z.string() }) }

/**
 * Answers the same whoever asks for whom: a job makes and sends the link, so that the answer does not tell
 * who has an account.
 */
export async function requestReset(email: string, { db, now, address }: Context): Promise<void> {
  await countTry(db, { email, address }, now)
  const user = (await people.list(db)).find((one) => one.email === email)
  if (!user?.isActive) return
  await enqueue(db, resetMail, { userId: user.id }, { subject: email, uniqueKey: user.id })
}

/** The link is made when the letter leaves, so that no token lies in the queue. */
export function defineResetMailJob(send: (services: Services, letter: Letter) => Promise<void>) {
  return defineJob(resetMail.kind, resetMail.payload, async ({ userId }, job) => {
    const user = await people.find(job.db, userId)
    if (!user?.isActive) return {}
    const purpose = user.hasPassword ? 'reset' : 'invitation'
    const { url } = await issue(job, { purpose, userId }, job.now())
    await send(job, {
      to: user.email,
      toName: user.name,
      ...letters[Locale.parse(user.locale)](user.name, url),
      reference: `reset.${job.id}.${job.attempt}`,
    })
    return {}
  })
}

const letters = {
  fr: (name: string, url: string) => ({
    subject: 'Votre lien pour choisir un mot de passe',
    paragraphs: [
      `Bonjour ${name},`,
      `Voici le lien pour choisir un nouveau mot de passe : ${url}`,
      'Il fonctionne une seule fois. Si vous n’avez rien demandé, ignorez ce message : votre mot de passe reste le même.',
    ],
  }),
  en: (name: string, url: string) => ({
    subject: 'Your link to choose a password',
    paragraphs: [
      `Hello ${name},`,
      `Here is the link to choose a new password: ${url}`,
      'It works once. If you did not ask for it, ignore this message: your password stays the same.',
    ],
  }),
} as const satisfies Record<Locale, unknown>
