/** What guards the entry of a step: conditions with codes, and the formula over them (D-112 to D-119). */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { Distribution } from '#core/operations/step.ts'
import type { StepConditions } from '#core/routing/api.ts'
import { type Condition, codeProblem } from '#core/routing/condition.ts'
import { type Formula, type FormulaProblem, parseFormula } from '#core/routing/formula.ts'
import { entrySentence } from '#core/routing/sentence.ts'
import { allOf, type Criterion } from '#core/segments/criteria.ts'
import { stepsNamed } from '#core/segments/segment.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import {
  describeCriteriaOf,
  ensureNamed,
  matching,
  planCriteria,
  stepsBehind,
} from '../segments/service.ts'
import * as queries from './condition-queries.ts'

type Drafted = { conditions: Condition[]; formula: string }
type Telling = { locale: Locale; actor: Actor }

export const notFound = () =>
  new AppError('not-found', 'routing/not-found', 'There is no such step, or it is a title.')

export async function findGuarded(db: Database, stepId: number): Promise<queries.Guarded> {
  const step = await queries.find(db, stepId)
  if (!step) throw notFound()
  return step
}

export async function getConditions(
  db: Database,
  stepId: number,
  telling: Telling,
): Promise<StepConditions> {
  const step = await findGuarded(db, stepId)
  const { version, formula, conditions, distribution, originId, originLabel } = step
  const { problem: _, ...said } = await say(db, { conditions, formula }, telling)
  const origin = originId === null ? null : { id: originId, label: originLabel ?? '' }
  const { distributionProblem } = step
  return { version, formula, conditions, distribution, distributionProblem, origin, ...said }
}

/** The sentences of a draft, and what is wrong with its formula. */
export async function say(db: Database, { conditions, formula }: Drafted, telling: Telling) {
  const tests = conditions.map(({ test }) => test)
  const sentences = await describeCriteriaOf(db, tests, telling)
  const codes = conditions.map(({ code }) => code)
  const parsed = parseFormula(formula, codes)
  if ('problem' in parsed) return { sentences, sentence: '', problem: parsed.problem }
  const clauses = new Map(codes.map((code, at) => [code, sentences[at] ?? '']))
  const sentence = entrySentence(parsed.formula, clauses, telling.locale)
  return { sentences, sentence, problem: null }
}

/** Throws `routing/formula` with the place and a hint when it cannot be read. */
export function readFormula(formula: string, conditions: readonly Condition[]): Formula {
  const parsed = parseFormula(
    formula,
    conditions.map(({ code }) => code),
  )
  if ('formula' in parsed) return parsed.formula
  throw unreadable(parsed.problem)
}

const unreadable = ({ at, length, reason, hint, text }: FormulaProblem) =>
  new AppError(
    'invalid',
    'routing/formula',
    `The formula cannot be read at ${at + 1}: ${reason}${hint && `; did you mean “${hint}”?`}`,
    { details: { position: at, length, reason, hint, text } },
  )

type Change = Drafted & {
  id: number
  version: number
  locale: Locale
  distribution?: Distribution | undefined
}

export async function saveConditions(
  db: Database,
  { locale, ...change }: Change,
  { actor, now }: { actor: Actor; now: Date },
): Promise<StepConditions> {
  const { id, conditions, formula } = change
  const step = await findGuarded(db, id)
  const wrong = codeProblem(conditions.map(({ code }) => code))
  if (wrong) {
    throw new AppError(
      'invalid',
      `routing/${wrong.reason}`,
      `The code cannot be “${wrong.code}”.`,
      {
        details: { code: wrong.code },
      },
    )
  }
  readFormula(formula, conditions)
  await ensureKnown(db, conditions)
  const tests = conditions.map(({ test }) => test)
  await ensureNamed(db, matching(allOf(...tests)))
  // Throws when a field, question or segment named is not there.
  await planCriteria(db, tests, now)
  if (
    !(await queries.save(db, {
      ...change,
      formula: formula.trim(),
      distribution: change.distribution,
    }))
  ) {
    throw new AppError(
      'conflict',
      'routing/changed-meanwhile',
      'Somebody else changed this step meanwhile; nothing of theirs was overwritten.',
    )
  }
  await ensureNoCircle(db, id)
  await audit(db, actor, 'routing/conditions', step.label, {
    stepId: id,
    conditions: conditions.length,
    formula,
  })
  return getConditions(db, id, { locale, actor })
}

/** Refuses steps, operations and states that are not there: deleted, in the bin, or hidden from who saves. */
async function ensureKnown(db: Database, conditions: readonly Condition[]): Promise<void> {
  const named = <T>(of: (test: Criterion) => T[]) =>
    conditions.flatMap(({ code, test }) => of(test).map((what) => ({ code, what })))
  const [atSteps, atOperations] = [named(stepsNamed), named(operationsAsked)]
  const ids = (all: readonly { what: number }[]) => all.map(({ what }) => what)
  const steps = await queries.present(db, ids(atSteps))
  const operations = await queries.presentOperations(db, ids(atOperations))
  const step = atSteps.find(({ what }) => !steps.has(what))
  if (step) throw unknown('step', step.code)
  const operation = atOperations.find(({ what }) => !operations.has(what))
  if (operation) throw unknown('operation', operation.code)
  for (const entity of ['target', 'step', 'operation'] as const) {
    const codes = conditions.flatMap(({ test }) => statesAsked(test, entity))
    const known = await queries.knownStates(db, entity, codes)
    const status = codes.find((code) => !known.has(code))
    if (status === undefined) continue
    throw new AppError('invalid', 'routing/unknown-status', `There is no status “${status}”.`, {
      details: { status },
    })
  }
}

const operationsAsked = (test: Criterion) =>
  test.kind === 'operation-state' ? [test.campaignId] : []

function statesAsked(test: Criterion, entity: 'target' | 'step' | 'operation'): string[] {
  if (test.kind === 'status') return entity === 'target' ? test.statuses : []
  return test.kind === `${entity}-state` && 'states' in test ? test.states : []
}

const unknown = (what: 'step' | 'operation', code: string) =>
  new AppError(
    'invalid',
    `routing/unknown-${what}`,
    `The condition ${code} names a${what === 'step' ? '' : 'n'} ${what} that is not there, or not any more.`,
    { details: { code } },
  )

/**
 * Refuses a step whose entry depends on itself: by its origin and by the steps that conditions name, directly, through
 * segments or through other steps of whatever operation.
 */
export async function ensureNoCircle(db: Database, stepId: number): Promise<void> {
  const seen = new Set<number>()
  let frontier = [stepId]
  while (frontier.length > 0) {
    const next: number[] = []
    for (const step of await queries.dependences(db, frontier)) {
      const needed = await neededBy(db, step)
      if (needed.includes(stepId)) throw circle(step.label)
      next.push(...needed)
    }
    frontier = [...new Set(next)].filter((id) => !seen.has(id))
    for (const id of frontier) seen.add(id)
  }
}

async function neededBy(db: Database, { originId, conditions }: queries.Dependence) {
  const tests = conditions.map(({ test }) => test)
  const named = await stepsBehind(db, tests)
  return originId === null ? named : [originId, ...named]
}

const circle = (label: string) =>
  new AppError(
    'invalid',
    'routing/circle',
    `The step would wait for itself: “${label}” depends on it.`,
    { details: { label } },
  )
