import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Instant } from '../kernel/values.ts'

export const getDemo = endpoint('GET', '/api/demo', {
  may: 'settings.manage',
  summary:
    'Whether the demo shop is in, since when, and how many customers its removal would delete',
  input: z.object({}),
  output: z.object({ filledAt: Instant.nullable(), customers: z.number().int().nonnegative() }),
})

export const removeDemo = endpoint('POST', '/api/demo/remove', {
  may: 'settings.manage',
  summary:
    'Remove the demo shop and all customers, sales, segments, mailings and imports with it; users and settings stay',
  /** The number of customers, as typed by who confirms. */
  input: z.object({ customers: z.number().int().nonnegative() }),
  output: Done,
})
