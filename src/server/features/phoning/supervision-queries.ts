/** What supervisors see and settle: figures, leases, callbacks. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import type { AgentFigures, CallbackLine, LeaseLine } from '#core/phoning/call.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'
import { nameOf } from '../parties/service.ts'
import { isReached } from './step-queries.ts'

type Period = { from: Date; to: Date; stepId: number | undefined }

const ofStep = (column: RawBuilder<unknown>, stepId: number | undefined) =>
  stepId === undefined ? sql`true` : sql`${column} = ${stepId}`

export async function figures(
  db: Database,
  actor: Actor,
  { from, to, stepId }: Period,
): Promise<AgentFigures[]> {
  const { rows } = await sql<AgentFigures>`
    select a.user_id as agent_id, coalesce(u.name, '') as agent, a.step_id,
      coalesce(s.label, '') as step, coalesce(c.label, '') as campaign,
      count(*) as calls, count(*) filter (where ${isReached}) as reached,
      count(*) filter (where e.meaning like 'ok-%') as ok, count(*) filter (where a.refused) as refused,
      coalesce(round(extract(epoch from avg(a.ended_at - a.started_at))), 0)::bigint as average_seconds
    from call_attempts a
      left join users u on u.id = a.user_id
      left join steps s on s.id = a.step_id left join campaigns c on c.id = s.campaign_id
      left join entity_states e on e.entity = 'target' and e.code = a.status
    where a.started_at >= ${from}::timestamptz and a.started_at < ${to}::timestamptz
      and ${ofStep(sql`a.step_id`, stepId)} and (c.id is null or ${campaignIsOpen(actor, 'c')})
    group by a.user_id, u.name, a.step_id, s.label, c.label
    order by calls desc, agent, step limit 500`.execute(db)
  return rows
}

export async function leases(
  db: Database,
  actor: Actor,
  { now, stepId }: { now: Date; stepId: number | undefined },
): Promise<LeaseLine[]> {
  const { rows } = await sql<LeaseLine>`
    select t.step_id, s.label as step, t.party_id, coalesce(${nameOf('p')}, '') as name,
      t.leased_by as agent_id, coalesce(u.name, '') as agent, t.leased_until as until
    from targets t join steps s on s.id = t.step_id join campaigns c on c.id = s.campaign_id
      left join parties p on p.id = t.party_id left join users u on u.id = t.leased_by
    where t.leased_by is not null and t.leased_until > ${now}::timestamptz
      and ${ofStep(sql`t.step_id`, stepId)} and ${campaignIsOpen(actor, 'c')}
    order by agent, until limit 500`.execute(db)
  return rows
}

type Whose = { stepId?: number | undefined; agentId?: string | undefined }

/** The earliest first. */
export async function callbacks(
  db: Database,
  actor: Actor,
  { stepId, agentId }: Whose,
): Promise<CallbackLine[]> {
  const ofAgent = agentId === undefined ? sql`true` : sql`t.callback_by = ${agentId}`
  const { rows } = await sql<CallbackLine>`
    select t.step_id, s.label as step, c.label as campaign, t.party_id, coalesce(${nameOf('p')}, '') as name,
      t.callback_at, t.callback_by as agent_id, coalesce(u.name, '') as agent
    from targets t join steps s on s.id = t.step_id
      join campaigns c on c.id = s.campaign_id and c.deleted_at is null
      join parties p on p.id = t.party_id and p.deleted_at is null
      left join users u on u.id = t.callback_by
    where t.callback_at is not null and t.is_linked and ${ofAgent} and ${ofStep(sql`t.step_id`, stepId)}
      and ${campaignIsOpen(actor, 'c')}
    order by t.callback_at limit 500`.execute(db)
  return rows
}

/** People who may call: to whom callbacks can be given. */
export async function agents(db: Database): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct u.id, u.name from users u
      left join user_group_members m on m.user_id = u.id
      join rights_granted r on r."right" = 'calls.make' and (r.user_id = u.id or r.group_id = m.group_id)
    where u.is_active order by u.name`.execute(db)
  return rows
}

export async function giveCallbacks(
  db: Database,
  stepId: number,
  partyIds: readonly number[],
  agentId: string | null,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('targets')
    .set({ callbackBy: agentId })
    .where('stepId', '=', stepId)
    .where('partyId', '=', sql<number>`any(${[...partyIds]}::bigint[])`)
    .where('callbackAt', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
