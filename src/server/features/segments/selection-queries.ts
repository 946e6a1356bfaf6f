/** Selections as SQL: their counters, their people, their freezing into targets. */
import { type RawBuilder, sql } from 'kysely'
import { assertNever } from '#core/kernel/assert-never.ts'
import type { CriteriaGroup } from '#core/segments/criteria.ts'
import type { Selection, Source } from '#core/segments/selection.ts'
import type { Alike } from '#core/segments/tally.ts'
import type { Database } from '#platform/db/database.ts'
import { type Compilation, compile, mailingSet } from './criteria-queries.ts'
import { and, type Condition, or, plan, type Sql } from './plan-queries.ts'

function sourceCondition(source: Source, on: Compilation): Condition {
  switch (source.kind) {
    case 'criteria':
      return compile(source.criteria.root, on)
    case 'segment':
      return compile({ kind: 'segment', segmentId: source.segmentId, is: true }, on)
    case 'tag':
      return compile({ kind: 'tag', op: 'any', ids: [source.tagId] }, on)
    case 'list':
      return compile({ kind: 'list', op: 'any', ids: [source.listId] }, on)
    case 'people':
      return { is: 'test', sql: sql`p.id = any (${source.partyIds}::bigint[])` }
    case 'mailing':
      return { is: 'set', sql: mailingSet(source.campaignId, source.who) }
    default:
      return assertNever(source)
  }
}

/** The operations one after the other, over the tests of their sources. */
function inSelection({ start, operations }: Selection, named: Sql[]): Sql {
  return (
    operations.reduce<Sql | undefined>(
      (before, { kind }, at) => {
        const own = named[at] ?? sql`false`
        if (kind === 'add') return before === undefined ? own : or([before, own])
        return before === undefined ? sql`false` : and([before, sql`not ${own}`])
      },
      start === 'everybody' ? sql`true` : undefined,
    ) ?? sql`false`
  )
}

function planOf(selection: Selection, on: Compilation) {
  const { joins, tests } = plan(
    selection.operations.map(({ source }) => sourceCondition(source, on)),
  )
  return { joins, named: tests, chosen: inSelection(selection, tests) }
}

/**
 * How many people answer the operations in each way. Whom no source names are counted as the rest of all,
 * so that the sources drive the query and the whole file is read from the narrow counters index alone.
 */
export async function countAlike(
  db: Database,
  selection: Selection,
  on: Compilation,
): Promise<Alike[]> {
  const [all, named] = await Promise.all([
    countAll(db, selection.start === 'everybody'),
    countNamed(db, selection, on),
  ])
  const rest = all.map((group) => {
    const same = named.filter((each) => selection.start === 'nobody' || sameFlags(each, group))
    return { ...group, people: same.reduce((left, { people }) => left - people, group.people) }
  })
  return [...named, ...rest]
}

const sameFlags = (a: Alike, b: Alike) =>
  a.hasEmail === b.hasEmail && a.hasMobile === b.hasMobile && a.doNotContact === b.doNotContact

async function countAll(db: Database, byFlags: boolean): Promise<Alike[]> {
  const query = byFlags
    ? sql<Alike>`select 0 as sources, has_email, has_mobile, do_not_contact, count(*) as people
        from parties where deleted_at is null group by has_email, has_mobile, do_not_contact`
    : sql<Alike>`select 0 as sources, false as has_email, false as has_mobile, false as do_not_contact,
        coalesce(sum(delta), 0)::bigint as people from party_tallies`
  return (await query.execute(db)).rows
}

async function countNamed(db: Database, selection: Selection, on: Compilation): Promise<Alike[]> {
  if (selection.operations.length === 0) return []
  const { joins, named } = planOf(selection, on)
  // A float holds the bits of 50 operations exactly.
  const bits = named.map((test, at) => sql`(${test})::int * ${2 ** at}::float8`)
  const sources = named.length === 1 ? sql`1` : sql`(${sql.join(bits, sql` + `)})`
  const { rows } = await sql<Alike>`
    select ${sources} as sources, p.has_email, p.has_mobile, p.do_not_contact, count(*) as people
    from parties as p ${joins}
    where p.deleted_at is null and ${or(named)}
    group by 1, 2, 3, 4`.execute(db)
  return rows
}

/** How many people each beginning of a group leaves: its first criterion, its first two, and so on to the whole. */
export async function countStages(
  db: Database,
  { join, not, of }: CriteriaGroup,
  on: Compilation,
): Promise<number[]> {
  const { joins, tests } = plan(of.map((node) => compile(node, on)))
  const stages = tests.map((_, at) => {
    const so = tests.slice(0, at + 1)
    const stage = join === 'all' ? and(so) : or(so)
    return not ? sql`not ${stage}` : stage
  })
  const counts = stages.map((stage) => sql`count(*) filter (where ${stage})`)
  const { rows } = await sql<{ left: number[] }>`
    select json_build_array(${sql.join(counts)}) as left
    from parties as p ${joins}
    where p.deleted_at is null and ${or(stages)}`.execute(db)
  return rows[0]?.left ?? []
}

/** A query of one column `id`: everyone selected. */
export function selectedIds(selection: Selection, on: Compilation): RawBuilder<{ id: number }> {
  const { joins, chosen } = planOf(selection, on)
  return sql`select p.id from parties as p ${joins}
    where p.deleted_at is null and ${chosen} and ${contactable(selection)}`
}

/** The same people as a condition on a query from `parties`. */
export const isIn = (ids: RawBuilder<{ id: number }>): RawBuilder<unknown> =>
  sql`parties.id in (${ids})`

const contactable = ({ excludeDoNotContact }: Selection) =>
  excludeDoNotContact ? sql`not p.do_not_contact` : sql`true`

export type Freezing = { stepId: number; controlPercent: number }
export type Frozen = { people: number; control: number; excluded: number }

/** Writes the targets in one statement; who is one already stays as he is. */
export async function freeze(
  db: Database,
  selection: Selection,
  on: Compilation,
  { stepId, controlPercent }: Freezing,
): Promise<Frozen> {
  const { joins, chosen } = planOf(selection, on)
  const { rows } = await sql<Frozen>`
    with chosen as (
      select p.id, case when ${contactable(selection)} then null else 'do-not-contact' end as reason
      from parties as p ${joins} where p.deleted_at is null and ${chosen}
    ), ranked as (
      -- By a hash of person and step: the same draw whenever it is repeated, another one in each mailing.
      select id, reason, row_number() over (
          partition by reason is null order by hashint8extended(id, ${stepId}::bigint), id) as place,
        count(*) over (partition by reason is null) as places
      from chosen
    ), written as (
      insert into targets (step_id, party_id, is_control, excluded_reason)
      select ${stepId}::bigint, id,
        reason is null and place <= floor(places * ${controlPercent}::numeric / 100), reason
      from ranked
      on conflict (step_id, party_id) do nothing
      returning is_control, excluded_reason
    )
    select count(*) as people, count(*) filter (where is_control) as control,
      count(*) filter (where excluded_reason is not null) as excluded
    from written`.execute(db)
  return rows[0] ?? { people: 0, control: 0, excluded: 0 }
}
