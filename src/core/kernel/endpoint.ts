import { z } from 'zod'
import type { Right } from './right.ts'

/**
 * Who may call: the holders of a right, whoever is signed in, or anyone at all. `in-person` is a
 * signed-in person in their browser: an API token acts for its owner, but never on their account.
 */
type Door = Right | 'signed-in' | 'in-person' | 'anyone'

export const isRight = (door: Door): door is Right =>
  door !== 'signed-in' && door !== 'in-person' && door !== 'anyone'

/** One HTTP operation, described once in core; the server implements it and the web app calls it. */
export type Endpoint<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Hono's form: `/api/parties/:id`. Path and query parameters are part of the input. */
  readonly path: `/api/${string}`
  readonly may: Door
  readonly summary: string
  readonly input: In
  readonly output: Out
  /** A question asked by POST because it is too large for an address: runs without a transaction. */
  readonly asks: boolean
}

type Description<In extends z.ZodType, Out extends z.ZodType> = {
  may: Door
  summary: string
  input: In
  output: Out
  asks?: boolean
}

export function endpoint<In extends z.ZodType, Out extends z.ZodType>(
  method: Endpoint['method'],
  path: Endpoint['path'],
  description: Description<In, Out>,
): Endpoint<In, Out> {
  return { method, path, asks: method === 'GET', ...description }
}

/** The output of an endpoint that has nothing to say but success. */
export const Done = z.object({ ok: z.literal(true) })
export const done = { ok: true } as const

/** The output of an endpoint that answers with bytes; `file` in the server binds it. */
export const Bytes = z.any().meta({ description: 'A file' })
