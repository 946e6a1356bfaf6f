import { z } from 'zod'
import { Id, Instant } from '../kernel/values.ts'
import { PersonName, RightName } from './user.ts'

/** A program may do much, but never decide who may do what: a leaked token cannot make itself permanent. */
export const TokenRight = RightName.exclude(['access.manage'])

export const TokenView = z.object({
  id: Id,
  name: z.string(),
  userId: z.string(),
  userName: z.string(),
  rights: z.array(RightName),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
})
export type TokenView = z.infer<typeof TokenView>

export const TokenDraft = z.object({
  name: PersonName,
  rights: z.array(TokenRight).min(1),
  /** Days until it ends; null for a token that ends only when it is revoked. */
  days: z.number().int().min(1).max(3_650).nullable(),
})
export type TokenDraft = z.infer<typeof TokenDraft>
