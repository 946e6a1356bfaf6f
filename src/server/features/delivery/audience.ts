/** Who a step is for, and what each of its messages would make of them. */
import type { ContentView } from '#core/campaigns/campaign.ts'
import type { Preflight } from '#core/delivery/run.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import type { Step } from '../campaigns/service.ts'
import { freezeTargets } from '../segments/service.ts'
import * as ledger from './ledger-queries.ts'

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

/** What each content would make of the targets as they stand. */
export async function forecastAll(
  db: Database,
  step: Step,
  contents: readonly ContentView[],
): Promise<Pick<Preflight, 'people' | 'toSend' | 'contents'>> {
  const filling = toFill(step.id, contents)
  const audience = ledger.frozenAudience(step.id)
  const spares = sparesDoNotContact(step)
  const forecasts: ledger.Forecast[] = []
  for (const [at, content] of filling.entries()) {
    const earlier = filling.slice(0, at)
    forecasts.push(await ledger.forecast(db, content, audience, { earlier, spares }))
  }
  return {
    people: Math.max(0, ...forecasts.map(({ candidates }) => candidates)),
    toSend: forecasts.reduce((sum, { toSend }) => sum + toSend, 0),
    contents: forecasts.map((forecast, at) => {
      const body = contents[at]?.body
      return {
        ...forecast,
        channel: body?.channel ?? 'file',
        position: at + 1,
        subject: body?.channel === 'email' ? body.subject : '',
      }
    }),
  }
}
