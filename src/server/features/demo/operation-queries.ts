/** The operation of the demo shop: its titles, questionnaire, steps and people. */
import { type RawBuilder, sql } from 'kysely'
import { type ContentBody, emptyContent } from '#core/content/content.ts'
import { shortEmail } from '#core/demo/letters.ts'
import {
  demoFamilies,
  demoFolders,
  demoQuestionnaires,
  demoQuestions,
  demoStanding,
  demoSteps,
  demoTargets,
} from '#core/demo/operation.ts'
import { addDays } from '#core/kernel/days.ts'
import { emptySelection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'

/** Everything in it stands as it would a week after it began. */
export async function insertOperation(db: Database, today: string): Promise<void> {
  const campaignId = await insertHeader(db, today)
  const asked = await insertQuestions(db)
  const steps = await insertSteps(db, campaignId, asked)
  await insertTargets(db, steps, today)
  await insertAnswers(db, asked, { stepId: steps[1] ?? 0, today })
}

async function one(db: Database, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await (query as RawBuilder<{ id: number }>).execute(db)
  return rows[0]?.id ?? 0
}

async function insertHeader(db: Database, today: string): Promise<number> {
  const folders = new Map<string, number>()
  for (const [position, { label, below }] of demoFolders.entries()) {
    const parentId = below === null ? null : (folders.get(below) ?? null)
    const id = await one(
      db,
      sql`insert into campaign_folders (label, parent_id, position)
        values (${label}, ${parentId}, ${position}) returning id`,
    )
    folders.set(label, id)
  }
  for (const [position, label] of demoFamilies.entries())
    await sql`insert into campaign_families (label, position) values (${label}, ${position})
      on conflict (label) do nothing`.execute(db)
  for (const label of ['Salon ERP 2010', 'Salon ERP 2011'])
    await sql`insert into campaigns (label, form, folder_id, state, state_code)
      values (${label}, 'operation', ${folders.get('Salons à Paris')}, 'finished', 'finished')`.execute(
      db,
    )
  const from = addDays(today, -7)
  return one(
    db,
    sql`insert into campaigns (label, code, form, folder_id, family_id, state, state_code, starts_at, ends_at, objective)
      values ('Prospection rentrée', 'RENTREE', 'operation', ${folders.get('Prospection')},
        (select id from campaign_families where label = 'Prospection'), 'in-progress', 'in-progress',
        ${`${from}T08:00:00Z`}, ${`${addDays(today, 60)}T18:00:00Z`},
        'Faire revenir, et faire connaître le catalogue à qui le demande.') returning id`,
  )
}

/** Ids by code. */
type Asked = { questions: Map<string, number>; questionnaires: Map<string, number> }

async function insertQuestions(db: Database): Promise<Asked> {
  const questions = new Map<string, number>()
  const questionnaires = new Map<string, number>()
  for (const { code, kind, label, choices } of demoQuestions)
    questions.set(
      code,
      await one(
        db,
        sql`insert into questions (code, kind, label, choices)
          values (${code}, ${kind}, ${label}, ${JSON.stringify(choices)}) returning id`,
      ),
    )
  for (const { code, label, items } of demoQuestionnaires) {
    const id = await one(
      db,
      sql`insert into questionnaires (code, label) values (${code}, ${label}) returning id`,
    )
    questionnaires.set(code, id)
    for (const [at, { question, isRequired, after }] of items.entries()) {
      const showIf = after && {
        join: 'all',
        of: [said(questions.get(after.question) ?? 0, after.value)],
      }
      await sql`insert into questionnaire_items (questionnaire_id, question_id, position, is_required, show_if)
        values (${id}, ${questions.get(question)}, ${at + 1}, ${isRequired},
          ${showIf ? JSON.stringify(showIf) : null}::jsonb)`.execute(db)
    }
  }
  return { questions, questionnaires }
}

const said = (questionId: number, value: boolean) => ({
  kind: 'answer',
  questionId,
  of: 'yes-no',
  test: { op: 'is', value },
})

async function insertSteps(db: Database, campaignId: number, asked: Asked): Promise<number[]> {
  const ids: number[] = []
  for (const [position, step] of demoSteps.entries()) {
    const originId = step.from === null ? null : (ids[step.from] ?? null)
    const placed = { campaignId, originId, position: position + 1 }
    const id = await insertStep(db, placed, { step, asked })
    ids.push(id)
    if (step.mail) await insertContent(db, id, shortEmail(step.mail.subject, step.mail.text))
    if (step.typeCode === 'export') await insertContent(db, id, emptyContent('file', 'fr'))
    if (step.condition) {
      const { code, question } = step.condition
      await sql`insert into conditions (step_id, code, test) values (${id}, ${code},
        ${JSON.stringify(said(asked.questions.get(question) ?? 0, true))})`.execute(db)
    }
  }
  return ids
}

type Placed = { campaignId: number; originId: number | null; position: number }

function insertStep(
  db: Database,
  { campaignId, originId, position }: Placed,
  { step, asked }: { step: (typeof demoSteps)[number]; asked: Asked },
): Promise<number> {
  const { questionnaire = '', script = '' } = step.call ?? {}
  const left = step.call
    ? { activity: null, subject: '' }
    : { activity: 'outgoing-mail', subject: step.label }
  return one(
    db,
    sql`insert into steps (campaign_id, label, code, type_code, position, origin_id, formula, selection,
        questionnaire_id, script, activity_type_id, activity_subject,
        activity_is_done)
      values (${campaignId}, ${step.label}, ${`E${position}`}, ${step.typeCode}, ${position}, ${originId},
        ${step.condition?.code ?? ''}, ${JSON.stringify(emptySelection)},
        ${asked.questionnaires.get(questionnaire) ?? null}, ${script},
        (select id from activity_types where code = ${left.activity}), ${left.subject},
        true) returning id`,
  )
}

/** What leaves for its people: a letter, or the file that a step of export writes. */
async function insertContent(db: Database, stepId: number, body: ContentBody): Promise<void> {
  await sql`insert into contents (step_id, channel, body)
    values (${stepId}, ${body.channel}, ${JSON.stringify(body)})`.execute(db)
}

/** The first people who can be reached; some of them have gone on to the telephone. */
async function insertTargets(db: Database, steps: readonly number[], today: string) {
  const [first, second] = steps
  const at = `${addDays(today, -6)}T10:00:00Z`
  await sql`insert into targets (step_id, party_id, status, status_at, entered_at, available_at)
    select ${first}::bigint, id, case when n <= ${demoTargets.called} then 'ok-continue' else 'to-do' end,
      case when n <= ${demoTargets.called} then ${at}::timestamptz end, ${at}::timestamptz, ${at}::timestamptz
    from (select id, row_number() over (order by id) as n from parties
      where has_email and not do_not_contact and not email_opt_out order by id limit ${demoTargets.first}) as one`.execute(
    db,
  )
  const { rows } = await sql<{ partyId: number }>`select party_id from targets
    where step_id = ${first} and status = 'ok-continue' order by party_id`.execute(db)
  for (const [n, { partyId }] of rows.entries()) {
    const { status } = demoStanding(n)
    await sql`insert into targets (step_id, party_id, status, status_at, origin_step_id, entered_at, available_at)
      values (${second}, ${partyId}, ${status}, ${status === 'to-do' ? null : at}, ${first}, ${at}, ${at})`.execute(
      db,
    )
  }
}

async function insertAnswers(
  db: Database,
  { questions, questionnaires }: Asked,
  { stepId, today }: { stepId: number; today: string },
) {
  const { rows } = await sql<{ partyId: number }>`select party_id from targets
    where step_id = ${stepId} order by party_id`.execute(db)
  for (const [n, { partyId }] of rows.entries()) {
    const { wantsCatalogue } = demoStanding(n)
    if (wantsCatalogue === null) continue
    await sql`insert into answers (question_id, party_id, step_id, questionnaire_id, value, answered_at)
      values (${questions.get('CATALOGUE')}, ${partyId}, ${stepId}, ${questionnaires.get('RENTREE')}, ${JSON.stringify(wantsCatalogue)}::jsonb,
        ${`${addDays(today, -5)}T15:00:00Z`})`.execute(db)
  }
}
