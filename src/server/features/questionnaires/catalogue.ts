/** Changing questions and questionnaires, and what must stay because something stands on it. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Question, QuestionChange, QuestionDraft } from '#core/questionnaires/question.ts'
import {
  checkItems,
  type Questionnaire,
  type QuestionnaireDraft,
} from '#core/questionnaires/questionnaire.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { choicesNamed, placesNaming } from '../segments/service.ts'
import * as questionnaires from './queries.ts'
import * as questions from './question-queries.ts'
import { loadQuestionnaire } from './service.ts'

const codeTaken = (code: string) =>
  new AppError('conflict', 'questionnaires/code-taken', `The code ${code} is in use.`, {
    details: { code },
  })

const changed = () =>
  new AppError('conflict', 'questionnaires/changed', 'Somebody else changed it meanwhile.')

export async function createQuestion(
  db: Database,
  draft: QuestionDraft,
  actor: Actor,
): Promise<Question> {
  const question = await questions.insert(db, draft)
  if (!question) throw codeTaken(draft.code)
  await audit(db, actor, 'questionnaires/question-created', question.label, { id: question.id })
  return question
}

export async function updateQuestion(
  db: Database,
  change: QuestionChange,
  actor: Actor,
): Promise<Question> {
  const before = await lockQuestion(db, change.id)
  if (before.version !== change.version) throw changed()
  if (before.kind !== change.kind) await ensureKindIsFree(db, actor, before)
  else await ensureChoicesStay(db, before, change)
  const question = await questions.update(db, change)
  if (!question) throw changed()
  await audit(db, actor, 'questionnaires/question-changed', question.label, { id: question.id })
  return question
}

async function lockQuestion(db: Database, id: number): Promise<Question> {
  const question = await questions.lock(db, id)
  if (!question)
    throw new AppError('not-found', 'questionnaires/no-such-question', 'There is no such question.')
  return question
}

/** Answers and conditions are of the kind of their question. */
async function ensureKindIsFree(db: Database, actor: Actor, question: Question): Promise<void> {
  const details = { question: question.label }
  if (await questions.isAnswered(db, question.id))
    throw new AppError(
      'conflict',
      'questionnaires/kind-answered',
      'The kind cannot change: people have answered.',
      { details },
    )
  const [use] = await placesNaming(db, actor, 'question', [question.id])
  if (use)
    throw new AppError(
      'conflict',
      'questionnaires/kind-in-use',
      `The kind cannot change: “${use.label}” has a condition on it.`,
      { details: { ...details, place: use.place, label: use.label } },
    )
}

async function ensureChoicesStay(
  db: Database,
  before: Question,
  { choices }: QuestionChange,
): Promise<void> {
  const kept = new Set(choices.map(({ code }) => code))
  const gone = before.choices.filter(({ code }) => !kept.has(code))
  if (gone.length === 0) return
  const used = new Set([
    ...(await questions.choicesAnswered(db, before.id)),
    ...(await choicesNamed(db, before.id)),
  ])
  const missed = gone.find(({ code }) => used.has(code))
  if (missed)
    throw new AppError(
      'conflict',
      'questionnaires/choice-in-use',
      `“${missed.label}” has been answered or is named by a condition.`,
      { details: { choice: missed.label } },
    )
}

export async function deleteQuestion(db: Database, id: number, actor: Actor): Promise<void> {
  const question = await lockQuestion(db, id)
  const details = { question: question.label }
  if (await questions.isAnswered(db, id))
    throw new AppError(
      'conflict',
      'questionnaires/question-answered',
      'People have answered this question; retire it.',
      { details },
    )
  const [asked] = await placesNaming(db, actor, 'question', [id])
  const use = asked ?? (await questions.findUse(db, actor, question))
  if (use)
    throw new AppError(
      'conflict',
      'questionnaires/question-in-use',
      `“${use.label}” uses this question.`,
      { details: { ...details, place: use.place, label: use.label } },
    )
  await questions.remove(db, id)
  await audit(db, actor, 'questionnaires/question-deleted', question.label)
}

/** The first item that is wrong, by its question and place. */
async function ensureItems(db: Database, { items }: QuestionnaireDraft): Promise<void> {
  const ids = items.flatMap(({ questionId, showIf }) => [
    questionId,
    ...(showIf?.of.map((test) => test.questionId) ?? []),
  ])
  const known = new Map((await questions.findMany(db, ids)).map((q) => [q.id, q]))
  const [problem] = checkItems(items, known)
  if (!problem) return
  const { questionId, reason } = problem
  const question = known.get(questionId)?.label ?? String(questionId)
  throw new AppError(
    'invalid',
    `questionnaires/item-${reason}`,
    `The question “${question}” cannot stand so: ${reason}.`,
    { details: { question, position: items.findIndex((i) => i.questionId === questionId) + 1 } },
  )
}

export async function createQuestionnaire(
  db: Database,
  draft: QuestionnaireDraft,
  actor: Actor,
): Promise<Questionnaire> {
  await ensureItems(db, draft)
  if (await questionnaires.isCodeTaken(db, draft.code, 0)) throw codeTaken(draft.code)
  const id = await questionnaires.insert(db, draft)
  if (id === undefined) throw codeTaken(draft.code)
  await audit(db, actor, 'questionnaires/created', draft.label, { id })
  return loadQuestionnaire(db, id)
}

export async function updateQuestionnaire(
  db: Database,
  change: QuestionnaireDraft & { id: number; version: number },
  actor: Actor,
): Promise<Questionnaire> {
  await loadQuestionnaire(db, change.id)
  await ensureItems(db, change)
  if (await questionnaires.isCodeTaken(db, change.code, change.id)) throw codeTaken(change.code)
  if (!(await questionnaires.update(db, change))) throw changed()
  await audit(db, actor, 'questionnaires/changed', change.label, { id: change.id })
  return loadQuestionnaire(db, change.id)
}

export async function duplicateQuestionnaire(
  db: Database,
  { id, code, label }: { id: number; code: string; label: string },
  actor: Actor,
): Promise<Questionnaire> {
  const { description, items } = await loadQuestionnaire(db, id)
  const copied = items.map(({ question, isRequired, showIf }) => ({
    questionId: question.id,
    isRequired,
    showIf,
  }))
  return createQuestionnaire(db, { code, label, description, isActive: true, items: copied }, actor)
}

export async function deleteQuestionnaire(db: Database, id: number, actor: Actor): Promise<void> {
  const { label } = await loadQuestionnaire(db, id)
  const step = await questionnaires.findStep(db, actor, id)
  if (step !== undefined)
    throw new AppError('conflict', 'questionnaires/in-use', `A step of “${step}” asks it.`, {
      details: { label: step },
    })
  await questionnaires.remove(db, id)
  await audit(db, actor, 'questionnaires/deleted', label)
}
