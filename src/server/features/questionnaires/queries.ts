/** Questionnaires and their items. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import type { QuestionnaireSummary } from '#core/questionnaires/api.ts'
import { Question } from '#core/questionnaires/question.ts'
import {
  type Item,
  type ItemDraft,
  type Questionnaire,
  type QuestionnaireDraft,
  ShowIf,
} from '#core/questionnaires/questionnaire.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen, campaignName } from '../access/service.ts'

export async function list(db: Database, actor: Actor): Promise<QuestionnaireSummary[]> {
  const { rows } = await sql<QuestionnaireSummary>`
    select q.id, q.code, q.label, q.description, q.is_active, q.version,
      (select count(*) from questionnaire_items i where i.questionnaire_id = q.id) as questions,
      (select count(*) from steps s join campaigns c on c.id = s.campaign_id
        where s.questionnaire_id = q.id and c.deleted_at is null and ${campaignIsOpen(actor, 'c')}) as steps
    from questionnaires q order by fold(q.label), q.id`.execute(db)
  return rows
}

type Head = Omit<Questionnaire, 'items'>
const head = ['id', 'code', 'label', 'description', 'isActive', 'version'] as const

export async function find(db: Database, id: number): Promise<Questionnaire | undefined> {
  const row = await db
    .selectFrom('questionnaires')
    .select(head)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, items: await items(db, id) }
}

type ItemRow = { question: unknown; isRequired: boolean; showIf: unknown }

async function items(db: Database, id: number): Promise<Item[]> {
  const { rows } = await sql<ItemRow>`
    select jsonb_build_object('id', q.id, 'code', q.code, 'kind', q.kind, 'label', q.label, 'help', q.help,
        'choices', q.choices, 'isActive', q.is_active, 'version', q.version) as question,
      i.is_required, i.show_if
    from questionnaire_items i join questions q on q.id = i.question_id
    where i.questionnaire_id = ${id} order by i.position`.execute(db)
  return rows.map(({ question, isRequired, showIf }, at) => ({
    question: Question.parse(question),
    position: at + 1,
    isRequired,
    showIf: ShowIf.nullable().parse(showIf),
  }))
}

/** Returns nothing when the code is taken. */
export async function insert(
  db: Database,
  { items: given, ...draft }: QuestionnaireDraft,
): Promise<number | undefined> {
  const row = await db
    .insertInto('questionnaires')
    .values(draft)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row) await putItems(db, row.id, given)
  return row?.id
}

/** False when someone else has changed it since `version`. */
export async function update(
  db: Database,
  { id, version, items: given, ...draft }: QuestionnaireDraft & Pick<Head, 'id' | 'version'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('questionnaires')
    .set({ ...draft, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await db.deleteFrom('questionnaireItems').where('questionnaireId', '=', id).execute()
  await putItems(db, id, given)
  return true
}

async function putItems(db: Database, id: number, given: readonly ItemDraft[]): Promise<void> {
  if (given.length === 0) return
  await db
    .insertInto('questionnaireItems')
    .values(
      given.map(({ questionId, isRequired, showIf }, at) => ({
        questionnaireId: id,
        questionId,
        position: at + 1,
        isRequired,
        showIf: showIf && JSON.stringify(showIf),
      })),
    )
    .execute()
}

export async function isCodeTaken(db: Database, code: string, but: number): Promise<boolean> {
  const { rows } = await sql`select from questionnaires
    where lower(code) = lower(${code}) and id <> ${but}`.execute(db)
  return rows.length > 0
}

/** An operation whose step asks it. */
export async function findStep(
  db: Database,
  actor: Actor,
  id: number,
): Promise<string | undefined> {
  const { rows } = await sql<{ label: string }>`
    select ${campaignName(actor, 'c', sql`c.label`)} as label from steps s join campaigns c on c.id = s.campaign_id
    where s.questionnaire_id = ${id} limit 1`.execute(db)
  return rows[0]?.label
}

export async function remove(db: Database, id: number): Promise<void> {
  await db.deleteFrom('questionnaires').where('id', '=', id).execute()
}
