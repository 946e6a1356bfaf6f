import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { Relay, RelayDraft } from './relay.ts'

export const listRelays = endpoint('GET', '/api/relays', {
  may: 'settings.manage',
  summary: 'Where messages leave; never a password',
  input: z.object({}),
  output: z.array(Relay),
})

export const createRelay = endpoint('POST', '/api/relays', {
  may: 'settings.manage',
  summary: 'Add an SMTP relay or an SMS gateway',
  input: RelayDraft,
  output: Relay,
})

export const updateRelay = endpoint('PUT', '/api/relays/:id', {
  may: 'settings.manage',
  summary: 'Change a relay; secrets that are not given stay',
  input: RelayDraft.extend({ id: Id }),
  output: Relay,
})

export const deleteRelay = endpoint('DELETE', '/api/relays/:id', {
  may: 'settings.manage',
  summary: 'Remove a relay',
  input: z.object({ id: Id }),
  output: Done,
})

export const testRelay = endpoint('POST', '/api/relays/test', {
  may: 'settings.manage',
  summary: 'Try a relay as it is filled in, step by step, and send one message when `to` is given',
  input: RelayDraft.extend({
    /** An existing relay whose stored secrets are used where none is given. */
    id: Id.nullish(),
    to: z.string().max(320).default(''),
  }),
  output: z.object({
    ok: z.boolean(),
    steps: z.array(
      z.object({
        /** `steps.<name>` of the catalogue `delivery`. */
        name: z.string(),
        ok: z.boolean(),
        /** What the other side said, word for word. */
        detail: z.string(),
      }),
    ),
  }),
  asks: true,
})
