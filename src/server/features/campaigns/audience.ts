/** The people of a step: of its selection while that can change, its frozen targets afterwards. */
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import { countMissing, countSmsParts, sampleLinks } from '../content/service.ts'
import { groupsOf } from './audience-groups.ts'
import * as audience from './audience-queries.ts'
import { getStep, listContents } from './service.ts'

type Asked = {
  search?: string | undefined
  show: 'selected' | 'left-out'
  offset: number
  limit: number
  now: Date
}

export async function listAudience(db: Database, stepId: number, { now, ...asked }: Asked) {
  const step = await getStep(db, stepId)
  const { live, ...groups } = await groupsOf(db, step, now)
  const people = asked.show === 'selected' ? groups.selected : groups.leftOut
  return {
    ...(await audience.page(db, people, asked)),
    live,
    leftOut: await audience.count(db, groups.leftOut),
  }
}

/** A message over all whom it can reach. Reads everybody once when a text message names a field. */
export async function checkContent(
  db: Database,
  contentId: number,
  { now, publicUrl, stopText }: { now: Date; publicUrl: string; stopText: string },
) {
  const stepId = await audience.stepOf(db, contentId)
  if (stepId === undefined) {
    throw new AppError('not-found', 'campaigns/not-found', 'There is no such message.')
  }
  const step = await getStep(db, stepId)
  const content = (await listContents(db, stepId)).find(({ id }) => id === contentId)
  if (!content) throw new AppError('not-found', 'campaigns/not-found', 'There is no such message.')
  const { selected } = await groupsOf(db, step, now)
  const everybody = { audience: audience.idsOf(selected), stepId }
  const { body } = content
  const walk = { now, stepId, links: sampleLinks(publicUrl), stopText }
  return {
    ...(await countMissing(db, everybody, body)),
    sms: body.channel === 'sms' ? await countSmsParts(db, everybody, body, walk) : null,
  }
}
