/** Who a step is for, and what each of its messages would make of them. */
import type { ContentView } from '#core/campaigns/campaign.ts'
import type { Channel } from '#core/delivery/message.ts'
import type { Preflight } from '#core/delivery/run.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import type { Step } from '../campaigns/service.ts'
import { freezeTargets } from '../segments/service.ts'
import * as ledger from './ledger-queries.ts'
import { type OpenScope, openAudience } from './open-queries.ts'

export const toFill = (stepId: number, contents: readonly ContentView[]): ledger.ContentToFill[] =>
  contents.map(({ id, body, onlyUnreached }, at) => ({
    id,
    stepId,
    channel: body.channel,
    onlyUnreached: onlyUnreached && at > 0,
  }))

/** Writes the targets. Throws when the step has no selection. */
export async function freeze(db: Database, step: Step, now: Date): Promise<void> {
  if (!step.selection) {
    throw new AppError('invalid', 'delivery/no-selection', 'The step selects nobody yet.')
  }
  const { controlPercent } = step
  await freezeTargets(db, step.id, step.selection, { now, controlPercent })
}

export const sparesDoNotContact = ({ selection }: Step) => selection?.excludeDoNotContact ?? true

/** A mailing is for the targets that its launch froze; an operation's step for whom is still to do in `open`. */
export const audienceOf =
  (stepId: number, open: OpenScope | null): ledger.AudienceOf =>
  (content) =>
    open ? openAudience(open, content) : ledger.frozenAudience(stepId)

/** What each content would make of the targets as they stand. */
export async function forecastAll(
  db: Database,
  step: Step,
  contents: readonly ContentView[],
  { open, profiles }: { open: OpenScope | null; profiles: ReadonlyMap<Channel, string> },
): Promise<Pick<Preflight, 'people' | 'toSend' | 'contents'>> {
  const filling = toFill(step.id, contents)
  const spares = sparesDoNotContact(step)
  const forecasts: ledger.Forecast[] = []
  for (const [at, content] of filling.entries()) {
    const earlier = filling.slice(0, at)
    const given = { earlier, spares, again: open !== null }
    forecasts.push(await ledger.forecast(db, content, audienceOf(step.id, open), given))
  }
  return {
    people: Math.max(0, ...forecasts.map(({ candidates }) => candidates)),
    toSend: forecasts.reduce((sum, { toSend }) => sum + toSend, 0),
    contents: forecasts.map((forecast, at) => {
      const body = contents[at]?.body
      const channel = body?.channel ?? 'file'
      return {
        ...forecast,
        channel,
        profile: profiles.get(channel) ?? '',
        position: at + 1,
        subject: body?.channel === 'email' ? body.subject : '',
      }
    }),
  }
}
