/** Changes of some people of a step: their status, whether they are linked, their line. */
import { z } from 'zod'
import { StatusCode } from '#core/campaigns/status.ts'
import type { Database } from '#platform/db/database.ts'
import * as people from './people-queries.ts'
import { rollUp, setStatus } from './status-queries.ts'

export const Doer = z.object({ id: z.string().nullable(), name: z.string() })
type Doer = z.infer<typeof Doer>

export type StatusGiven = { stepId: number; status: string; now: Date; actor: Doer }
/** What follows a status given by hand, in its transaction: activities, distribution. */
export type AfterStatus = (db: Database, given: StatusGiven) => Promise<void>

export const TargetChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status: StatusCode }),
  z.object({ kind: z.literal('link'), linked: z.boolean() }),
  z.object({ kind: z.literal('remove') }),
])
export type TargetChange = z.infer<typeof TargetChange>

type Some = {
  stepId: number
  ids: readonly number[]
  change: TargetChange
  actor: Doer
  now: Date
}

/** How many changed. */
export async function changeSome(
  db: Database,
  { stepId, ids, change, actor, now }: Some,
  afterStatus: readonly AfterStatus[],
): Promise<number> {
  if (change.kind === 'remove') return people.remove(db, stepId, ids)
  if (change.kind === 'link') {
    const changed = await people.setLinked(db, stepId, { ids, linked: change.linked })
    await rollUp(db, { stepId, now, partyIds: ids })
    return changed
  }
  const { status } = change
  const changed = await setStatus(db, { stepId, partyIds: ids, status, by: actor.name, now })
  for (const follow of afterStatus) await follow(db, { stepId, status, now, actor })
  return changed
}
