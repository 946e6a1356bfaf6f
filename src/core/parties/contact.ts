/** Who belongs to whom: the members of an account customer, the contacts of an organisation. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'

/** What somebody is to an organisation; the lowest position is the main contact. */
export const PartyContact = z.object({
  organisationId: Id,
  personId: Id,
  function: z.string(),
  position: z.number().int(),
})
export type PartyContact = z.infer<typeof PartyContact>
