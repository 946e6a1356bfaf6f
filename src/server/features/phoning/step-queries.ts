/** Steps as agents see them: which there are, what stands in one, how far it is. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { CallStepLine, mostCallable, type QueueFigures, TargetStatus } from '#core/phoning/call.ts'
import { CallGround, CallLaw } from '#core/phoning/law.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'
import type { Judgement } from './law-queries.ts'
import { isFree } from './queue-queries.ts'

export type PhoningStep = {
  id: number
  label: string
  campaignId: number
  campaign: string
  channel: 'phoning' | 'phoning-contact'
  ground: CallGround
  questionnaireId: number | null
  /** What the questionnaire asks. */
  questionIds: number[]
  script: string
  law: CallLaw
  /** The codes of all statuses that mean “to do”, retired ones too. */
  toDoCodes: string[]
}

const toDoCodes = sql<string[]>`array(select code from entity_states
  where entity = 'target' and meaning = 'to-do' order by position)`

/** A step with all that its calls go by, in one question: it is asked before each of them. */
export async function find(db: Database, stepId: number): Promise<PhoningStep | undefined> {
  const row = await db
    .selectFrom('steps as s')
    .innerJoin('stepTypes as k', 'k.code', 's.typeCode')
    .innerJoin('campaigns as c', 'c.id', 's.campaignId')
    .where('s.id', '=', stepId)
    .where('s.isFinal', '=', true)
    .where('c.deletedAt', 'is', null)
    .where('k.channel', 'in', ['phoning', 'phoning-contact'])
    .select([
      's.id',
      's.label',
      's.campaignId',
      'c.label as campaign',
      'k.channel',
      's.callGround',
      's.questionnaireId',
      's.script',
      sql<unknown>`(select value from settings where name = 'calls')`.as('law'),
      sql<number[]>`array(select question_id from questionnaire_items
        where questionnaire_id = s.questionnaire_id)`.as('questionIds'),
      toDoCodes.as('toDoCodes'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const { callGround, channel, law, ...rest } = row
  return {
    ...rest,
    channel: channel === 'phoning-contact' ? channel : 'phoning',
    ground: CallGround.parse(callGround),
    law: CallLaw.parse(law ?? {}),
  }
}

export async function setGround(db: Database, stepId: number, ground: CallGround): Promise<void> {
  await db.updateTable('steps').set({ callGround: ground }).where('id', '=', stepId).execute()
}

export async function targetStatuses(db: Database): Promise<TargetStatus[]> {
  const rows = await db
    .selectFrom('entityStates')
    .where('entity', '=', 'target')
    .where('isActive', '=', true)
    .orderBy('position')
    .select(['code', 'labelFr', 'labelEn', 'meaning'])
    .execute()
  return rows.map((row) => TargetStatus.parse(row))
}

/** The codes that mean “OK, go on”. */
export async function goingOn(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('entityStates')
    .where('entity', '=', 'target')
    .where('meaning', '=', 'ok-continue')
    .select('code')
    .execute()
  return rows.map(({ code }) => code)
}

export async function list(
  db: Database,
  actor: Actor,
  judgement: Omit<Judgement, 'ground'>,
): Promise<CallStepLine[]> {
  const { now } = judgement
  const { rows } = await sql<CallStepLine>`
    select s.id as step_id, c.id as campaign_id, c.label as campaign, s.label, k.channel,
      s.questionnaire_id is not null as has_questionnaire,
      coalesce(n.to_do, 0) as to_do, coalesce(n.done, 0) as done,
      ready.people as callable, coalesce(b.due, 0) as callbacks_due, coalesce(b.mine, 0) as my_callbacks
    from steps s
      join step_types k on k.code = s.type_code and k.channel in ('phoning', 'phoning-contact')
      join campaigns c on c.id = s.campaign_id and c.form = 'operation' and c.deleted_at is null
        and not c.is_template
      left join lateral (
        select sum(t.delta) filter (where e.meaning = 'to-do')::bigint as to_do,
          sum(t.delta) filter (where e.meaning <> 'to-do')::bigint as done
        from target_tallies t join entity_states e on e.entity = 'target' and e.code = t.status
        where t.step_id = s.id) as n on true
      left join lateral (
        select count(*) filter (where t.callback_at <= ${now}::timestamptz) as due,
          count(*) filter (where t.callback_by = ${actor.id}) as mine
        from targets t where t.step_id = s.id and t.callback_at is not null) as b on true
      cross join lateral (select count(*) as people from (
        select from targets t where t.step_id = s.id and t.status = any(${toDoCodes})
          and (t.callback_at is null or t.callback_at <= ${now}::timestamptz) and ${isFree(judgement)}
        limit ${sql.lit(mostCallable)}) as free) as ready
    where s.is_final and not s.is_template and ${campaignIsOpen(actor, 'c')} and n.to_do > 0
    order by b.due desc, c.label, s.position, s.id limit 500`.execute(db)
  return rows.map((row) => CallStepLine.parse(row))
}

type Mine = { calls: number; reached: number; ok: number; refused: number; firstAt: string | null }

/** `since` is when the agent's day began. */
export async function figures(
  db: Database,
  { stepId, agentId, now, since }: { stepId: number; agentId: string; now: Date; since: Date },
): Promise<QueueFigures> {
  const { rows: counts } = await sql<Omit<QueueFigures, 'mine'>>`
    select coalesce(sum(t.delta) filter (where e.meaning = 'to-do'), 0)::bigint as to_do,
      coalesce(sum(t.delta) filter (where e.meaning <> 'to-do'), 0)::bigint as done,
      (select count(*) from targets where step_id = ${stepId} and callback_at <= ${now}::timestamptz) as callbacks_due,
      (select count(*) from targets where step_id = ${stepId} and callback_at > ${now}::timestamptz) as callbacks_later
    from target_tallies t join entity_states e on e.entity = 'target' and e.code = t.status
    where t.step_id = ${stepId}`.execute(db)
  const { rows: own } = await sql<Mine>`
    select count(*) as calls, count(*) filter (where ${isReached}) as reached,
      count(*) filter (where e.meaning like 'ok-%') as ok,
      count(*) filter (where a.refused) as refused, min(a.started_at) as first_at
    from call_attempts a left join entity_states e on e.entity = 'target' and e.code = a.status
    where a.step_id = ${stepId} and a.user_id = ${agentId} and a.started_at >= ${since}::timestamptz`.execute(
    db,
  )
  const { firstAt, ...mine } = own[0] ?? { calls: 0, reached: 0, ok: 0, refused: 0, firstAt: null }
  const hours = firstAt ? (now.getTime() - Date.parse(firstAt)) / 3_600_000 : 0
  const perHour = Math.round((10 * mine.calls) / Math.max(hours, 0.25)) / 10
  const counted = counts[0] ?? { toDo: 0, done: 0, callbacksDue: 0, callbacksLater: 0 }
  return { ...counted, mine: { ...mine, perHour } }
}

/** Somebody answered: with a result, a refusal, or a wish to be called back. `a` is the call, `e` its status. */
export const isReached = sql<boolean>`(a.refused or a.callback_at is not null or e.meaning like 'ok-%')`
