/** The conditions of a step while they are being edited: some may be unfinished. */
import type { StepConditions } from '#core/routing/api.ts'
import { Condition, ConditionCode, codeProblem } from '#core/routing/condition.ts'
import type { Criterion } from '#core/segments/criteria.ts'

export type DraftCondition = { key: number; code: string; test: Criterion | null }
export type Draft = Pick<StepConditions, 'formula' | 'distribution'> & {
  conditions: DraftCondition[]
}

let last = 0

export const draftOf = ({ conditions, formula, distribution }: StepConditions): Draft => ({
  formula,
  distribution,
  conditions: conditions.map((each) => ({ ...each, key: ++last })),
})

/** With the first code of the form C1, C2, … that is free. */
export function blankCondition(others: readonly DraftCondition[]): DraftCondition {
  const taken = new Set(others.map(({ code }) => code.toUpperCase()))
  let n = 1
  while (taken.has(`C${n}`)) n += 1
  return { key: ++last, code: `C${n}`, test: null }
}

export const isWhole = (condition: DraftCondition): boolean =>
  Condition.safeParse(condition).success

/** The conditions once all are whole. */
export function wholeConditions({ conditions }: Draft): Condition[] | undefined {
  const parsed = Condition.array().safeParse(conditions)
  return parsed.success ? parsed.data : undefined
}

export type CodeProblem = {
  reason: 'reserved-code' | 'duplicate-code' | 'invalid-code'
  code: string
}

/** What is wrong with the code of one of them. */
export function problemOfCode(
  { code }: DraftCondition,
  all: readonly DraftCondition[],
): CodeProblem | undefined {
  if (!ConditionCode.safeParse(code).success) return { reason: 'invalid-code', code }
  const wrong = codeProblem(all.map((each) => each.code.trim()))
  return wrong?.code.toLowerCase() === code.trim().toLowerCase() ? wrong : undefined
}

const plain = ({ conditions, formula, distribution }: Draft) =>
  JSON.stringify([
    conditions.map(({ code, test }) => [code.trim(), test]),
    formula.trim(),
    distribution,
  ])

export const isSame = (a: Draft, b: Draft): boolean => plain(a) === plain(b)
