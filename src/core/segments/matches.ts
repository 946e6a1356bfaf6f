/** Whether a person satisfies criteria: the plain reading of them, and the twin of the SQL. */
import { assertNever } from '../kernel/assert-never.ts'
import type { AnswerValue } from '../questionnaires/answer.ts'
import { saysNot } from '../questionnaires/answer-test.ts'
import { holdsAnswer } from '../questionnaires/holds-answer.ts'
import type { ActivityFieldTest, ActivityTest } from './activity-test.ts'
import { ageOn, birthdayRange, holdsBirthday, isWithin, windowRange } from './calendar.ts'
import type { Criteria, CriteriaNode, Criterion, CriterionOf } from './criteria.ts'
import {
  goodsOf,
  isBought,
  type Subject,
  type SubjectActivity,
  type SubjectLine,
} from './subject.ts'
import { holds, testChoice, testDate, testNumber, testText } from './test-values.ts'

export type Evaluation = {
  today: string
  /** Saved segments by number: all that the criteria name, directly or through each other. */
  segments: ReadonlyMap<number, Criteria>
  /** Where steps and operations stand, by their number: those that the criteria name and that are there. */
  states: { steps: ReadonlyMap<number, string>; operations: ReadonlyMap<number, string> }
}

export function matches(node: CriteriaNode, subject: Subject, on: Evaluation): boolean {
  if (node.kind !== 'group') return satisfies(node, subject, on)
  const is = (inner: CriteriaNode) => matches(inner, subject, on)
  return (node.join === 'all' ? node.of.every(is) : node.of.some(is)) !== node.not
}

function satisfies(criterion: Criterion, subject: Subject, on: Evaluation): boolean {
  switch (criterion.kind) {
    case 'text':
      return testText(criterion.test, criterion.field, textOf(criterion.field, subject))
    case 'number':
      return testNumber(criterion.test, numberOf(criterion, subject, on.today))
    case 'date':
      return testDate(criterion.test, dateOf(criterion.field, subject), on.today)
    case 'choice':
      return testChoice(criterion.test, choicesOf(criterion.field, subject))
    case 'flag':
      return flagOf(criterion.field, subject) === criterion.is
    case 'birthday':
      return testBirthday(criterion, subject, on.today)
    case 'tag':
      return testSet(criterion, subject.tagIds)
    case 'list':
      return testSet(criterion, subject.listIds)
    case 'segment': {
      const inner = on.segments.get(criterion.segmentId)
      return (inner !== undefined && matches(inner.root, subject, on)) === criterion.is
    }
    case 'consent':
      return (consentOf(criterion, subject) === criterion.state) === (criterion.op === 'is')
    case 'mailing':
      return testMailing(criterion, subject)
    case 'visit':
      return testDate(criterion.test, visitOf(criterion.which, subject), on.today)
    case 'purchases':
      return testPurchases(criterion, subject, on.today)
    case 'bought':
      return testSet(criterion, goodsBought(criterion, subject, on.today))
    case 'answer':
      return testAnswers(criterion, subject, on.today)
    case 'activity':
      return activitiesMeant(criterion, subject, on.today).length > 0 === criterion.is
    case 'status': {
      const own = subject.steps[criterion.stepId]
      return (
        own !== undefined && criterion.statuses.includes(own.status) === (criterion.op === 'is')
      )
    }
    case 'delivery':
      return (
        (subject.deliveries[criterion.stepId]?.includes(criterion.fact) ?? false) === criterion.is
      )
    case 'bought-since':
      return (boughtSince(criterion, subject) !== null) === criterion.is
    case 'step-state':
      return standsSo(criterion, on.states.steps.get(criterion.stepId))
    case 'operation-state':
      return standsSo(criterion, on.states.operations.get(criterion.campaignId))
    default:
      return assertNever(criterion)
  }
}

/** What is gone neither is nor is not in a state. */
const standsSo = (
  { op, states }: Pick<CriterionOf<'step-state'>, 'op' | 'states'>,
  own: string | undefined,
) => own !== undefined && states.includes(own) === (op === 'is')

const customKey = (field: string) => field.slice('custom.'.length)

export function textOf(field: CriterionOf<'text'>['field'], { texts, custom }: Subject): string {
  if (field in texts) return texts[field as keyof typeof texts]
  return customText(custom[customKey(field)])
}

const customText = (value: unknown) => (typeof value === 'string' ? value : '')
const customNumber = (value: unknown) => (typeof value === 'number' ? value : null)
const customDay = (value: unknown) => customText(value) || null
const customChoices = (value: unknown) =>
  (Array.isArray(value) ? value : [value]).filter(
    (each): each is string => typeof each === 'string' && each !== '',
  )

export function numberOf(
  { field, currency }: Pick<CriterionOf<'number'>, 'field' | 'currency'>,
  { numbers, birth, custom, loyaltyCurrency }: Subject,
  today: string,
): number | null {
  if (field === 'age') return ageOn(birth, today)
  if (currency !== undefined && currency !== loyaltyCurrency) return null
  if (field in numbers) return numbers[field as keyof typeof numbers]
  return customNumber(custom[customKey(field)])
}

export function dateOf(field: CriterionOf<'date'>['field'], { dates, custom }: Subject) {
  if (field in dates) return dates[field as keyof typeof dates]
  return customDay(custom[customKey(field)])
}

export function choicesOf(field: CriterionOf<'choice'>['field'], subject: Subject): string[] {
  const { choices, custom } = subject
  return customChoices(
    field in choices ? choices[field as keyof typeof choices] : custom[customKey(field)],
  )
}

export function flagOf(field: CriterionOf<'flag'>['field'], { flags, custom }: Subject): boolean {
  if (field in flags) return flags[field as keyof typeof flags]
  return custom[customKey(field)] === true
}

function testBirthday({ test }: CriterionOf<'birthday'>, { birth }: Subject, today: string) {
  const range = birthdayRange(test, today)
  const { month, day } = birth
  const known = month !== null && day !== null
  if (range === 'empty' || range === 'filled') return known === (range === 'filled')
  return known && holdsBirthday(range, month, day)
}

function testSet({ op, ids }: { op: 'any' | 'all' | 'none'; ids: number[] }, own: number[]) {
  if (op === 'all') return ids.every((id) => own.includes(id))
  return ids.some((id) => own.includes(id)) === (op === 'any')
}

/** One answer that passes is enough, be it a contact's; tests that say “not” ask it of every answer. */
function testAnswers(asked: CriterionOf<'answer'>, subject: Subject, today: string): boolean {
  const values = answersTo(asked.questionId, subject)
  const passes = (value: AnswerValue | null) => holdsAnswer(asked, value, today)
  return saysNot(asked) ? values.every(passes) : values.some(passes)
}

/** The person's own answer, null when there is none, and those that contacts gave for the organisation. */
export function answersTo(questionId: number, { answers, contactAnswers }: Subject) {
  return [answers[questionId] ?? null, ...(contactAnswers[questionId] ?? [])]
}

/** Those of the history that the criterion asks for, whether it wants some or none. */
export function activitiesMeant(
  { activityTypeIds, state, period, field }: ActivityTest,
  { activities }: Subject,
  today: string,
): SubjectActivity[] {
  const range = windowRange(period, today)
  return activities.filter(
    (activity) =>
      activityTypeIds.includes(activity.typeId) &&
      (state === 'any' || activity.state === state) &&
      isWithin(activity.day, range) &&
      (field === null || holdsField(field, activity.custom[field.key], today)),
  )
}

function holdsField(asked: ActivityFieldTest, value: unknown, today: string): boolean {
  switch (asked.of) {
    case 'text':
      return testText(asked.test, 'custom', customText(value))
    case 'number':
    case 'money':
      return testNumber(asked.test, customNumber(value))
    case 'date':
      return testDate(asked.test, customDay(value), today)
    case 'choice':
      return testChoice(asked.test, customChoices(value))
    case 'flag':
      return (value === true) === asked.is
    default:
      return assertNever(asked)
  }
}

/** The first day with a purchase since the step reached the person; null when there is none. */
export function boughtSince({ stepId }: { stepId: number }, { steps, lines }: Subject) {
  const since = steps[stepId]?.reachedOn ?? null
  if (since === null) return null
  const days = lines.filter((line) => isBought(line) && line.soldOn >= since)
  return days.map(({ soldOn }) => soldOn).sort()[0] ?? null
}

/** A withdrawal wins over a grant, be it on the channel or on all of them. */
function consentOf({ channel, purpose }: CriterionOf<'consent'>, subject: Subject) {
  const { consents, optOuts, opensConsent } = subject
  if (purpose === 'measurement') {
    if (opensConsent === null) return 'unknown'
    return opensConsent ? 'granted' : 'withdrawn'
  }
  const said = consents.filter((each) => each.channel === channel || each.channel === 'all')
  const optedOut = (channel === 'email' && optOuts.email) || (channel === 'sms' && optOuts.sms)
  if (optedOut || said.some(({ state }) => state === 'withdrawn')) return 'withdrawn'
  return said.length > 0 ? 'granted' : 'unknown'
}

function testMailing({ campaignId, op }: CriterionOf<'mailing'>, subject: Subject): boolean {
  const ids = op.endsWith('received') ? subject.receivedIds : subject.targetedIds
  return ids.includes(campaignId) === !op.startsWith('not-')
}

export function visitOf(which: 'last' | 'first', { lines }: Subject): string | null {
  const days = lines.map(({ soldOn }) => soldOn).sort()
  return (which === 'last' ? days.at(-1) : days[0]) ?? null
}

function linesWithin(
  { window, of, currency }: Pick<CriterionOf<'purchases'>, 'window' | 'of' | 'currency'>,
  { lines }: Subject,
  today: string,
): SubjectLine[] {
  const range = windowRange(window, today)
  return lines.filter(
    (line) =>
      isWithin(line.soldOn, range) &&
      (currency === null || line.currency === currency) &&
      (of === null || of.ids.includes(goodsOf(line, of.what) ?? 0)),
  )
}

const sum = (lines: SubjectLine[], of: (line: SubjectLine) => number) =>
  lines.reduce((total, line) => total + of(line), 0)

/** The measured figure; a basket is `{ value: revenue, times: visits }`. */
export function measured(criterion: CriterionOf<'purchases'>, subject: Subject, today: string) {
  const lines = linesWithin(criterion, subject, today)
  const visits = new Set(lines.map(({ saleId }) => saleId)).size
  const revenue = sum(lines, ({ amount }) => amount)
  switch (criterion.measure) {
    case 'visits':
      return { value: visits, times: 1 }
    case 'revenue':
      return { value: revenue, times: 1 }
    case 'margin':
      return { value: sum(lines, ({ margin }) => margin ?? 0), times: 1 }
    case 'quantity':
      return { value: sum(lines, ({ quantity }) => quantity), times: 1 }
    case 'basket':
      return { value: revenue, times: visits }
    default:
      return assertNever(criterion.measure)
  }
}

function testPurchases(criterion: CriterionOf<'purchases'>, subject: Subject, today: string) {
  const { value, times } = measured(criterion, subject, today)
  return times > 0 && holds(criterion.test, value, times)
}

export function goodsBought(criterion: CriterionOf<'bought'>, subject: Subject, today: string) {
  return linesWithin({ window: criterion.window, of: null, currency: null }, subject, today)
    .filter(isBought)
    .map((line) => goodsOf(line, criterion.what))
    .filter((id) => id !== null)
}
