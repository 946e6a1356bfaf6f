/** “Distribute people” (D-120): those of a step who meet the formula enter the steps that follow it. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Flow, Moved } from '#core/routing/api.ts'
import type { Condition } from '#core/routing/condition.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { planCriteria } from '../segments/service.ts'
import { admit, nextBatch, propose } from '../targets/service.ts'
import { findGuarded, readFormula } from './conditions.ts'
import * as flows from './distribution-queries.ts'

export type Asked = {
  /** From which step. */
  id: number
  /** The step itself, out of its origin, or steps that follow it; all that follow when left out. */
  stepIds?: readonly number[] | undefined
}
export type Moving = {
  /** Marks those who come in by one distribution. */
  batch: number
  now: Date
  actor: Pick<Actor, 'id' | 'name'>
}

/** From the page of any step (L-13): into itself out of its origin when asked, and into the steps that follow it. */
export async function destinationsOf(
  db: Database,
  { id, stepIds }: Asked,
): Promise<flows.Destination[]> {
  await findGuarded(db, id)
  const all = await flows.destinations(db, id, { itself: true })
  const into = all.filter((one) => (stepIds ? stepIds.includes(one.id) : one.id !== id))
  if (stepIds === undefined || into.length === new Set(stepIds).size) return into
  throw new AppError(
    'invalid',
    'routing/no-destination',
    'A step asked for does not take its people from this one.',
  )
}

/** Into all of them in the transaction of the caller. */
export async function distribute(
  db: Database,
  asked: Asked,
  moving: Omit<Moving, 'batch'>,
): Promise<Moved[]> {
  const batch = await nextBatch(db)
  const done: Moved[] = []
  for (const destination of await destinationsOf(db, asked)) {
    done.push(await moveInto(db, destination, { ...moving, batch }))
  }
  return done
}

/** One statement for one step, whatever the number of people; who is there already stays as he is. */
export async function moveInto(
  db: Database,
  destination: flows.Destination,
  { actor, ...moving }: Moving,
): Promise<Moved> {
  const { id: stepId, fromStepId, label } = destination
  const { candidates, plain } = await candidatesFor(db, destination, moving.now)
  const { added } = await admit(db, candidates, {
    ...moving,
    stepId,
    originStepId: fromStepId,
    plain,
  })
  if (added > 0 || actor.id !== null) {
    const origin = await findGuarded(db, fromStepId)
    const steps = { [label]: added }
    await audit(db, actor, 'routing/distribute', origin.label, { stepId: fromStepId, steps })
  }
  return { stepId, label, added }
}

async function candidatesFor(
  db: Database,
  { id, fromStepId }: Pick<flows.Destination, 'id' | 'fromStepId'>,
  now: Date,
) {
  const { conditions, formula } = await findGuarded(db, id)
  const guard = await guardOf(db, { conditions, formula }, now)
  const withOrganisations = await flows.hasContacts(db, fromStepId)
  return {
    candidates: flows.candidatesOf(fromStepId, { guard, withOrganisations }),
    plain: !withOrganisations,
    hasConditions: guard !== null,
  }
}

/** What `admit` would do with one person now, whatever the origin says of him. */
export const proposeOne = (
  db: Database,
  stepId: number,
  person: { partyId: number; organisationId: number | null },
) => propose(db, flows.onePerson(person), stepId)

async function guardOf(
  db: Database,
  { conditions, formula }: { conditions: Condition[]; formula: string },
  now: Date,
): Promise<flows.Guard | null> {
  if (conditions.length === 0) return null
  const { joins, tests } = await planCriteria(
    db,
    conditions.map(({ test }) => test),
    now,
  )
  return {
    formula: readFormula(formula, conditions),
    joins,
    tests: new Map(
      conditions.flatMap(({ code }, at) => {
        const test = tests[at]
        return test ? [[code, test] as const] : []
      }),
    ),
  }
}

/** What distributing would do now: from the step into those that follow, and from its origin into itself. */
export async function forecast(db: Database, stepId: number, now: Date): Promise<Flow[]> {
  await findGuarded(db, stepId)
  const found: Flow[] = []
  for (const destination of await flows.destinations(db, stepId, { itself: true })) {
    const { id, fromStepId, label, distribution, delayMinutes } = destination
    const { candidates, hasConditions } = await candidatesFor(db, destination, now)
    const { added, already, contacted, wrongKinds, proposed } = await propose(db, candidates, id)
    found.push({
      fromStepId,
      toStepId: id,
      label,
      distribution,
      delayMinutes,
      hasConditions,
      proposed,
      present: already,
      contacted,
      wrongKind: wrongKinds.reduce((sum, { people }) => sum + people, 0),
      entering: added,
    })
  }
  return found
}
