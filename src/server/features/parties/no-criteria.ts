import { AppError } from '#core/kernel/app-error.ts'
import type { CriteriaCondition } from './list-queries.ts'

/** For an installation without segments: criteria are refused, never ignored. */
export const noCriteria: CriteriaCondition = async () => {
  throw new AppError('invalid', 'parties/no-criteria', 'Criteria are not understood here.')
}
