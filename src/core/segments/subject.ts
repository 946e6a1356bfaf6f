/** A person with everything a criterion may ask: for the reason why someone is in, and as the oracle of the SQL. */
import type { ActivityState } from '../activities/activity.ts'
import type { AnswerValue } from '../questionnaires/answer.ts'
import type { Birth } from './calendar.ts'
import type { DeliveryFact, fieldsOf, Goods } from './criteria.ts'

export type SubjectLine = {
  saleId: number
  soldOn: string
  currency: string
  storeId: number
  articleId: number | null
  departmentId: number | null
  quantity: number
  amount: number
  margin: number | null
}

/** An activity in somebody's history, on the day when it starts. */
export type SubjectActivity = {
  typeId: number
  state: ActivityState
  day: string
  custom: Record<string, unknown>
}

export type Subject = {
  id: number
  texts: Record<(typeof fieldsOf.text)[number], string>
  /** A choice as its stored value; store, category and card type as their number in text; empty when none. */
  choices: Record<(typeof fieldsOf.choice)[number], string>
  numbers: Record<Exclude<(typeof fieldsOf.number)[number], 'age'>, number | null>
  /** What the loyalty amounts are in. */
  loyaltyCurrency: string
  dates: { date2: string | null; date3: string | null; createdAt: string }
  flags: Record<(typeof fieldsOf.flag)[number], boolean>
  birth: Birth
  custom: Record<string, unknown>
  tagIds: number[]
  listIds: number[]
  /** The last word on each channel, `all` among them. */
  consents: { channel: string; state: 'granted' | 'withdrawn' }[]
  optOuts: { email: boolean; sms: boolean }
  /** That openings are measured; null when nothing was said. */
  opensConsent: boolean | null
  receivedIds: number[]
  targetedIds: number[]
  lines: SubjectLine[]
  /** The current answers by the number of the question. */
  answers: Record<string, AnswerValue>
  /** What contacts answered for this organisation, by the number of the question. */
  contactAnswers: Record<string, AnswerValue[]>
  /** As the customer or as the contact; without those that a confidential campaign made. */
  activities: SubjectActivity[]
  /** Where the person is linked, by the number of the step; `reachedOn` is null as long as nothing was done. */
  steps: Record<string, { status: string; reachedOn: string | null }>
  /** What became of messages, by the number of the step. */
  deliveries: Record<string, DeliveryFact[]>
}

/** A line that gives something out; a return alone buys nothing. */
export const isBought = ({ quantity, amount }: SubjectLine): boolean => quantity > 0 || amount > 0

export function goodsOf(line: SubjectLine, what: Goods['what']): number | null {
  if (what === 'article') return line.articleId
  return what === 'department' ? line.departmentId : line.storeId
}
