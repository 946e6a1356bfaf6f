/** Where a target stands in a step, and what that means for what comes next. */
import { z } from 'zod'

export const StatusMeaning = z.enum([
  'to-do',
  'ok-continue',
  'not-done-continue',
  'ok-stop',
  'not-done-stop',
])
export type StatusMeaning = z.infer<typeof StatusMeaning>

/** The code of a status: one of the meanings, or a word of the house that stands for one of them. */
export const StatusCode = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
export type StatusCode = z.infer<typeof StatusCode>

/** “Only processed third parties” (D-93): those who go on, reached or not. */
export const isProcessed = (meaning: StatusMeaning): boolean =>
  meaning === 'ok-continue' || meaning === 'not-done-continue'

/** Nobody has anything left to do for this target. */
export const isSettled = (meaning: StatusMeaning): boolean => meaning !== 'to-do'
