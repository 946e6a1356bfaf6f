/** Who goes from one step to another, as one statement. */
import { type RawBuilder, sql } from 'kysely'
import type { Distribution } from '#core/operations/step.ts'
import type { Formula } from '#core/routing/formula.ts'
import type { Database } from '#platform/db/database.ts'

type Sql = RawBuilder<unknown>

/** With these a person goes on; a step without conditions takes only who is at the first one (D-122). */
const onward = ['ok-continue', 'not-done-continue']

/** Conditions compiled: joins after `from parties as p`, and a test for each code. */
export type Guard = { formula: Formula; joins: Sql; tests: ReadonlyMap<string, Sql> }

/**
 * A query of (party_id, organisation_id): those of the origin who may go on. `guard` is null for a step without
 * conditions, which takes only who is at “ok, go on” (D-122). With `withOrganisations` a contact meets a
 * condition also by what holds for the organisation he stands for.
 */
export function candidatesOf(
  fromStepId: number,
  { guard, withOrganisations }: { guard: Guard | null; withOrganisations: boolean },
): Sql {
  const meanings = guard ? onward : onward.slice(0, 1)
  const going = sql`t.step_id = ${fromStepId} and t.is_linked and not t.is_control and t.excluded_reason is null
    and not t.via_contacts and t.status = any(array(
      select code from entity_states where entity = 'target' and meaning = any(${meanings}::text[])))`
  if (!guard) {
    return sql`select t.party_id, t.organisation_id from targets as t
      join parties as p on p.id = t.party_id and p.deleted_at is null where ${going}`
  }
  const { formula, joins, tests } = guard
  if (!withOrganisations) {
    return sql`select t.party_id, t.organisation_id from targets as t
      join parties as p on p.id = t.party_id and p.deleted_at is null ${joins}
      where ${going} and ${formulaSql(formula, (code) => tests.get(code) ?? sql`false`)}`
  }
  const codes = [...tests.keys()]
  const held = codes.map((code, at) => sql`bool_or(${tests.get(code)}) as ${nameOf(at)}`)
  return sql`select asked.party_id, asked.organisation_id from (
      select t.party_id, t.organisation_id, ${sql.join(held)} from targets as t
        join parties as own on own.id = t.party_id and own.deleted_at is null
        cross join lateral (values (t.party_id), (t.organisation_id)) as who (id)
        join parties as p on p.id = who.id ${joins}
      where ${going} group by t.party_id, t.organisation_id
    ) as asked where ${formulaSql(formula, (code) => nameOf(codes.indexOf(code)))}`
}

export const onePerson = (person: { partyId: number; organisationId: number | null }): Sql =>
  sql`select ${person.partyId}::bigint as party_id, ${person.organisationId}::bigint as organisation_id`

const nameOf = (at: number): Sql => sql.ref(`c${at}`)

function formulaSql(formula: Formula, testOf: (code: string) => Sql): Sql {
  switch (formula.kind) {
    case 'code':
      return testOf(formula.code)
    case 'not':
      return sql`(not ${formulaSql(formula.of, testOf)})`
    default: {
      if (formula.of.length === 0) return formula.kind === 'all' ? sql`true` : sql`false`
      const parts = formula.of.map((part) => formulaSql(part, testOf))
      return sql`(${sql.join(parts, formula.kind === 'all' ? sql` and ` : sql` or `)})`
    }
  }
}

/** Whether people of the step are reached for their organisation. */
export async function hasContacts(db: Database, stepId: number): Promise<boolean> {
  const { rows } = await sql`select from targets
    where step_id = ${stepId} and organisation_id is not null limit 1`.execute(db)
  return rows.length > 0
}

export type Destination = {
  id: number
  fromStepId: number
  label: string
  distribution: Distribution
  delayMinutes: number
}

const destination = sql`select s.id, s.origin_id as from_step_id, s.label, s.distribution, s.delay_minutes
  from steps s join campaigns c on c.id = s.campaign_id
  where s.is_final and s.origin_id is not null and c.form = 'operation' and c.deleted_at is null`

/** The steps that take their people from this one, and with `itself` this one, too, when it has an origin. */
export async function destinations(
  db: Database,
  stepId: number,
  { itself = false } = {},
): Promise<Destination[]> {
  const own = itself ? sql`or s.id = ${stepId}` : sql``
  const { rows } = await sql<Destination>`${destination} and (s.origin_id = ${stepId} ${own})
    order by s.id <> ${stepId}, s.position, s.id`.execute(db)
  return rows
}

/** Steps that fill by themselves, of operations under way; with `fromStepId` only those that it feeds after a launch. */
export async function automatic(db: Database, fromStepId?: number): Promise<Destination[]> {
  const which =
    fromStepId === undefined
      ? sql`s.distribution <> 'by-hand'`
      : sql`s.distribution = 'after-launch' and s.origin_id = ${fromStepId}`
  const { rows } = await sql<Destination>`${destination}
    and ${which} and c.state <> 'finished' and not c.is_template order by s.id`.execute(db)
  return rows
}

/** People to be looked at for these destinations, from the tallies: at once, whatever their number. */
export async function countGoing(db: Database, into: readonly Destination[]): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select coalesce(sum(t.delta), 0)::bigint as people
    from unnest(${into.map(({ fromStepId }) => fromStepId)}::bigint[]) as origin (id)
      join target_tallies t on t.step_id = origin.id
      join entity_states s on s.entity = 'target' and s.code = t.status and s.meaning = any(${onward}::text[])`.execute(
    db,
  )
  return rows[0]?.people ?? 0
}

/** How many a distribution has brought into each step already. */
export async function broughtBy(
  db: Database,
  batch: number,
  stepIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ stepId: number; people: number }>`
    select step_id, count(*) as people from targets
    where step_id = any(${stepIds}::bigint[]) and batch = ${batch} and not via_contacts group by 1`.execute(
    db,
  )
  return new Map(rows.map(({ stepId, people }) => [stepId, people]))
}
