/** The people of a step: of its selection while that can change, its frozen targets afterwards. */
import { isEditable } from '#core/campaigns/campaign.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import { countMissing, countSmsParts, sampleLinks } from '../content/service.ts'
import { selectedIds } from '../segments/service.ts'
import * as audience from './audience-queries.ts'
import { getStep, listContents, type Step } from './service.ts'

type Asked = {
  search?: string | undefined
  show: 'selected' | 'left-out'
  offset: number
  limit: number
  now: Date
}

export async function listAudience(db: Database, stepId: number, { now, ...asked }: Asked) {
  const step = await getStep(db, stepId)
  const live = isLive(step)
  const groups = live ? await liveGroups(db, step, now) : audience.frozenGroups(stepId)
  const people = asked.show === 'selected' ? groups.selected : groups.leftOut
  return {
    ...(await audience.page(db, people, asked)),
    live,
    leftOut: await audience.count(db, groups.leftOut),
  }
}

/** A legacy mailing has its list of people and nothing to select them by. */
const isLive = (step: Step) => isEditable(step.state) && !step.isLegacy && step.selection !== null

async function liveGroups(db: Database, { selection }: Step, now: Date) {
  if (!selection) return audience.nobody
  const chosen = await selectedIds(db, selection, now)
  if (!selection.excludeDoNotContact)
    return { ...audience.nobody, selected: audience.plain(chosen) }
  const everybody = await selectedIds(db, { ...selection, excludeDoNotContact: false }, now)
  return { selected: audience.plain(chosen), leftOut: audience.unwilling(everybody) }
}

/** A message over all whom it can reach. Reads everybody once when a text message names a field. */
export async function checkContent(
  db: Database,
  contentId: number,
  { now, publicUrl }: { now: Date; publicUrl: string },
) {
  const stepId = await audience.stepOf(db, contentId)
  if (stepId === undefined) {
    throw new AppError('not-found', 'campaigns/not-found', 'There is no such message.')
  }
  const step = await getStep(db, stepId)
  const content = (await listContents(db, stepId)).find(({ id }) => id === contentId)
  if (!content) throw new AppError('not-found', 'campaigns/not-found', 'There is no such message.')
  const groups = isLive(step) ? await liveGroups(db, step, now) : audience.frozenGroups(stepId)
  const ids = audience.idsOf(groups.selected)
  const { body } = content
  const walk = { now, links: sampleLinks(publicUrl) }
  return {
    ...(await countMissing(db, ids, body)),
    sms: body.channel === 'sms' ? await countSmsParts(db, ids, body, walk) : null,
  }
}
