/** The one statement by which people become targets of an operation's step (D-98 to D-100). */
import { type RawBuilder, sql } from 'kysely'
import type { Proposal } from '#core/targets/source.ts'
import type { Database } from '#platform/db/database.ts'

/** A query of (party_id, organisation_id): who is proposed; organisation_id for a contact that stands for one. */
export type Candidates = RawBuilder<unknown>

export type Admission = {
  stepId: number
  now: Date
  /** The step they come from. */
  originStepId?: number | null
  /** Groups the additions of one action, so that the newest can be shown selected. */
  batch?: number
  /** The candidates are cards in use, each once, none of them for an organisation: far less to look at. */
  plain?: boolean
}

export type Admitted = { added: number }

/**
 * The common tables `step` and `wanted` (party_id, organisation_id, via_contacts): everyone whom the proposal means.
 * A step for contacts takes the contacts proposed, those of the organisations proposed who have one of its
 * functions, and the organisations themselves as reached through them; an individual is his own contact. A step for
 * parties takes organisations for their contacts.
 */
const meant = (candidates: Candidates, stepId: number) => sql`
    step as (
      select s.id, s.campaign_id, s.audience, s.contact_functions, s.skips_contacted, s.origin_id,
        s.delay_minutes, c.kinds
      from steps s join campaigns c on c.id = s.campaign_id where s.id = ${stepId}
    ), above as (
      select id, origin_id from step
      union select s.id, s.origin_id from steps s join above on s.id = above.origin_id
    ), candidate as (
      select * from (${candidates}) as proposed
    ), wanted as (
      -- Parties themselves, or individuals who are their own contact.
      select c.party_id, null::bigint as organisation_id, false as via_contacts
        from candidate c cross join step
        where c.organisation_id is null and (step.audience = 'parties' or not exists (
          select from party_contacts pc where pc.organisation_id = c.party_id))
      union all
      -- Contacts that were proposed, and those of an organisation that was proposed without any.
      select c.party_id, c.organisation_id, false from candidate c cross join step
        where c.organisation_id is not null and step.audience = 'contacts'
      union all
      select pc.person_id, pc.organisation_id, false
        from candidate c cross join step join party_contacts pc on pc.organisation_id = c.party_id
        where c.organisation_id is null and step.audience = 'contacts'
          and (step.contact_functions = '{}' or pc.function = any(step.contact_functions))
          and not exists (select from candidate other where other.organisation_id = c.party_id)
      union all
      -- The organisations of those contacts.
      select coalesce(c.organisation_id, c.party_id), null, step.audience = 'contacts'
        from candidate c cross join step
        where c.organisation_id is not null or (step.audience = 'contacts' and exists (
          select from party_contacts pc where pc.organisation_id = c.party_id
            and (step.contact_functions = '{}' or pc.function = any(step.contact_functions))))
    )`

const isRightKind = sql`(step.kinds = '{}' or coalesce(o.kind, p.kind) = any(step.kinds))`

/** People who were in another step of the campaign; steps that this one descends from do not count. */
const wasContacted = sql`(step.skips_contacted and exists (
  select from targets t join steps s on s.id = t.step_id
  where t.party_id = w.party_id and s.campaign_id = step.campaign_id and s.id not in (select id from above)))`

/** Adds who is not there yet and of a kind that the operation targets; others stay out, as `judged` tells. */
export async function admit(
  db: Database,
  candidates: Candidates,
  admission: Admission,
): Promise<Admitted> {
  const { stepId, now, originStepId = null, batch, plain } = admission
  const into = plain ? await findPlain(db, stepId) : undefined
  if (into) return admitPlainly(db, candidates, { ...admission, into })
  const { rows } = await sql<Admitted>`
    with recursive ${meant(candidates, stepId)}, fit as (
      select distinct on (w.party_id) w.party_id, w.organisation_id, w.via_contacts
      from wanted w cross join step
        join parties p on p.id = w.party_id and p.deleted_at is null
        left join parties o on o.id = w.organisation_id
      where ${isRightKind} and not ${wasContacted}
      order by w.party_id, w.via_contacts desc, w.organisation_id
    ), written as (
      insert into targets (step_id, party_id, organisation_id, via_contacts, origin_step_id, entered_at, available_at, batch)
      select step.id, fit.party_id, fit.organisation_id, fit.via_contacts, ${originStepId}::bigint,
        ${now}::timestamptz, ${now}::timestamptz + make_interval(mins => step.delay_minutes), ${batch ?? null}::bigint
      from fit cross join step
      on conflict (step_id, party_id) do nothing
      returning via_contacts
    )
    select count(*) filter (where not via_contacts) as added from written`.execute(db)
  return rows[0] ?? { added: 0 }
}

type Plain = {
  kinds: string[]
  delayMinutes: number
  /** The other steps of the campaign in which nobody may have been; none when the step does not mind. */
  avoided: number[]
}

/** What a step for parties asks of each; undefined for one that reaches contacts. */
async function findPlain(db: Database, stepId: number): Promise<Plain | undefined> {
  const { rows } = await sql<Plain>`
    with recursive above as (
      select id, origin_id from steps where id = ${stepId}
      union select s.id, s.origin_id from steps s join above on s.id = above.origin_id
    )
    select c.kinds, s.delay_minutes, array(select other.id from steps other where s.skips_contacted
      and other.campaign_id = s.campaign_id and other.id not in (select id from above)) as avoided
    from steps s join campaigns c on c.id = s.campaign_id
    where s.id = ${stepId} and s.audience = 'parties'`.execute(db)
  return rows[0]
}

/** Each candidate enters as himself, so that nothing is sorted or kept on the way. */
async function admitPlainly(
  db: Database,
  candidates: Candidates,
  { stepId, now, originStepId = null, batch, into }: Admission & { into: Plain },
): Promise<Admitted> {
  const { kinds, delayMinutes, avoided } = into
  const availableAt = new Date(now.getTime() + delayMinutes * 60_000)
  const isIn = (step: RawBuilder<unknown>) =>
    sql`exists (select from targets t where t.step_id ${step} and t.party_id = c.party_id)`
  const ofKind =
    kinds.length > 0
      ? sql`join parties p on p.id = c.party_id and p.kind = any(${kinds}::text[])`
      : sql``
  const fresh = avoided.length > 0 ? sql`and not ${isIn(sql`= any(${avoided}::bigint[])`)}` : sql``
  const { numAffectedRows } = await sql`
    insert into targets (step_id, party_id, origin_step_id, entered_at, available_at, batch)
    select ${stepId}::bigint, c.party_id, ${originStepId}::bigint, ${now}::timestamptz,
      ${availableAt}::timestamptz, ${batch ?? null}::bigint
    from (${candidates}) as c ${ofKind}
    where not ${isIn(sql`= ${stepId}`)} ${fresh}
    on conflict (step_id, party_id) do nothing`.execute(db)
  return { added: Number(numAffectedRows ?? 0) }
}

/**
 * A query of (party_id, organisation_id, via_contacts, kind, reason): what `admit` would do with each person meant;
 * reason is `already`, `kind`, `contacted`, or null for whom it would add.
 */
export const judged = (candidates: Candidates, stepId: number) => sql`
    with recursive ${meant(candidates, stepId)}
    select distinct on (w.party_id) w.party_id, w.organisation_id, w.via_contacts,
      coalesce(o.kind, p.kind) as kind,
      case when exists (select from targets t where t.step_id = step.id and t.party_id = w.party_id) then 'already'
        when not ${isRightKind} then 'kind' when ${wasContacted} then 'contacted' end as reason
    from wanted w cross join step
      join parties p on p.id = w.party_id and p.deleted_at is null
      left join parties o on o.id = w.organisation_id
    order by w.party_id, w.via_contacts desc, w.organisation_id`

export async function propose(
  db: Database,
  candidates: Candidates,
  stepId: number,
): Promise<Proposal> {
  const { rows } = await sql<{ reason: string | null; kind: string; people: number }>`
    select reason, case when reason = 'kind' then kind else '' end as kind, count(*) as people
    from (${judged(candidates, stepId)}) as each where not via_contacts group by 1, 2 order by 3 desc`.execute(
    db,
  )
  const sum = (reason: string | null) =>
    rows.filter((row) => row.reason === reason).reduce((all, { people }) => all + people, 0)
  return {
    proposed: rows.reduce((all, { people }) => all + people, 0),
    added: sum(null),
    already: sum('already'),
    contacted: sum('contacted'),
    wrongKinds: rows
      .filter(({ reason }) => reason === 'kind')
      .map(({ kind, people }) => ({ kind, people })),
  }
}

export async function nextBatch(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`select nextval('target_batches') as n`.execute(db)
  return rows[0]?.n ?? 0
}
