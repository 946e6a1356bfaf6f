/** Files on a card: contracts, photos, anything that belongs to the customer and to no one activity. */
import { z } from 'zod'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant } from '../kernel/values.ts'

export const PartyFile = z.object({
  id: z.uuid(),
  name: z.string(),
  size: z.number().int(),
  authorName: z.string(),
  at: Instant,
})
export type PartyFile = z.infer<typeof PartyFile>

/** Bytes of one file at most, and files of one card. */
export const largestPartyFile = 25 * 2 ** 20
export const mostPartyFiles = 200

export const listPartyFiles = endpoint('GET', '/api/parties/:id/files', {
  may: 'customers.view',
  summary: 'The files on a customer, latest first',
  input: z.object({ id: Id }),
  output: z.array(PartyFile),
})

export const attachPartyFile = endpoint('POST', '/api/parties/:id/files', {
  may: 'customers.write',
  summary: 'Attach a file to a customer; the body is its bytes',
  input: z.object({ id: Id, name: z.string().trim().min(1).max(200) }),
  output: z.array(PartyFile),
})

export const downloadPartyFile = endpoint('GET', '/api/parties/:id/files/:fileId', {
  may: 'customers.view',
  summary: 'A file on a customer',
  input: z.object({ id: Id, fileId: z.uuid() }),
  output: Bytes,
})

export const detachPartyFile = endpoint('DELETE', '/api/parties/:id/files/:fileId', {
  may: 'customers.write',
  summary: 'Remove a file of a customer',
  input: z.object({ id: Id, fileId: z.uuid() }),
  output: Done,
})
