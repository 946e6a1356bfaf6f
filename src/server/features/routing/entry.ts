/** “Why is this person here, why not there?”, answered from what is known now. */
import type { Actor } from '#core/kernel/actor.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { Entry, Reason } from '#core/routing/api.ts'
import { evaluate } from '#core/routing/formula.ts'
import type { Database } from '#platform/db/database.ts'
import { explainCriteria } from '../segments/service.ts'
import type { Guarded } from './condition-queries.ts'
import { findGuarded, notFound, readFormula, say } from './conditions.ts'
import { proposeOne } from './distribution.ts'
import { type AtOrigin, atOrigin, type Standing, standing } from './entry-queries.ts'

type Asked = { id: number; partyId: number; locale: Locale }
type Asking = { actor: Actor; now: Date }

export async function explainEntry(
  db: Database,
  { id: stepId, partyId, locale }: Asked,
  { actor, now }: Asking,
): Promise<Entry> {
  const step = await findGuarded(db, stepId)
  const here = await standing(db, { stepId, partyId, locale })
  if (!here) throw notFound()
  const before =
    step.originId === null
      ? undefined
      : await atOrigin(db, { stepId: step.originId, partyId, locale })
  const organisation = before?.organisation ?? null
  const ids = organisation ? [partyId, organisation.id] : [partyId]
  const conditions = await verdicts(db, step, { ids, now, locale, actor })
  const holds = new Map(conditions.map((each) => [each.code, each.holds]))
  const formula = readFormula(step.formula, step.conditions)
  const formulaHolds = evaluate(formula, (code) => holds.get(code) ?? false)
  const person = { partyId, organisationId: organisation?.id ?? null }
  const reason =
    reasonHere(here) ??
    reasonBefore(step, here, before) ??
    (formulaHolds ? await reasonAtDoor(db, stepId, person) : 'formula')
  const { sentence } = await say(db, step, { locale, actor })
  return {
    reason,
    isIn: here.isIn,
    enteredAt: here.enteredAt,
    availableAt: here.availableAt,
    status:
      here.status === null ? null : { code: here.status, label: here.statusLabel ?? here.status },
    origin:
      before && step.originId !== null
        ? {
            stepId: step.originId,
            label: before.label,
            status: before.status,
            meaning: before.meaning,
          }
        : null,
    organisation: organisation && { id: organisation.id, label: organisation.label },
    conditions,
    formula: step.formula,
    sentence,
    formulaHolds,
  }
}

type Explaining = { ids: number[]; now: Date; locale: Locale; actor: Actor }

/** Of each condition; it holds for a contact when it does for himself or for his organisation. */
async function verdicts(
  db: Database,
  step: Guarded,
  asked: Explaining,
): Promise<Entry['conditions']> {
  const tests = step.conditions.map(({ test }) => test)
  const found = [...(await explainCriteria(db, tests, asked)).values()]
  return step.conditions.map(({ code }, at) => {
    const each = found.flatMap((person) => {
      const [whole, ...parts] = person[at] ?? []
      return whole ? [{ whole, parts }] : []
    })
    const own = each.find(({ whole }) => whole.holds) ?? each[0]
    const values = each.map(({ whole }) => whole.value).filter((value) => value !== '')
    return {
      code,
      holds: own?.whole.holds ?? false,
      text: own?.whole.text ?? '',
      value: [...new Set(values)].join(' · '),
      parts: own?.parts ?? [],
    }
  })
}

function reasonHere({ isIn, isLinked, isKeptOut, originStepId }: Standing): Reason | undefined {
  if (!isIn) return undefined
  if (isKeptOut) return 'kept-out'
  if (!isLinked) return 'unlinked'
  return originStepId === null ? 'added' : 'entered'
}

function reasonBefore(
  step: Guarded,
  { isDeleted }: Standing,
  before: AtOrigin | undefined,
): Reason | undefined {
  if (isDeleted) return 'deleted'
  if (!before) return 'no-origin'
  if (!before.isIn) return 'not-in-origin'
  if (!before.isLinked || before.isKeptOut) return 'origin-unlinked'
  if (before.meaning === 'ok-continue') return undefined
  if (before.meaning === 'to-do') return 'status-waits'
  if (before.meaning === 'not-done-continue' && step.conditions.length > 0) return undefined
  return 'status-stops'
}

type Person = { partyId: number; organisationId: number | null }

async function reasonAtDoor(db: Database, stepId: number, person: Person): Promise<Reason> {
  const { added, contacted, wrongKinds } = await proposeOne(db, stepId, person)
  if (added > 0) return 'would-enter'
  if (contacted > 0) return 'already-contacted'
  return wrongKinds.length > 0 ? 'wrong-kind' : 'no-contact'
}
