/** Answers: written once and never changed; the newest of a person to a question is the current one. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { AnswerValue } from '#core/questionnaires/answer.ts'
import type { Answer } from '#core/questionnaires/api.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'
import { nameOf } from '../parties/service.ts'

export type Current = {
  partyId: number
  questionId: number
  value: AnswerValue
  stepId: number | null
  organisationId: number | null
}

export async function current(
  db: Database,
  partyIds: readonly number[],
  questionIds?: readonly number[],
): Promise<Current[]> {
  const rows = await db
    .selectFrom('answers')
    .select(['partyId', 'questionId', 'value', 'stepId', 'organisationId'])
    .where('partyId', '=', sql<number>`any(${[...partyIds]}::bigint[])`)
    .where('isCurrent', '=', true)
    .where('value', 'is not', null)
    .$if(questionIds !== undefined, (q) =>
      q.where('questionId', '=', sql<number>`any(${[...(questionIds ?? [])]}::bigint[])`),
    )
    .execute()
  return rows.map((row) => ({ ...row, value: AnswerValue.parse(row.value) }))
}

type Appending = {
  partyId: number
  organisationId: number | null
  stepId: number | null
  questionnaireId: number | null
  answers: readonly { questionId: number; value: AnswerValue | null }[]
  actor: Pick<Actor, 'id' | 'name'>
  now: Date
}

/** The new answers become the current ones. The card is locked by the caller, so nobody appends meanwhile. */
export async function append(
  db: Database,
  { answers, actor, now, ...asked }: Appending,
): Promise<void> {
  if (answers.length === 0) return
  const ids = answers.map(({ questionId }) => questionId)
  await sql`update answers set is_current = false
    where party_id = ${asked.partyId} and question_id = any(${ids}::bigint[]) and is_current`.execute(
    db,
  )
  await db
    .insertInto('answers')
    .values(
      answers.map(({ questionId, value }) => ({
        ...asked,
        questionId,
        value: value === null ? null : JSON.stringify(value),
        answeredAt: now,
        answeredBy: actor.id,
        actorName: actor.name,
      })),
    )
    .execute()
}

/** The columns of an `Answer`; the step is told only to who may see its operation. */
const columns = (
  actor: Actor,
) => sql`a.id, a.question_id, a.questionnaire_id, a.value, a.answered_at, a.actor_name,
  jsonb_build_object('id', p.id, 'label', ${nameOf('p')}) as party,
  case when o.id is not null then jsonb_build_object('id', o.id,
    'label', coalesce(nullif(o.company, ''), ${nameOf('o')})) end as organisation,
  case when c.id is not null and c.deleted_at is null and ${campaignIsOpen(actor, 'c')} then
    jsonb_build_object('id', s.id, 'label', s.label, 'campaignId', c.id, 'campaign', c.label) end as step`

const joined = sql`answers a join parties p on p.id = a.party_id and p.deleted_at is null
  left join parties o on o.id = a.organisation_id
  left join steps s on s.id = a.step_id left join campaigns c on c.id = s.campaign_id`

async function rowsOf<Row>(db: Database, query: RawBuilder<Row>): Promise<Row[]> {
  return (await query.execute(db)).rows
}

/** Of the person, and for an organisation what others answered for it; by question, the person's own first. */
export const listCurrent = (db: Database, actor: Actor, partyId: number) =>
  rowsOf(
    db,
    sql<Answer & { earlier: number }>`
    select ${columns(actor)}, (select count(*) from answers old
      where old.question_id = a.question_id and old.party_id = a.party_id and not old.is_current) as earlier
    from ${joined}
    where (a.party_id = ${partyId} or a.organisation_id = ${partyId}) and a.is_current and a.value is not null
    order by a.question_id, (a.party_id = ${partyId}) desc, a.answered_at desc`,
  )

export const history = (
  db: Database,
  actor: Actor,
  { partyId, questionId }: { partyId: number; questionId: number },
) =>
  rowsOf(
    db,
    sql<Answer>`select ${columns(actor)} from ${joined}
    where a.party_id = ${partyId} and a.question_id = ${questionId} order by a.answered_at desc, a.id desc`,
  )

/** Over all answers there are: for the settings, not for a card. */
export async function counts(
  db: Database,
): Promise<{ questions: Record<string, number>; questionnaires: Record<string, number> }> {
  const by = async (column: 'question_id' | 'questionnaire_id', people: RawBuilder<unknown>) => {
    const rows = await rowsOf(
      db,
      sql<{ id: number; n: number }>`select ${sql.ref(column)} as id, ${people} as n from answers
        where is_current and value is not null and ${sql.ref(column)} is not null group by 1`,
    )
    return Object.fromEntries(rows.map(({ id, n }) => [String(id), n]))
  }
  return {
    questions: await by('question_id', sql`count(*)`),
    questionnaires: await by('questionnaire_id', sql`count(distinct party_id)`),
  }
}
