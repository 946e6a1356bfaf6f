import { CallError } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'

/** The text of a refusal, and the field it is about. */
export function useCardProblem(error: Error | null) {
  const problemText = useProblemText()
  if (!error) return { text: undefined, fields: {} }
  const text = problemText(error)
  const field = error instanceof CallError ? error.problem.details.field : undefined
  return { text, fields: field ? { [String(field)]: text } : {} }
}
