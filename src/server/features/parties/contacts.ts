/** Attaching people to organisations: members of an account customer, contacts of a company (X-S1). */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { isOrganisation, type Party } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import * as contacts from './contact-queries.ts'
import { addHistory, getParty, lockParties, notFound } from './service.ts'

export async function list(db: Database, id: number) {
  await getParty(db, id)
  return {
    members: await contacts.linksOf(db, id, 'members'),
    organisations: await contacts.linksOf(db, id, 'organisations'),
  }
}

type Attachment = {
  id: number
  personId: number
  function?: string | undefined
  position?: number | undefined
}

export async function attach(db: Database, wanted: Attachment, actor: Actor): Promise<void> {
  const { organisation, person } = await both(db, wanted)
  if (organisation.deletedAt !== null || person.deletedAt !== null) throw notFound()
  await check(db, organisation, person)
  const isNew = !(await contacts.isAttached(db, organisation.id, person.id))
  await contacts.attach(db, {
    organisationId: organisation.id,
    personId: person.id,
    function: wanted.function,
    position: wanted.position,
  })
  if (isNew) await tell(db, person.id, [null, organisation.code], actor)
}

export async function detach(
  db: Database,
  pair: { id: number; personId: number },
  actor: Actor,
): Promise<void> {
  const { organisation, person } = await both(db, pair)
  if (!(await contacts.detach(db, organisation.id, person.id)))
    throw new AppError('not-found', 'parties/not-attached', 'They are not attached to each other.')
  await tell(db, person.id, [organisation.code, null], actor)
}

async function both(db: Database, { id, personId }: { id: number; personId: number }) {
  await lockParties(db, [id, personId])
  return { organisation: await getParty(db, id), person: await getParty(db, personId) }
}

async function check(db: Database, organisation: Party, person: Party): Promise<void> {
  if (!isOrganisation(organisation))
    throw new AppError(
      'invalid',
      'parties/not-an-organisation',
      'Only companies and account customers have members.',
    )
  if (organisation.id === person.id || (await contacts.isAttached(db, person.id, organisation.id)))
    throw new AppError(
      'conflict',
      'parties/attached-in-a-circle',
      'A customer cannot be attached to itself or to its own member.',
    )
}

const tell = (
  db: Database,
  partyId: number,
  attachedTo: [string | null, string | null],
  actor: Actor,
) => addHistory(db, { partyId, reason: 'edit', changes: { attachedTo } }, actor)
