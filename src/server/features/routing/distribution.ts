/** “Distribute people” (D-120): those of a step who meet the formula enter the steps that follow it. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Flow } from '#core/routing/api.ts'
import type { Condition } from '#core/routing/condition.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { planCriteria } from '../segments/service.ts'
import { admit, nextBatch, propose } from '../targets/service.ts'
import { findGuarded, readFormula } from './conditions.ts'
import * as flows from './distribution-queries.ts'

export type Distributing = {
  fromStepId: number
  /** Steps that follow it; all of them when left out. */
  to?: readonly number[]
  now: Date
  actor: Pick<Actor, 'id' | 'name'>
}
export type Distributed = { stepId: number; label: string; added: number }

/** One statement for each step that follows; who is there already stays as he is. */
export async function distribute(
  db: Database,
  { fromStepId, to, now, actor }: Distributing,
): Promise<Distributed[]> {
  const all = await flows.destinations(db, fromStepId)
  const wanted = to === undefined ? all : all.filter(({ id }) => to.includes(id))
  if (to !== undefined && wanted.length < new Set(to).size) {
    throw new AppError(
      'invalid',
      'routing/no-destination',
      'A step asked for does not take its people from this one.',
    )
  }
  const done: Distributed[] = []
  for (const destination of wanted) {
    const { candidates, plain } = await candidatesFor(db, destination, now)
    const { added } = await admit(db, candidates, {
      stepId: destination.id,
      now,
      originStepId: fromStepId,
      batch: await nextBatch(db),
      plain,
    })
    done.push({ stepId: destination.id, label: destination.label, added })
  }
  const moved = done.filter(({ added }) => added > 0)
  if (moved.length > 0 || actor.id !== null) {
    const { label } = await findGuarded(db, fromStepId)
    const steps = Object.fromEntries(done.map(({ label, added }) => [label, added]))
    await audit(db, actor, 'routing/distribute', label, { stepId: fromStepId, steps })
  }
  return done
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

/** From the page of any step (L-13): into itself out of its origin, and into steps that follow it. */
export async function distributeFrom(
  db: Database,
  { id, stepIds }: { id: number; stepIds: number[] | undefined },
  acting: { now: Date; actor: Actor },
): Promise<Distributed[]> {
  const { originId } = await findGuarded(db, id)
  const intoItself = originId !== null && (stepIds?.includes(id) ?? false)
  const onwards = stepIds?.filter((each) => !(intoItself && each === id))
  const into = intoItself ? await distribute(db, { fromStepId: originId, to: [id], ...acting }) : []
  if (onwards?.length === 0) return into
  const out = await distribute(db, {
    fromStepId: id,
    ...(onwards ? { to: onwards } : {}),
    ...acting,
  })
  return [...into, ...out]
}
