import { isEditable, type StepState } from '#core/campaigns/campaign.ts'
import type { Selection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'
import { selectedIds } from '../segments/service.ts'
import * as audience from './audience-queries.ts'

type Step = { id: number; state: StepState; isLegacy: boolean; selection: Selection | null }

/** A legacy mailing has its list of people and nothing to select them by. */
const isLive = (step: Step) => isEditable(step.state) && !step.isLegacy && step.selection !== null

/** The people of a step and those left out: of its selection while that can change, its frozen targets afterwards. */
export async function groupsOf(db: Database, step: Step, now: Date) {
  const live = isLive(step)
  const groups = live ? await liveGroups(db, step, now) : audience.frozenGroups(step.id)
  return { live, ...groups }
}

async function liveGroups(db: Database, { selection }: Step, now: Date) {
  if (!selection) return audience.nobody
  const chosen = await selectedIds(db, selection, now)
  if (!selection.excludeDoNotContact)
    return { ...audience.nobody, selected: audience.plain(chosen) }
  const everybody = await selectedIds(db, { ...selection, excludeDoNotContact: false }, now)
  return { selected: audience.plain(chosen), leftOut: audience.unwilling(everybody) }
}
