/** The catalogue of questions, and where each is used. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { Question, type QuestionChange, type QuestionDraft } from '#core/questionnaires/question.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignName } from '../access/service.ts'
import type { Place as CriteriaPlace } from '../segments/service.ts'

type Holder = Pick<Actor, 'keys' | 'locale'>

export async function list(db: Database): Promise<Question[]> {
  const rows = await db
    .selectFrom('questions')
    .selectAll()
    .orderBy(sql`fold(label)`)
    .orderBy('id')
    .execute()
  return rows.map((row) => Question.parse(row))
}

export async function findMany(db: Database, ids: readonly number[]): Promise<Question[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('questions')
    .selectAll()
    .where('id', '=', sql<number>`any(${[...ids]}::bigint[])`)
    .execute()
  return rows.map((row) => Question.parse(row))
}

/** Locks the question, so that no answer or condition comes in while its choices are looked at. */
export async function lock(db: Database, id: number): Promise<Question | undefined> {
  const row = await db
    .selectFrom('questions')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && Question.parse(row)
}

/** Returns nothing when the code is taken, in any capitals. */
export async function insert(db: Database, draft: QuestionDraft): Promise<Question | undefined> {
  if (await isCodeTaken(db, draft.code)) return undefined
  const row = await db
    .insertInto('questions')
    .values({ ...draft, choices: JSON.stringify(draft.choices) })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && Question.parse(row)
}

async function isCodeTaken(db: Database, code: string): Promise<boolean> {
  const { rows } = await sql`select from questions where lower(code) = lower(${code})`.execute(db)
  return rows.length > 0
}

/** Returns nothing when someone else has changed it since `version`. */
export async function update(db: Database, change: QuestionChange): Promise<Question | undefined> {
  const { id, version, kind, label, help, choices, isActive } = change
  const row = await db
    .updateTable('questions')
    .set({
      kind,
      label,
      help,
      isActive,
      choices: JSON.stringify(choices),
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return row && Question.parse(row)
}

export async function remove(db: Database, id: number): Promise<void> {
  await db.deleteFrom('questions').where('id', '=', id).execute()
}

export async function isAnswered(db: Database, id: number): Promise<boolean> {
  const { rows } = await sql`select from answers where question_id = ${id} limit 1`.execute(db)
  return rows.length > 0
}

export type Place = { place: CriteriaPlace['place'] | 'message'; label: string }

/** The first place besides criteria that would miss the question: a questionnaire, a step, a message. */
export async function findUse(
  db: Database,
  actor: Holder,
  { id, code }: { id: number; code: string },
): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select 'questionnaire' as place, q.label from questionnaire_items i
      join questionnaires q on q.id = i.questionnaire_id where i.question_id = ${id}
    union all select 'step', ${campaignName(actor, 'c', sql`coalesce(nullif(s.label, ''), c.label)`)} from steps s
      join campaigns c on c.id = s.campaign_id where s.question_id = ${id}
    union all select 'message', ${campaignName(actor, 'c', sql`c.label`)} from contents o join steps s on s.id = o.step_id
      join campaigns c on c.id = s.campaign_id
      where c.deleted_at is null and o.body::text ~ ${`answer\\.${code}\\M`}
    limit 1`.execute(db)
  return rows[0]
}

/** The codes of choices that somebody answered, now or earlier. */
export async function choicesAnswered(db: Database, id: number): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct jsonb_array_elements_text(
      case jsonb_typeof(value) when 'array' then value else jsonb_build_array(value) end) as code
      from answers where question_id = ${id} and value is not null`.execute(db)
  return rows.map(({ code }) => code)
}
