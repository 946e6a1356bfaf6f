/** The catalogue of questions, and where each is used. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { Question, type QuestionChange, type QuestionDraft } from '#core/questionnaires/question.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignName } from '../access/service.ts'

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

/** Every document that holds tests of answers, with the words for whose it is. */
const documents = (actor: Holder) => sql`(
  select show_if as doc, 'questionnaire' as place, q.label from questionnaire_items i
    join questionnaires q on q.id = i.questionnaire_id where show_if is not null
  union all select criteria, 'segment', name from segments
  union all select selection, 'mailing', ${campaignName(actor, 'c', sql`c.label`)} from steps s join campaigns c on c.id = s.campaign_id
    where selection is not null and c.deleted_at is null
  union all select test, 'step', ${campaignName(actor, 'c', sql`coalesce(nullif(s.label, ''), c.label)`)} from conditions
    join steps s on s.id = conditions.step_id join campaigns c on c.id = s.campaign_id
    where c.deleted_at is null
) as documents`

const tests = (id: number, path: string): RawBuilder<unknown> =>
  sql`${`lax $.** ? (@.kind == "answer" && @.questionId == ${id})${path}`}::jsonpath`

export type Place = {
  place: 'questionnaire' | 'segment' | 'mailing' | 'step' | 'message'
  label: string
}

/** The first document with a test of the question. */
export async function findTest(db: Database, actor: Actor, id: number): Promise<Place | undefined> {
  const { rows } = await sql<Place>`select place, label from ${documents(actor)}
    where jsonb_path_exists(doc, ${tests(id, '')}, silent => true) limit 1`.execute(db)
  return rows[0]
}

/** The first place that would miss the question; undefined when nothing uses it. */
export async function findUse(
  db: Database,
  actor: Actor,
  { id, code }: { id: number; code: string },
): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select 'questionnaire' as place, q.label from questionnaire_items i
      join questionnaires q on q.id = i.questionnaire_id where i.question_id = ${id}
    union all select place, label from ${documents(actor)} where jsonb_path_exists(doc, ${tests(id, '')}, silent => true)
    union all select 'step', ${campaignName(actor, 'c', sql`coalesce(nullif(s.label, ''), c.label)`)} from steps s
      join campaigns c on c.id = s.campaign_id where s.question_id = ${id}
    union all select 'message', ${campaignName(actor, 'c', sql`c.label`)} from contents o join steps s on s.id = o.step_id
      join campaigns c on c.id = s.campaign_id
      where c.deleted_at is null and o.body::text ~ ${`answer\\.${code}\\M`}
    limit 1`.execute(db)
  return rows[0]
}

/** The codes of choices that somebody answered, now or earlier, or that a condition names. */
export async function choicesInUse(db: Database, id: number): Promise<Set<string>> {
  const { rows } = await sql<{ code: string }>`
    select distinct jsonb_array_elements_text(
      case jsonb_typeof(value) when 'array' then value else jsonb_build_array(value) end) as code
      from answers where question_id = ${id} and value is not null
    union select named #>> '{}' from ${documents({ keys: [], locale: 'fr' })},
      jsonb_path_query(doc, ${tests(id, '.test.values[*]')}, silent => true) as named`.execute(db)
  return new Set(rows.map(({ code }) => code))
}
