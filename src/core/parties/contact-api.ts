/** The people of an organisation: members of an account customer, contacts with a function. */
import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { Link } from './contact.ts'

export const listContacts = endpoint('GET', '/api/parties/:id/contacts', {
  may: 'customers.view',
  summary: 'Who is attached to this customer, and to which organisations it is attached',
  input: z.object({ id: Id }),
  output: z.object({ members: z.array(Link), organisations: z.array(Link) }),
})

export const attachContact = endpoint('PUT', '/api/parties/:id/contacts/:personId', {
  may: 'customers.write',
  summary: 'Attach somebody to an organisation, or change their function and place there',
  input: z.object({
    id: Id,
    personId: Id,
    function: z.string().trim().max(120).optional(),
    /** The lowest is the main contact; a new one comes last. */
    position: z.number().int().min(-1_000_000).max(1_000_000).optional(),
  }),
  output: Done,
})

export const detachContact = endpoint('DELETE', '/api/parties/:id/contacts/:personId', {
  may: 'customers.write',
  summary: 'Detach somebody from an organisation; both cards stay',
  input: z.object({ id: Id, personId: Id }),
  output: Done,
})
