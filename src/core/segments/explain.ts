/** Why a person is in or not: the verdict of each criterion, beside the person's own value. */
import type { Locale } from '../kernel/values.ts'
import type { AnswerValue } from '../questionnaires/answer.ts'
import type { ActivityTest } from './activity-test.ts'
import type { CriteriaNode, Criterion, CriterionOf, DeliveryFact } from './criteria.ts'
import { describeCriterion } from './describe.ts'
import { isTold } from './describe-activity.ts'
import {
  activitiesMeant,
  answersTo,
  boughtSince,
  choicesOf,
  dateOf,
  type Evaluation,
  flagOf,
  goodsBought,
  matches,
  measured,
  numberOf,
  textOf,
  visitOf,
} from './matches.ts'
import { createPhrase, type Naming, type Phrase } from './phrase.ts'
import type { Subject } from './subject.ts'

export type Verdict = {
  holds: boolean
  /** The criterion as a clause; empty for a group. */
  text: string
  /** What the person has there, as text; empty when nothing is worth showing. */
  value: string
  /** How deep inside groups. */
  depth: number
  /** How the members of a group join; null for a criterion. */
  join: 'all' | 'any' | null
  not: boolean
}

export function explain(
  root: CriteriaNode,
  subject: Subject,
  { locale, naming, ...on }: Evaluation & { locale: Locale; naming: Naming },
): Verdict[] {
  const phrase = createPhrase(locale, naming)
  const verdicts = (node: CriteriaNode, depth: number): Verdict[] => {
    const holds = matches(node, subject, on)
    if (node.kind === 'group') {
      const own = { holds, text: '', value: '', depth, join: node.join, not: node.not }
      return [own, ...node.of.flatMap((inner) => verdicts(inner, depth + 1))]
    }
    const text = describeCriterion(node, locale, naming)
    return [
      { holds, text, value: ownValue(node, subject, on, phrase), depth, join: null, not: false },
    ]
  }
  return verdicts(root, 0)
}

function ownValue(criterion: Criterion, subject: Subject, on: Evaluation, phrase: Phrase): string {
  switch (criterion.kind) {
    case 'text':
      return textOf(criterion.field, subject)
    case 'number': {
      const value = numberOf(criterion, subject, on.today)
      if (value === null) return ''
      return criterion.currency === undefined
        ? phrase.number(value)
        : phrase.figure('revenue', value, criterion.currency)
    }
    case 'date':
      return dayText(dateOf(criterion.field, subject), phrase)
    case 'choice':
      return phrase.list(choicesOf(criterion.field, subject), 'and', (value) =>
        phrase.choice(criterion.field, value),
      )
    case 'flag':
      return phrase.words.yesNo[flagOf(criterion.field, subject) ? 'yes' : 'no']
    case 'birthday': {
      const { month, day } = subject.birth
      const two = (part: number) => String(part).padStart(2, '0')
      return month && day ? phrase.monthDay(`${two(month)}-${two(day)}`) : ''
    }
    case 'tag':
      return phrase.list(subject.tagIds, 'and', phrase.called('tag'))
    case 'visit':
      return dayText(visitOf(criterion.which, subject), phrase)
    case 'purchases': {
      const { value, times } = measured(criterion, subject, on.today)
      if (times === 0) return ''
      return phrase.figure(criterion.measure, Math.round(value / times), criterion.currency)
    }
    case 'bought':
      return phrase.list(
        [...new Set(goodsBought(criterion, subject, on.today))].slice(0, 5),
        'and',
        phrase.called(criterion.what),
      )
    case 'answer':
      return phrase.list(
        answersTo(criterion.questionId, subject)
          .filter((value) => value !== null)
          .map((value) => answerText(criterion, value, phrase)),
        'and',
        (text) => text,
      )
    case 'activity':
      return activitiesText(criterion, subject, on, phrase)
    case 'status':
    case 'delivery':
    case 'bought-since':
      return inStep(criterion, subject, phrase)
    default:
      return ''
  }
}

function inStep(
  criterion: CriterionOf<'status'> | CriterionOf<'delivery'> | CriterionOf<'bought-since'>,
  subject: Subject,
  phrase: Phrase,
): string {
  if (criterion.kind === 'bought-since') return dayText(boughtSince(criterion, subject), phrase)
  if (criterion.kind === 'status') {
    const status = subject.steps[criterion.stepId]?.status
    return status === undefined ? '' : phrase.called('status')(status)
  }
  const facts = subject.deliveries[criterion.stepId] ?? []
  return phrase.list(facts, 'and', (fact) => phrase.words.facts[fact as DeliveryFact])
}

/** The latest days; of types that are hidden from who asks, nothing. */
function activitiesText(asked: ActivityTest, subject: Subject, on: Evaluation, phrase: Phrase) {
  if (!isTold(asked, phrase)) return ''
  const days = activitiesMeant(asked, subject, on.today).map(({ day }) => day)
  return phrase.list([...new Set(days)].sort().reverse().slice(0, 3), 'and', phrase.day)
}

const dayText = (day: string | null, phrase: Phrase) => (day === null ? '' : phrase.day(day))

function answerText(
  { questionId, of }: CriterionOf<'answer'>,
  value: AnswerValue,
  phrase: Phrase,
): string {
  if (typeof value === 'boolean') return phrase.words.yesNo[value ? 'yes' : 'no']
  if (typeof value === 'number') return phrase.number(value)
  const called = (code: string) => phrase.called('answer')(`${questionId}.${code}`)
  if (Array.isArray(value)) return phrase.list(value, 'and', called)
  if (of === 'date') return phrase.day(value)
  return of === 'choice' ? called(value) : value
}
