/** A question of the catalogue (a rubrique): what may be asked of anybody, by any questionnaire. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'

export const questionKinds = ['yes-no', 'choice', 'choices', 'number', 'date', 'text'] as const
export type QuestionKind = (typeof questionKinds)[number]

export const hasChoices = (kind: QuestionKind): boolean => kind === 'choice' || kind === 'choices'

export const Choice = z.object({
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  label: z.string().trim().min(1).max(120),
})
export type Choice = z.infer<typeof Choice>

const QuestionCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/)

const draft = z.object({
  /** Stays what it was made with: messages name the answer by it, `{{answer.CODE}}`. */
  code: QuestionCode,
  kind: z.enum(questionKinds),
  label: z.string().trim().min(1).max(300),
  help: z.string().trim().max(1_000).default(''),
  choices: z.array(Choice).max(60).default([]),
})

type Shape = { kind: QuestionKind; choices: Choice[] }

const choicesOfItsKind = ({ kind, choices }: Shape) =>
  hasChoices(kind) ? choices.length > 0 : choices.length === 0
const eachOnce = ({ choices }: Shape) =>
  new Set(choices.map(({ code }) => code)).size === choices.length

const aboutChoices = { path: ['choices'], message: 'a choice needs something to choose from' }
const aboutCodes = { path: ['choices'], message: 'each code once' }

export const QuestionDraft = draft
  .refine(choicesOfItsKind, aboutChoices)
  .refine(eachOnce, aboutCodes)
export type QuestionDraft = z.infer<typeof QuestionDraft>

export const Question = draft.extend({
  id: Id,
  /** A retired question is asked no more; its answers stay. */
  isActive: z.boolean(),
  version: z.int().positive(),
})
export type Question = z.infer<typeof Question>

/** A change of a question: everything but its code. */
export const QuestionChange = Question.omit({ code: true })
  .refine(choicesOfItsKind, aboutChoices)
  .refine(eachOnce, aboutCodes)
export type QuestionChange = z.infer<typeof QuestionChange>
