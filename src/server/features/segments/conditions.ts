/** Single criteria for others: the conditions of a step are criteria, each with a code. */
import { AppError } from '#core/kernel/app-error.ts'
import type { CriteriaNode, Criterion } from '#core/segments/criteria.ts'
import { describeCriterion } from '#core/segments/describe.ts'
import { explain, type Verdict } from '#core/segments/explain.ts'
import { segmentsNamed, stepsAsked } from '#core/segments/segment.ts'
import type { Database } from '#platform/db/database.ts'
import { compilationFor, evaluationFor } from './compilation.ts'
import { compile } from './criteria-queries.ts'
import { loadNaming, type Telling } from './naming.ts'
import { type Plan, plan } from './plan-queries.ts'
import { loadSubjects } from './subject-queries.ts'

/**
 * Each criterion as a test on the row `p` of parties, to be read after `from parties as p` and the joins;
 * true or false, never null. Throws when a field, question or segment named is gone.
 */
export async function planCriteria(
  db: Database,
  criteria: readonly CriteriaNode[],
  now: Date,
): Promise<Plan> {
  const on = await compilationFor(db, [...criteria], now)
  return plan(criteria.map((criterion) => compile(criterion, on)))
}

/** Each criterion as the end of “people …”. */
export async function describeCriteriaOf(
  db: Database,
  criteria: readonly Criterion[],
  telling: Telling,
): Promise<string[]> {
  const naming = await loadNaming(db, [...criteria], telling)
  return criteria.map((criterion) => describeCriterion(criterion, telling.locale, naming))
}

/** The verdicts of each criterion for each person, by the person's number; none for a deleted card. */
export async function explainCriteria(
  db: Database,
  criteria: readonly Criterion[],
  { ids, now, ...telling }: Telling & { ids: number[]; now: Date },
): Promise<Map<number, Verdict[][]>> {
  const on = await evaluationFor(db, [...criteria], now)
  const subjects = await loadSubjects(db, ids, on.zone)
  const articleIds = subjects.flatMap(({ lines }) => lines.flatMap((l) => l.articleId ?? []))
  const trees = [...criteria, ...[...on.segments.values()].map(({ root }) => root)]
  const naming = await loadNaming(db, trees, {
    ...telling,
    articleIds: [...new Set(articleIds)].slice(0, 500),
  })
  const saying = { ...on, locale: telling.locale, naming }
  return new Map(
    subjects.map((subject) => [subject.id, criteria.map((c) => explain(c, subject, saying))]),
  )
}

/** The steps whose people criteria ask about, those of the segments within included; segments that are gone ask nothing. */
export async function stepsBehind(db: Database, criteria: readonly Criterion[]): Promise<number[]> {
  const named = criteria.flatMap(segmentsNamed)
  if (named.length === 0) return criteria.flatMap(stepsAsked)
  try {
    const { segments } = await compilationFor(db, [...criteria], new Date(0))
    const roots = [...segments.values()].map(({ root }) => root)
    return [...criteria, ...roots].flatMap(stepsAsked)
  } catch (error) {
    if (error instanceof AppError) return criteria.flatMap(stepsAsked)
    throw error
  }
}
