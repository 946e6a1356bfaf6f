/** What somebody answered, by the kind of the question. */
import { z } from 'zod'
import { assertNever } from '../kernel/assert-never.ts'
import { Day, type Locale } from '../kernel/values.ts'
import type { Question } from './question.ts'

/** yes-no: boolean; choice: its code; choices: codes; number; date: `2026-11-22`; text. */
export const AnswerValue = z.union([
  z.boolean(),
  z.number(),
  z.string().max(4_000),
  z.array(z.string().max(40)).max(60),
])
export type AnswerValue = z.infer<typeof AnswerValue>

/** The reasons why an answer is refused; `problems.<reason>` of the catalogue `questionnaires`. */
export const answerProblems = [
  'required',
  'not-yes-no',
  'no-such-choice',
  'not-a-number',
  'not-a-day',
  'not-a-text',
  'too-long',
  'retired',
  'not-asked',
] as const
export type AnswerProblem = (typeof answerProblems)[number]

const longestText = 2_000
const largest = 1e15

export type Reading = { value: AnswerValue | null } | { problem: AnswerProblem }

/** The answer as it is kept; blank text and no choice at all are no answer, null. */
export function readAnswer(
  question: Pick<Question, 'kind' | 'choices'>,
  raw: AnswerValue | null,
): Reading {
  if (raw === null || raw === '') return { value: null }
  const { kind } = question
  switch (kind) {
    case 'yes-no':
      return typeof raw === 'boolean' ? { value: raw } : { problem: 'not-yes-no' }
    case 'choice':
      return isChoice(question, raw) ? { value: raw } : { problem: 'no-such-choice' }
    case 'choices':
      return readChoices(question, raw)
    case 'number':
      return typeof raw === 'number' && Math.abs(raw) <= largest
        ? { value: raw }
        : { problem: 'not-a-number' }
    case 'date':
      return Day.safeParse(raw).success ? { value: raw } : { problem: 'not-a-day' }
    case 'text':
      return readText(raw)
    default:
      return assertNever(kind)
  }
}

type Choosing = Pick<Question, 'choices'>

const isChoice = ({ choices }: Choosing, raw: AnswerValue) =>
  choices.some(({ code }) => code === raw)

/** In the order of the question, each once: the same choice is always the same value. */
function readChoices(question: Choosing, raw: AnswerValue): Reading {
  if (!Array.isArray(raw) || !raw.every((code) => isChoice(question, code)))
    return { problem: 'no-such-choice' }
  const codes = question.choices.map(({ code }) => code).filter((code) => raw.includes(code))
  return { value: codes.length > 0 ? codes : null }
}

function readText(raw: AnswerValue): Reading {
  // PostgreSQL keeps no NUL.
  if (typeof raw !== 'string' || raw.includes('\0')) return { problem: 'not-a-text' }
  const text = raw.trim()
  if (text.length > longestText) return { problem: 'too-long' }
  return { value: text === '' ? null : text }
}

export function isSameAnswer(a: AnswerValue | null, b: AnswerValue | null): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((code, at) => code === b[at])
}

const words = { fr: { yes: 'oui', no: 'non' }, en: { yes: 'yes', no: 'no' } } as const

/** An answer as people read it: on the card, in the timeline, in a message. A choice that is gone shows its code. */
export function answerText(
  { kind, choices }: Pick<Question, 'kind' | 'choices'>,
  value: AnswerValue | null,
  locale: Locale,
): string {
  if (value === null) return ''
  const label = (code: string) => choices.find((choice) => choice.code === code)?.label ?? code
  if (Array.isArray(value)) return value.map(label).join(', ')
  if (typeof value === 'boolean') return value ? words[locale].yes : words[locale].no
  if (typeof value === 'number') return writeNumber(value, locale)
  if (kind === 'date') return writeDay(value, locale)
  return kind === 'choice' ? label(value) : value
}

/* French groups thousands by U+202F, which GSM-7 lacks and some fonts do not draw. */
const writeNumber = (value: number, locale: Locale) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })
    .format(value)
    .replaceAll('\u202f', '\u00a0')

function writeDay(day: string, locale: Locale): string {
  const tag = locale === 'en' ? 'en-GB' : locale
  const text = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
  return locale === 'fr' ? text.replace(/^1(?=\s)/, '1er') : text
}
