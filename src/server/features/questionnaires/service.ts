/** Questions, questionnaires and what people answered: the face that other features see. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { type AnswerValue, isSameAnswer, readAnswer } from '#core/questionnaires/answer.ts'
import {
  type AnswerProblems,
  type Checked,
  checkAnswers,
  type Questionnaire,
} from '#core/questionnaires/questionnaire.ts'
import type { Database } from '#platform/db/database.ts'
import { companyDay } from '../company/service.ts'
import { getParty, lockParties, notFound } from '../parties/service.ts'
import * as answerRows from './answer-queries.ts'
import * as questionnaires from './queries.ts'
import * as questions from './question-queries.ts'

/** With its questions in order; those that are retired are among them and asked no more. */
export async function loadQuestionnaire(db: Database, id: number): Promise<Questionnaire> {
  const found = await questionnaires.find(db, id)
  if (!found)
    throw new AppError(
      'not-found',
      'questionnaires/no-such-questionnaire',
      'There is no such questionnaire.',
    )
  return found
}

/** What these people answer now: person → question → value. Who has no answer is not in it. */
export async function currentAnswers(
  db: Database,
  partyIds: readonly number[],
  questionIds?: readonly number[],
): Promise<Map<number, Map<number, AnswerValue>>> {
  const found = new Map<number, Map<number, AnswerValue>>()
  for (const { partyId, questionId, value } of await answerRows.current(
    db,
    partyIds,
    questionIds,
  )) {
    const own = found.get(partyId) ?? new Map<number, AnswerValue>()
    found.set(partyId, own.set(questionId, value))
  }
  return found
}

export type Saving = {
  partyId: number
  /** For whom a contact answered. */
  organisationId?: number | null
  stepId?: number | null
  /** Without one, any active question may be answered, and nothing is required. */
  questionnaireId?: number | null
  answers: readonly { questionId: number; value: AnswerValue | null }[]
  /** The end of the questionnaire: what is required and not answered is a problem. */
  isComplete?: boolean
  now: Date
}

/**
 * Appends what is new. With a problem nothing is saved. An answer that stands already is not written again,
 * unless it was given in another step: that it holds still is news. Null takes an answer back.
 */
export async function saveAnswers(
  db: Database,
  actor: Actor,
  saving: Saving,
): Promise<{ problems: AnswerProblems; saved: number }> {
  const { partyId, organisationId = null, stepId = null, questionnaireId = null, now } = saving
  await lockParties(db, [partyId])
  if ((await getParty(db, partyId)).deletedAt !== null) throw notFound()
  if (organisationId !== null) await getParty(db, organisationId)
  const known = new Map(
    (await answerRows.current(db, [partyId])).map((row) => [row.questionId, row]),
  )
  const { answers, problems } = await check(db, saving, known)
  if (problems.length > 0) return { problems, saved: 0 }
  const fresh = answers.filter(({ questionId, value }) => {
    const standing = known.get(questionId)
    const isSame = isSameAnswer(standing?.value ?? null, value)
    const isNews = value !== null && stepId !== null && standing?.stepId !== stepId
    return !isSame || isNews
  })
  await answerRows.append(db, {
    partyId,
    organisationId,
    stepId,
    questionnaireId,
    answers: fresh,
    actor,
    now,
  })
  return { problems, saved: fresh.length }
}

async function check(
  db: Database,
  { questionnaireId, answers, isComplete = false, now }: Saving,
  known: ReadonlyMap<number, answerRows.Current>,
): Promise<Checked> {
  const given = new Map(answers.map(({ questionId, value }) => [questionId, value]))
  if (!questionnaireId) return checkLoose(db, given)
  const { items } = await loadQuestionnaire(db, questionnaireId)
  const asked = new Set(items.map(({ question }) => question.id))
  const strangers = [...given.keys()].filter((id) => !asked.has(id))
  const checked = checkAnswers(items, {
    given,
    known: new Map([...known].map(([id, { value }]) => [id, value])),
    today: await companyDay(db, now),
    isComplete,
  })
  const notAsked = strangers.map((questionId) => ({ questionId, reason: 'not-asked' as const }))
  return { ...checked, problems: [...checked.problems, ...notAsked] }
}

/** Answers outside of any questionnaire. */
async function checkLoose(
  db: Database,
  given: ReadonlyMap<number, AnswerValue | null>,
): Promise<Checked> {
  const known = new Map((await questions.findMany(db, [...given.keys()])).map((q) => [q.id, q]))
  const checked: Checked = { answers: [], problems: [] }
  for (const [questionId, raw] of given) {
    const question = known.get(questionId)
    const reading = question ? readAnswer(question, raw) : { problem: 'not-asked' as const }
    if ('problem' in reading) checked.problems.push({ questionId, reason: reading.problem })
    else if (!question?.isActive && reading.value !== null)
      checked.problems.push({ questionId, reason: 'retired' })
    else checked.answers.push({ questionId, value: reading.value })
  }
  return checked
}
