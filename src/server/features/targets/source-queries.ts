/** Who is proposed for a step, by each way of choosing; and the selections that a step keeps. */
import { type RawBuilder, sql } from 'kysely'
import type { RefreshPerson, RefreshSide } from '#core/targets/api.ts'
import { SelectionSource, type StepSource } from '#core/targets/source.ts'
import type { Database } from '#platform/db/database.ts'
import { type Candidates, judged } from './admit-queries.ts'
import { isThere } from './list-queries.ts'
import { neverReached, removeEmptied } from './people-queries.ts'

type Ids = RawBuilder<{ id: number }>

/** Parties as themselves; or contacts, chosen by their own card or by their organisation's. */
export function bySelection(ids: Ids, { who, functions }: SelectionSource): Candidates {
  if (who === 'parties')
    return sql`select id as party_id, null::bigint as organisation_id from (${ids}) as chosen`
  const fits = functions.length === 0 ? sql`true` : sql`pc.function = any(${functions}::text[])`
  return sql`
    with chosen as materialized (${ids})
    select pc.person_id as party_id, pc.organisation_id from chosen
      join party_contacts pc on pc.organisation_id = chosen.id where ${fits}
    union
    select pc.person_id, pc.organisation_id from chosen
      join party_contacts pc on pc.person_id = chosen.id where ${fits}`
}

/** People of another step, literally: contacts for the same organisation as there. */
export function byStep({ stepId, onlyProcessed, statuses }: StepSource): Candidates {
  return sql`select t.party_id, t.organisation_id from targets t
      join entity_states s on s.entity = 'target' and s.code = t.status
    where t.step_id = ${stepId} and t.is_linked and not t.via_contacts and not t.is_control
      and t.excluded_reason is null
      ${onlyProcessed ? sql`and s.meaning in ('ok-continue', 'not-done-continue')` : sql``}
      ${statuses.length > 0 ? sql`and t.status = any(${statuses}::text[])` : sql``}`
}

export const together = (all: readonly Candidates[]): Candidates =>
  sql`${sql.join(
    all.map((one) => sql`select party_id, organisation_id from (${one}) as one`),
    sql` union `,
  )}`

/** Of all the functions that contacts have, those asked for first; each with how many have it. */
export async function functions(db: Database): Promise<{ label: string; people: number }[]> {
  const rows = await db
    .selectFrom('partyContacts')
    .where('function', '<>', '')
    .groupBy('function')
    .orderBy('function')
    .limit(500)
    .select(['function as label', (eb) => eb.fn.countAll<number>().as('people')])
    .execute()
  return rows
}

export async function selectionsOf(db: Database, stepId: number) {
  const rows = await db
    .selectFrom('stepSelections')
    .where('stepId', '=', stepId)
    .orderBy('id')
    .select(['id', 'source', 'batches', 'addedAt', 'addedBy', 'refreshedAt'])
    .execute()
  return rows.map(({ batches, ...row }) => ({
    ...row,
    batch: batches.at(-1) ?? 1,
    source: SelectionSource.parse(row.source),
  }))
}

/** The people whom it brought stay. False when it is not there. */
export async function dropSelection(db: Database, stepId: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('stepSelections')
    .where('stepId', '=', stepId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** When the same selection was added to the step before. */
export async function addedBefore(
  db: Database,
  stepId: number,
  source: SelectionSource,
): Promise<string | undefined> {
  const { rows } = await sql<{ addedAt: string }>`select added_at from step_selections
    where step_id = ${stepId} and digest = md5(${JSON.stringify(source)}::jsonb::text)`.execute(db)
  return rows[0]?.addedAt
}

type Keeping = { source: SelectionSource; batch: number; now: Date; by: string }

/** False when it is there already. */
export async function keep(
  db: Database,
  stepId: number,
  { source, batch, now, by }: Keeping,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('stepSelections')
    .values({ stepId, source: JSON.stringify(source), batches: [batch], addedAt: now, addedBy: by })
    .onConflict((conflict) => conflict.columns(['stepId', 'digest']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** `batch`: the addition that the refresh made. */
export async function markRefreshed(
  db: Database,
  stepId: number,
  { now, batch }: { now: Date; batch: number | null },
): Promise<void> {
  await sql`update step_selections set refreshed_at = ${now},
    batches = case when ${batch}::bigint is null then batches else batches || ${batch}::bigint end
    where step_id = ${stepId}`.execute(db)
}

/**
 * Where a refresh puts people: those who would enter; those whom only selections brought in and who no longer meet
 * any of them, to leave when never reached and to stay otherwise. People added in other ways are not concerned.
 */
const sides = (candidates: Candidates, stepId: number) => sql`
  with now_meant as materialized (${judged(candidates, stepId)}), gone as (
    select t.party_id, ${neverReached} as may_leave from targets t
    where t.step_id = ${stepId} and not t.via_contacts and t.origin_step_id is null
      and t.batch in (select unnest(batches) from step_selections where step_id = ${stepId}) and ${isThere}
      and t.party_id not in (select party_id from now_meant)
  )
  select party_id, 'enter' as side from now_meant where reason is null and not via_contacts
  union all select party_id, case when may_leave then 'leave' else 'stay' end from gone`

export async function countSides(
  db: Database,
  candidates: Candidates,
  stepId: number,
): Promise<Record<RefreshSide, number>> {
  const { rows } = await sql<{ side: RefreshSide; people: number }>`
    select side, count(*) as people from (${sides(candidates, stepId)}) as each group by 1`.execute(
    db,
  )
  const counts = { enter: 0, leave: 0, stay: 0 }
  for (const { side, people } of rows) counts[side] = people
  return counts
}

export async function listSide(
  db: Database,
  candidates: Candidates,
  {
    stepId,
    side,
    offset,
    limit,
  }: { stepId: number; side: RefreshSide; offset: number; limit: number },
): Promise<RefreshPerson[]> {
  const { rows } = await sql<RefreshPerson>`
    select p.id as party_id, p.code, p.last_name, p.first_name, p.company, p.nature, p.city
    from (${sides(candidates, stepId)}) as each join parties p on p.id = each.party_id
    where each.side = ${side} order by p.code_key, p.id offset ${offset} limit ${limit}`.execute(db)
  return rows
}

/** Takes out those who left and were never reached; their organisations with the last of their contacts. */
export async function leave(db: Database, candidates: Candidates, stepId: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from targets where step_id = ${stepId} and party_id in (
      select party_id from (${sides(candidates, stepId)}) as each where side = 'leave')`.execute(db)
  await removeEmptied(db, stepId)
  return Number(numAffectedRows ?? 0n)
}
