/** The people of organisations: every statement on party_contacts but a merge's. */
import { sql } from 'kysely'
import { Link, type PartyContact } from '#core/parties/contact.ts'
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

/** The links of one card: to its members, or to the organisations it belongs to. */
export async function linksOf(
  db: Database,
  id: number,
  to: 'members' | 'organisations',
): Promise<Link[]> {
  const [own, other] =
    to === 'members'
      ? [sql`organisation_id`, sql`person_id`]
      : [sql`person_id`, sql`organisation_id`]
  const { rows } = await sql<{ function: string; position: number; party: unknown }>`
    select function, position, jsonb_build_object('id', id, 'code', code, 'nature', nature,
      'lastName', last_name, 'firstName', first_name, 'company', company, 'city', city,
      'email', email, 'mobile', mobile, 'phone', phone, 'doNotContact', do_not_contact) as party
    from party_contacts join parties on parties.id = ${other}
    where ${own} = ${id} and deleted_at is null
    order by position, name_key, id limit 1000`.execute(db)
  return rows.map((row) => Link.parse(row))
}

export async function isAttached(
  db: Database,
  organisationId: number,
  personId: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('partyContacts')
    .select('personId')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

type Attachment = {
  organisationId: number
  personId: number
  function: string | undefined
  position: number | undefined
}

/** Adds the link, last unless a place is given, or changes what is given of one that is there. */
export async function attach(db: Database, link: Attachment): Promise<void> {
  const { organisationId, personId } = link
  const position = link.position ?? null
  const what = link.function ?? null
  await sql`
    insert into party_contacts (organisation_id, person_id, function, position)
    values (${organisationId}, ${personId}, coalesce(${what}, ''), coalesce(${position}::int,
      (select max(position) + 1 from party_contacts where organisation_id = ${organisationId}), 0))
    on conflict (organisation_id, person_id) do update set
      function = coalesce(${what}, party_contacts.function),
      position = coalesce(${position}::int, party_contacts.position)`.execute(db)
}

/** False when there was no such link. */
export async function detach(
  db: Database,
  organisationId: number,
  personId: number,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('partyContacts')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
