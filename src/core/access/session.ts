import { z } from 'zod'
import { Instant } from '../kernel/values.ts'

/** One browser in which the person is signed in. */
export const SessionView = z.object({
  id: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  address: z.string().nullable(),
  browser: z.string().nullable(),
  current: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>

/** What a one-time link opens. */
export const LinkPurpose = z.enum(['first-run', 'invitation', 'reset', 'sign-in'])
export type LinkPurpose = z.infer<typeof LinkPurpose>

/** A link as shown once to the administrator who made it, to hand on. */
export const IssuedLink = z.object({ url: z.string(), expiresAt: Instant })
export type IssuedLink = z.infer<typeof IssuedLink>
