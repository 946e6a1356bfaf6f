/** The people of organisations: every statement on party_contacts but a merge's. */
import { sql } from 'kysely'
import type { PartyContact } from '#core/parties/contact.ts'
import type { Database } from '#platform/db/database.ts'

/** The living contacts of these organisations, each organisation's in their order. */
export async function ofOrganisations(
  db: Database,
  organisationIds: readonly number[],
): Promise<PartyContact[]> {
  const { rows } = await sql<PartyContact>`
    select organisation_id, person_id, function, position
    from party_contacts join parties on parties.id = person_id
    where organisation_id = any(${organisationIds}::bigint[]) and deleted_at is null
    order by organisation_id, position, name_key, person_id`.execute(db)
  return rows
}
