import { z } from 'zod'

/** A row number: a positive integer that survives JSON, taken from a path as text too. */
export const Id = z.coerce.number().int().positive()

/** An instant as an ISO 8601 string in UTC; what the database gives for timestamptz. */
export const Instant = z.iso.datetime()

/** A calendar day, `2026-11-22`. */
export const Day = z.iso.date()

/** ISO 4217, upper case. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)

export const Locale = z.enum(['fr', 'en'])
export type Locale = z.infer<typeof Locale>

/** A slice of a long list: rows `offset` to `offset + limit`. */
export const Slice = z.object({
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().positive().max(500).default(100),
})
