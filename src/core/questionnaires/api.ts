import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant } from '../kernel/values.ts'
import { AnswerValue, answerProblems } from './answer.ts'
import { Question, QuestionChange, QuestionDraft } from './question.ts'
import { Questionnaire, QuestionnaireDraft } from './questionnaire.ts'

const manage = 'settings.manage'
const Count = z.int().nonnegative()
const Version = z.int().positive()

export const listQuestions = endpoint('GET', '/api/questions', {
  may: 'signed-in',
  summary: 'The catalogue of questions by label',
  input: z.object({}),
  output: z.array(Question),
})
export const countAnswers = endpoint('GET', '/api/questions/counts', {
  may: 'signed-in',
  summary:
    'How many people have a current answer to each question, and one given through each questionnaire',
  input: z.object({}),
  output: z.object({
    questions: z.record(z.string(), Count),
    questionnaires: z.record(z.string(), Count),
  }),
})
export const createQuestion = endpoint('POST', '/api/questions', {
  may: manage,
  summary: 'Add a question to the catalogue',
  input: QuestionDraft,
  output: Question,
})
export const updateQuestion = endpoint('PUT', '/api/questions/:id', {
  may: manage,
  summary:
    'Change or retire a question; its kind and the choices that are answered or asked for in conditions stay',
  input: QuestionChange,
  output: Question,
})
export const deleteQuestion = endpoint('DELETE', '/api/questions/:id', {
  may: manage,
  summary: 'Delete a question that nobody answered and nothing uses',
  input: z.object({ id: Id }),
  output: Done,
})

export const QuestionnaireSummary = Questionnaire.omit({ items: true }).extend({
  questions: Count,
  /** Steps of operations that ask it. */
  steps: Count,
})
export type QuestionnaireSummary = z.infer<typeof QuestionnaireSummary>

export const listQuestionnaires = endpoint('GET', '/api/questionnaires', {
  may: 'signed-in',
  summary: 'The questionnaires by label',
  input: z.object({}),
  output: z.array(QuestionnaireSummary),
})
export const getQuestionnaire = endpoint('GET', '/api/questionnaires/:id', {
  may: 'signed-in',
  summary: 'One questionnaire with its questions in order',
  input: z.object({ id: Id }),
  output: Questionnaire,
})
export const createQuestionnaire = endpoint('POST', '/api/questionnaires', {
  may: manage,
  summary: 'Create a questionnaire',
  input: QuestionnaireDraft,
  output: Questionnaire,
})
export const updateQuestionnaire = endpoint('PUT', '/api/questionnaires/:id', {
  may: manage,
  summary: 'Change a questionnaire; `version` is the one that was read',
  input: QuestionnaireDraft.extend({ id: Id, version: Version }),
  output: Questionnaire,
})
export const duplicateQuestionnaire = endpoint('POST', '/api/questionnaires/:id/duplicate', {
  may: manage,
  summary: 'Copy a questionnaire under another code and label',
  input: QuestionnaireDraft.pick({ code: true, label: true }).extend({ id: Id }),
  output: Questionnaire,
})
export const deleteQuestionnaire = endpoint('DELETE', '/api/questionnaires/:id', {
  may: manage,
  summary: 'Delete a questionnaire that no step uses; the answers stay',
  input: z.object({ id: Id }),
  output: Done,
})

const Named = z.object({ id: Id, label: z.string() })

export const Answer = z.object({
  id: Id,
  questionId: Id,
  /** Who answered, and for which organisation when for one. */
  party: Named,
  organisation: Named.nullable(),
  questionnaireId: Id.nullable(),
  /** The step in which it was asked; null outside of operations, or when a key hides the operation. */
  step: z.object({ id: Id, label: z.string(), campaignId: Id, campaign: z.string() }).nullable(),
  /** Null takes the answer back. */
  value: AnswerValue.nullable(),
  answeredAt: Instant,
  actorName: z.string(),
})
export type Answer = z.infer<typeof Answer>

export const listAnswers = endpoint('GET', '/api/parties/:id/answers', {
  may: 'customers.view',
  summary:
    'The current answers of a person, and for an organisation those its contacts gave for it',
  input: z.object({ id: Id }),
  output: z.array(Answer.extend({ earlier: Count })),
})
export const listAnswerHistory = endpoint('GET', '/api/parties/:id/answers/:questionId', {
  may: 'customers.view',
  summary: 'Everything a person answered to a question, latest first',
  input: z.object({ id: Id, questionId: Id }),
  output: z.array(Answer),
})

const Problems = z.array(z.object({ questionId: Id, reason: z.enum(answerProblems) }))

export const saveAnswers = endpoint('POST', '/api/parties/:id/answers', {
  may: 'customers.write',
  summary:
    'Save answers of a person; with problems nothing is saved. `isComplete` asks for every required answer',
  input: z.object({
    id: Id,
    questionnaireId: Id.nullable().default(null),
    organisationId: Id.nullable().default(null),
    isComplete: z.boolean().default(false),
    answers: z.array(z.object({ questionId: Id, value: AnswerValue.nullable() })).max(200),
  }),
  output: z.object({ problems: Problems, saved: Count }),
})
