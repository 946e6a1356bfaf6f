/** A condition of a step: one criterion with a code, by which the step's formula names it (D-116). */
import { z } from 'zod'
import { Criterion } from '../segments/criteria.ts'
import { codePattern, isReserved } from './formula.ts'

export const ConditionCode = z
  .string()
  .trim()
  .regex(codePattern, 'A code is made of letters, digits, “_”, “.” and “-”.')

export const Condition = z.object({ code: ConditionCode, test: Criterion })
export type Condition = z.infer<typeof Condition>

/** Codes that cannot be: words of the formula, and those that are there twice whatever their capitals. */
export function codeProblem(
  codes: readonly string[],
): { reason: 'reserved-code' | 'duplicate-code'; code: string } | undefined {
  const reserved = codes.find(isReserved)
  if (reserved !== undefined) return { reason: 'reserved-code', code: reserved }
  const folded = codes.map((code) => code.toLowerCase())
  const twice = codes.find((_, at) => folded.indexOf(folded[at] ?? '') !== at)
  return twice === undefined ? undefined : { reason: 'duplicate-code', code: twice }
}
