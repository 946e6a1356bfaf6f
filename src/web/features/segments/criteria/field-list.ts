/** What a criterion can be about: the keys of the picker, in groups, and the criterion each begins as. */
import { isLoyaltyAmount } from '#core/parties/loyalty.ts'
import type { Dictionary } from '#core/segments/api.ts'
import {
  type CardCriterionKind,
  type Criterion,
  customTypesOf,
  fieldsOf,
  type Measure,
  measures,
} from '#core/segments/criteria.ts'
import { blankTest } from './answer-editor.tsx'

/** Texts are `fields.<key>` and `fieldGroups.<group>` of the catalogue `segments`. */
export const fieldGroups = {
  purchases: [
    'visit-last',
    'visit-first',
    'visits',
    'revenue',
    'basket',
    'margin',
    'quantity',
    'bought-department',
    'bought-article',
    'bought-store',
  ],
  identity: [
    'age',
    'birthday',
    'lastName',
    'firstName',
    'salutation',
    'sex',
    'company',
    'nature',
    'kind',
    'language',
    'code',
  ],
  address: ['postalCode', 'city', 'country', 'address1', 'address2'],
  contact: ['hasEmail', 'hasMobile', 'doNotContact', 'consent', 'email', 'phone', 'mobile'],
  shop: ['store', 'category', 'tag', 'list', 'cardNumber', 'createdAt'],
  loyalty: [
    'cardType',
    'loyaltyPoints',
    'loyaltySales',
    'loyaltyGift',
    'loyaltyVisits',
    'loyaltyItems',
    'loyaltyBonus',
  ],
  mailings: ['segment', 'mailing'],
  activities: ['activity'],
  steps: ['status', 'delivery', 'bought-since', 'step-state', 'operation-state'],
  free: ['criterion1', 'criterion2', 'criterion3', 'date2', 'date3'],
} as const

/** The key under which a criterion stands in the picker. */
export function keyOf(criterion: Criterion): string {
  switch (criterion.kind) {
    case 'visit':
      return `visit-${criterion.which}`
    case 'purchases':
      return criterion.measure
    case 'bought':
      return `bought-${criterion.what}`
    case 'text':
    case 'number':
    case 'date':
    case 'choice':
    case 'flag':
      return criterion.field
    case 'answer':
      return `answer.${criterion.questionId}`
    default:
      return criterion.kind
  }
}

const cardKinds = Object.keys(fieldsOf) as CardCriterionKind[]

const kindOf = (key: string, { customFields }: Dictionary): CardCriterionKind | undefined => {
  const type = customFields.find((field) => `custom.${field.key}` === key)?.type ?? ''
  return cardKinds.find((kind) =>
    key.startsWith('custom.')
      ? (customTypesOf[kind] as readonly string[]).includes(type)
      : (fieldsOf[kind] as readonly string[]).includes(key),
  )
}

/* A new rule says something at once where something sensible can be said, and is unfinished where not. */
export function blankFor(key: string, dictionary: Dictionary): Criterion {
  const special = specials[key]
  if (special) return special
  const question = dictionary.questions.find(({ id }) => key === `answer.${id}`)
  if (question) return blankTest(question)
  const measure = measures.find((each) => each === key)
  if (measure) return purchasesOf(measure, dictionary.currencies[0] ?? 'EUR')
  if (isLoyaltyAmount(key)) {
    const currency = dictionary.currencies[0] ?? 'EUR'
    const test = { op: 'at-least', value: 10_000 } as const
    return { kind: 'number', field: key as 'loyaltySales', currency, test }
  }
  return cardCriterion(kindOf(key, dictionary) ?? 'text', key)
}

const specials: Record<string, Criterion> = {
  'visit-last': { kind: 'visit', which: 'last', test: { op: 'older-than', n: 2, unit: 'months' } },
  'visit-first': { kind: 'visit', which: 'first', test: { op: 'in-last', n: 3, unit: 'months' } },
  'bought-department': bought('department'),
  'bought-article': bought('article'),
  'bought-store': bought('store'),
  birthday: { kind: 'birthday', test: { op: 'this-month' } },
  tag: { kind: 'tag', op: 'any', ids: [] },
  list: { kind: 'list', op: 'any', ids: [] },
  segment: { kind: 'segment', segmentId: 0, is: true },
  consent: { kind: 'consent', channel: 'email', op: 'is', state: 'granted' },
  mailing: { kind: 'mailing', campaignId: 0, op: 'received' },
  activity: {
    kind: 'activity',
    is: true,
    activityTypeIds: [],
    state: 'any',
    period: { kind: 'last', n: 12, unit: 'months' },
    field: null,
  },
  status: { kind: 'status', stepId: 0, op: 'is', statuses: [] },
  delivery: { kind: 'delivery', stepId: 0, fact: 'clicked', is: true },
  'bought-since': { kind: 'bought-since', stepId: 0, is: true },
  'step-state': { kind: 'step-state', stepId: 0, op: 'is', states: [] },
  'operation-state': { kind: 'operation-state', campaignId: 0, op: 'is', states: [] },
}

function bought(what: 'article' | 'department' | 'store'): Criterion {
  return { kind: 'bought', op: 'any', what, ids: [], window: { kind: 'ever' } }
}

function purchasesOf(measure: Measure, currency: string): Criterion {
  const isCounted = measure === 'visits' || measure === 'quantity'
  const value = measure === 'visits' ? 1 : measure === 'quantity' ? 1_000 : 10_000
  return {
    kind: 'purchases',
    measure,
    currency: isCounted ? null : currency,
    window: { kind: 'last', n: 12, unit: 'months' },
    of: null,
    test: { op: 'at-least', value },
  }
}

function cardCriterion(kind: CardCriterionKind, field: string): Criterion {
  const tests = {
    text: { test: { op: field === 'postalCode' ? 'starts-with' : 'contains', value: '' } },
    number: { test: { op: 'at-least', value: field === 'age' ? 18 : 0 } },
    date: { test: { op: 'in-last', n: 30, unit: 'days' } },
    choice: { test: { op: 'one-of', values: [] } },
    flag: { is: field !== 'doNotContact' },
  } as const
  return { kind, field, ...tests[kind] } as unknown as Criterion
}
