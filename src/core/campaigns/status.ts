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
