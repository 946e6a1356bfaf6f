/** A questionnaire: questions in an order, some of them asked only after certain answers. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import { type AnswerProblem, type AnswerValue, readAnswer } from './answer.ts'
import { AnswerTest, choicesNamed } from './answer-test.ts'
import { holdsAnswer } from './holds-answer.ts'
import { Question } from './question.ts'

/** When a question is asked: all or any of these tests of questions before it. */
export const ShowIf = z.object({
  join: z.enum(['all', 'any']),
  of: z.array(AnswerTest).min(1).max(20),
})
export type ShowIf = z.infer<typeof ShowIf>

export const ItemDraft = z.object({
  questionId: Id,
  isRequired: z.boolean().default(false),
  /** Null for always. */
  showIf: ShowIf.nullable().default(null),
})
export type ItemDraft = z.infer<typeof ItemDraft>

const QuestionnaireCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/)

export const QuestionnaireDraft = z.object({
  code: QuestionnaireCode,
  label: z.string().trim().min(1).max(120),
  description: z.string().trim().max(2_000).default(''),
  isActive: z.boolean().default(true),
  items: z.array(ItemDraft).max(200).default([]),
})
export type QuestionnaireDraft = z.infer<typeof QuestionnaireDraft>

export const Item = z.object({
  question: Question,
  /** From 1. */
  position: z.int().positive(),
  isRequired: z.boolean(),
  showIf: ShowIf.nullable(),
})
export type Item = z.infer<typeof Item>

export const Questionnaire = QuestionnaireDraft.extend({
  id: Id,
  version: z.int().positive(),
  items: z.array(Item),
})
export type Questionnaire = z.infer<typeof Questionnaire>

export type ItemProblem = {
  questionId: number
  reason: 'unknown-question' | 'twice' | 'not-before' | 'other-kind' | 'unknown-choice'
}

/**
 * What is wrong with the items, in their order. A condition names only questions before its own, which also
 * rules out circles.
 */
export function checkItems(
  items: readonly ItemDraft[],
  questions: ReadonlyMap<number, Question>,
): ItemProblem[] {
  const before = new Set<number>()
  const problems: ItemProblem[] = []
  for (const { questionId, showIf } of items) {
    const tell = (reason: ItemProblem['reason']) => problems.push({ questionId, reason })
    if (!questions.has(questionId)) tell('unknown-question')
    else if (before.has(questionId)) tell('twice')
    for (const test of showIf?.of ?? []) {
      const reason = testProblem(test, before, questions)
      if (reason) tell(reason)
    }
    before.add(questionId)
  }
  return problems
}

function testProblem(
  test: AnswerTest,
  before: ReadonlySet<number>,
  questions: ReadonlyMap<number, Question>,
): ItemProblem['reason'] | undefined {
  const question = questions.get(test.questionId)
  if (!question) return 'unknown-question'
  if (!before.has(test.questionId)) return 'not-before'
  if (question.kind !== test.of) return 'other-kind'
  const known = question.choices.map(({ code }) => code)
  return choicesNamed(test).every((code) => known.includes(code)) ? undefined : 'unknown-choice'
}

export type Answers = ReadonlyMap<number, AnswerValue | null>

type Asked = {
  question: Pick<Question, 'id' | 'kind' | 'choices' | 'isActive'>
  isRequired: boolean
  showIf: ShowIf | null
}

/**
 * The items that are asked after these answers. What was answered to a question that is not asked counts
 * as no answer for those behind it; a retired question is asked no more.
 */
export function shownItems<Of extends Asked>(
  items: readonly Of[],
  answers: Answers,
  today: string,
): Of[] {
  const shown: Of[] = []
  const heard = new Map<number, AnswerValue | null>()
  for (const item of items) {
    if (!item.question.isActive || !isAsked(item.showIf, heard, today)) continue
    shown.push(item)
    heard.set(item.question.id, answers.get(item.question.id) ?? null)
  }
  return shown
}

function isAsked(showIf: ShowIf | null, heard: Answers, today: string): boolean {
  if (showIf === null) return true
  const holds = (test: AnswerTest) => holdsAnswer(test, heard.get(test.questionId) ?? null, today)
  return showIf.join === 'all' ? showIf.of.every(holds) : showIf.of.some(holds)
}

export type AnswerProblems = { questionId: number; reason: AnswerProblem }[]

export type Checked = {
  /** What to save: read, asked, in the order of the questionnaire. */
  answers: { questionId: number; value: AnswerValue | null }[]
  problems: AnswerProblems
}

type Giving = {
  given: Answers
  /** What the person has answered before; the given answers come over them. */
  known: Answers
  today: string
  /** The end of the questionnaire: required questions that are asked must be answered. */
  isComplete: boolean
}

/** Reads the given answers. Those to questions that branching hides are left out and never in the way. */
export function checkAnswers(items: readonly Asked[], giving: Giving): Checked {
  const { given, known, today, isComplete } = giving
  const readings = new Map(
    items.flatMap(({ question }) => {
      const raw = given.get(question.id)
      return raw === undefined ? [] : [[question.id, readAnswer(question, raw)] as const]
    }),
  )
  const read = [...readings].map(([id, reading]) => [id, readValue(reading)] as const)
  const answers = new Map([...known, ...read])
  const checked: Checked = { answers: [], problems: [] }
  for (const { question, isRequired } of shownItems(items, answers, today)) {
    const questionId = question.id
    const reading = readings.get(questionId)
    if (reading && 'problem' in reading)
      checked.problems.push({ questionId, reason: reading.problem })
    else if (isComplete && isRequired && (answers.get(questionId) ?? null) === null)
      checked.problems.push({ questionId, reason: 'required' })
    else if (reading) checked.answers.push({ questionId, value: reading.value })
  }
  return checked
}

const readValue = (reading: ReturnType<typeof readAnswer>) =>
  'value' in reading ? reading.value : null
