/** What the attachments of a step make of the e-mails that a launch would send. */
import { judgeWeight, type Weight, weigh } from '#core/campaigns/attachment.ts'
import type { ContentView } from '#core/campaigns/campaign.ts'
import { compileEmail, type EmailFrame } from '#core/content/email.ts'
import type { Preflight } from '#core/delivery/run.ts'
import type { Database } from '#platform/db/database.ts'
import { listAttachments, type Step } from '../campaigns/service.ts'
import { contentFrame } from '../content/service.ts'
import { contentsOfChannel } from './lines.ts'

type Load = { weight: Weight | null; problems: string[]; warnings: string[] }

type Leaving = { contents: readonly ContentView[]; forecast: Preflight['contents'] }

export async function weighStep(
  db: Database,
  { id }: Pick<Step, 'id'>,
  { contents, forecast }: Leaving,
): Promise<Load> {
  const attachments = await listAttachments(db, id)
  if (attachments.length === 0 || contents.length === 0) return nothing
  const emails = contentsOfChannel(contents, 'email')
  // Nothing else can carry them.
  if (emails.length === 0) return { ...nothing, warnings: ['attachments-stay'] }
  const frame = await contentFrame(db)
  const messages = emails.map(({ id: contentId, body }) => ({
    bytes: textBytes(body, frame),
    toSend: forecast.find((one) => one.contentId === contentId)?.toSend ?? 0,
  }))
  const weight = weigh({ attachments, messages })
  return { weight, ...judgeWeight(weight) }
}

const nothing: Load = { weight: null, problems: [], warnings: [] }

/** About: each person's values make a message a little longer or shorter. */
function textBytes(body: Parameters<typeof compileEmail>[0], frame: EmailFrame): number {
  const { compiled } = compileEmail(body, frame)
  if (!compiled) return 0
  const { html, text } = compiled.fill({}, { unsubscribe: '' })
  return Buffer.byteLength(html) + Buffer.byteLength(text)
}
