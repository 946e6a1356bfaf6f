/** Who belongs to whom: the members of an account customer, the contacts of an organisation. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import { Party } from './party.ts'

/** What somebody is to an organisation; the lowest position is the main contact. */
export const PartyContact = z.object({
  organisationId: Id,
  personId: Id,
  function: z.string(),
  position: z.number().int(),
})
export type PartyContact = z.infer<typeof PartyContact>

/** The card at the other end of a link, as a line of a list shows it. */
export const Link = PartyContact.pick({ function: true, position: true }).extend({
  party: Party.pick({
    id: true,
    code: true,
    nature: true,
    lastName: true,
    firstName: true,
    company: true,
    city: true,
    email: true,
    mobile: true,
    phone: true,
    doNotContact: true,
  }),
})
export type Link = z.infer<typeof Link>
