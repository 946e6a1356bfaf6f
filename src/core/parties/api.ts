import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant } from '../kernel/values.ts'
import { Changes } from './change.ts'
import { ConsentChange, ConsentEvent, isKnownPurpose } from './consent.ts'
import { Party, PartyDraft } from './party.ts'

export const getParty = endpoint('GET', '/api/parties/:id', {
  may: 'customers.view',
  summary: 'One customer card',
  input: z.object({ id: Id }),
  output: Party,
})

export const findPartyByCode = endpoint('GET', '/api/parties-by-code/:code', {
  may: 'customers.view',
  summary: 'The card with this code; of a merged card, the one it was merged into',
  input: z.object({ code: z.string().max(60) }),
  output: Party,
})

export const findPartiesByCard = endpoint('GET', '/api/parties-by-card/:number', {
  may: 'customers.view',
  summary: 'Whose card this is; of a merged card, the one it was merged into',
  input: z.object({ number: z.string().trim().min(1).max(60) }),
  output: z.object({ ids: z.array(Id) }),
})

export const createParty = endpoint('POST', '/api/parties', {
  may: 'customers.create',
  summary: 'Create a customer; missing fields come from the defaults',
  input: PartyDraft,
  output: Party,
})

export const updateParty = endpoint('PUT', '/api/parties/:id', {
  may: 'customers.write',
  summary:
    'Save the changed fields; 409 names the fields that somebody else changed meanwhile. Another card type resets the card’s figures, which `resetsCard` confirms',
  input: z.object({ id: Id, changes: Changes, resetsCard: z.boolean().default(false) }),
  output: z.object({ party: Party, changeId: Id.nullable() }),
})

export const undoPartyChange = endpoint('POST', '/api/parties/:id/undo', {
  may: 'customers.write',
  summary: 'Take one save back, unless a field has been changed again since',
  input: z.object({ id: Id, changeId: Id }),
  output: Party,
})

export const deleteParty = endpoint('DELETE', '/api/parties/:id', {
  may: 'customers.write',
  summary: 'Delete a customer; can be restored for 30 days',
  input: z.object({ id: Id }),
  output: Done,
})

export const restoreParty = endpoint('POST', '/api/parties/:id/restore', {
  may: 'customers.write',
  summary: 'Bring a deleted customer back',
  input: z.object({ id: Id }),
  output: Party,
})

export const tagParty = endpoint('POST', '/api/parties/:id/tags', {
  may: 'customers.write',
  summary: 'Add and remove tags of one customer',
  input: z.object({
    id: Id,
    add: z.array(Id).max(50).default([]),
    remove: z.array(Id).max(50).default([]),
  }),
  output: Party,
})

export const PartyNote = z.object({
  id: Id,
  text: z.string(),
  authorName: z.string(),
  at: Instant,
})

export const listNotes = endpoint('GET', '/api/parties/:id/notes', {
  may: 'customers.view',
  summary: 'The notes on a customer, latest first',
  input: z.object({ id: Id }),
  output: z.array(PartyNote),
})

export const addNote = endpoint('POST', '/api/parties/:id/notes', {
  may: 'customers.write',
  summary: 'Add a note',
  input: z.object({ id: Id, text: z.string().trim().min(1).max(5_000) }),
  output: PartyNote,
})

export const deleteNote = endpoint('DELETE', '/api/parties/:id/notes/:noteId', {
  may: 'customers.write',
  summary: 'Delete a note',
  input: z.object({ id: Id, noteId: Id }),
  output: Done,
})

export const listConsents = endpoint('GET', '/api/parties/:id/consents', {
  may: 'customers.view',
  summary: 'The consent ledger of a customer, latest first',
  input: z.object({ id: Id }),
  output: z.array(ConsentEvent),
})

export const changeConsent = endpoint('POST', '/api/parties/:id/consents', {
  may: 'customers.write',
  summary: 'Write a consent or withdrawal that the customer told the staff',
  input: ConsentChange.extend({
    id: Id,
    note: z.string().trim().max(500).default(''),
  }).refine(isKnownPurpose, 'only openings of e-mails are measured'),
  output: Party,
})
