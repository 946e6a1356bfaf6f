/** Merged cards in the steps of operations: one line where there were two, with the further status; and back. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#platform/db/database.ts'

/** Whole lines as JSON, so that taking the merge back gives them all they had; none in merges of before. */
export const OwnTargets = z
  .object({
    /** Of the card that went, for steps that both were in. */
    lost: z.string(),
    /** Of the card that stays, for the same steps. */
    kept: z.string(),
    /** Contacts who stood for the card that went, by step. */
    contacts: z.array(z.object({ stepId: z.number(), partyId: z.number() })),
  })
  .default({ lost: '[]', kept: '[]', contacts: [] })
export type OwnTargets = z.infer<typeof OwnTargets>

type Way = { to: number; from: number }

const ofOperations = sql`select steps.id from steps join campaigns on campaigns.id = steps.campaign_id
  where campaigns.form = 'operation'`

/**
 * Before the other lines move: where both are in a step, the line that stays takes the status of who got
 * further – done before to do, the later of two – and the calls of both. Mailings keep both lines: they are history.
 */
export async function joinTargets(db: Database, { to, from }: Way): Promise<OwnTargets> {
  const lines = async (owner: number, other: number) => {
    const { rows } = await sql<{ lines: string }>`
      select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as lines from targets t
      where t.party_id = ${owner} and t.step_id in (${ofOperations})
        and exists (select from targets o where o.step_id = t.step_id and o.party_id = ${other})`.execute(
      db,
    )
    return rows[0]?.lines ?? '[]'
  }
  const before = { lost: await lines(from, to), kept: await lines(to, from) }
  await sql`
    with further as (
      select own.step_id, other.calls, other.callback_at,
        case when o.meaning <> 'to-do' and (s.meaning = 'to-do' or other.status_at > own.status_at)
          then other.status end as status,
        other.status_at, other.status_by
      from targets own join targets other on other.step_id = own.step_id and other.party_id = ${from}
        join entity_states s on s.entity = 'target' and s.code = own.status
        join entity_states o on o.entity = 'target' and o.code = other.status
      where own.party_id = ${to} and own.step_id in (${ofOperations})
    )
    update targets as own set calls = own.calls + further.calls,
      callback_at = coalesce(own.callback_at, further.callback_at),
      status = coalesce(further.status, own.status),
      status_at = case when further.status is null then own.status_at else further.status_at end,
      status_by = case when further.status is null then own.status_by else further.status_by end
    from further where own.step_id = further.step_id and own.party_id = ${to}`.execute(db)
  await sql`delete from targets t where t.party_id = ${from} and t.step_id in (${ofOperations})
    and exists (select from targets own where own.step_id = t.step_id and own.party_id = ${to})`.execute(
    db,
  )
  const { rows: contacts } = await sql<{ stepId: number; partyId: number }>`
    update targets set organisation_id = ${to} where organisation_id = ${from} and party_id <> ${to}
    returning step_id, party_id`.execute(db)
  return { ...before, contacts }
}

/** The lines that were joined, each as it was. */
export async function splitTargets(
  db: Database,
  { to, from }: Way,
  { lost, kept, contacts }: OwnTargets,
): Promise<void> {
  await sql`delete from targets where party_id = ${to} and step_id in (
    select step_id from jsonb_populate_recordset(null::targets, ${kept}::jsonb))`.execute(db)
  for (const lines of [kept, lost])
    await sql`insert into targets select line.*
      from jsonb_populate_recordset(null::targets, ${lines}::jsonb) as line
      join steps on steps.id = line.step_id on conflict do nothing`.execute(db)
  for (const { stepId, partyId } of contacts)
    await sql`update targets set organisation_id = ${from}
      where step_id = ${stepId} and party_id = ${partyId} and organisation_id = ${to}`.execute(db)
}
