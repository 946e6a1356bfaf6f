/**
 * Criteria: who is meant, as a tree of groups and criteria. Stored as JSON with a version; every
 * field and operator is from a closed list, so what is not understood is refused and never skipped.
 */
import { z } from 'zod'
import { StatusCode } from '../campaigns/status.ts'
import { Currency, Id } from '../kernel/values.ts'
import { consentPurposes, isKnownPurpose } from '../parties/consent.ts'
import type { CardFieldKey } from '../parties/fields.ts'
import { isLoyaltyAmount, loyaltyFigures } from '../parties/loyalty.ts'
import { AnswerTest } from '../questionnaires/answer-test.ts'
import { ActivityTest } from './activity-test.ts'
import {
  BirthdayTest,
  ChoiceTest,
  DateTest,
  Ids,
  NumberTest,
  SumTest,
  TextTest,
  unknown,
  Window,
} from './tests.ts'

const textFields = [
  'code',
  'salutation',
  'lastName',
  'firstName',
  'company',
  'address1',
  'address2',
  'postalCode',
  'city',
  'phone',
  'mobile',
  'email',
  'cardNumber',
] as const satisfies readonly CardFieldKey[]

const choiceFields = [
  'kind',
  'nature',
  'sex',
  'language',
  'country',
  'store',
  'category',
  'cardType',
] as const satisfies readonly CardFieldKey[]

/** The fields a criterion of each kind may name; `custom.<key>` joins where the custom field's type agrees. */
export const fieldsOf = {
  text: textFields,
  number: ['criterion1', 'criterion2', 'criterion3', 'age', ...loyaltyFigures],
  date: ['date2', 'date3', 'createdAt'],
  choice: choiceFields,
  flag: ['doNotContact', 'hasEmail', 'hasMobile'],
} as const

export type CardCriterionKind = keyof typeof fieldsOf

/** The types of custom field that a criterion of each kind can ask. */
export const customTypesOf = {
  text: ['text'],
  number: ['number', 'money'],
  date: ['date'],
  choice: ['choice', 'choices'],
  flag: ['boolean'],
} as const satisfies Record<CardCriterionKind, readonly string[]>

const CustomField = z.templateLiteral(['custom.', z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)])

const fieldOf = <const Name extends string>(names: readonly Name[]) =>
  z.union([z.enum(names), CustomField], { error: unknown('field') })

export const measures = ['visits', 'revenue', 'margin', 'quantity', 'basket'] as const
export type Measure = (typeof measures)[number]

/** Amounts of different currencies are never added up or compared. */
export const isMoney = (measure: Measure) =>
  measure === 'revenue' || measure === 'margin' || measure === 'basket'

export const Goods = z.object({
  what: z.enum(['article', 'department', 'store'], { error: unknown('kind of goods') }),
  ids: Ids,
})
export type Goods = z.infer<typeof Goods>

const Purchases = z
  .object({
    kind: z.literal('purchases'),
    measure: z.enum(measures, { error: unknown('measure') }),
    /** Needed for amounts; null counts visits or quantities whatever the currency. */
    currency: Currency.nullable(),
    window: Window,
    /** Only the lines of these articles, departments or stores; null for all. */
    of: Goods.nullable(),
    test: SumTest,
  })
  .refine(({ measure, currency }) => !isMoney(measure) || currency !== null, {
    message: 'An amount needs a currency.',
    path: ['currency'],
  })

const NumberCriterion = z
  .object({
    kind: z.literal('number'),
    field: fieldOf(fieldsOf.number),
    /** Of a loyalty amount, whose bounds are minor units; cards in another currency have no such amount. */
    currency: Currency.optional(),
    test: NumberTest,
  })
  .refine(({ field, currency }) => isLoyaltyAmount(field) === (currency !== undefined), {
    message: 'A loyalty amount needs a currency, and nothing else has one.',
    path: ['currency'],
  })

/**
 * What became of a step's messages. Openings are measured only of those who agreed to it; who clicked has
 * opened, whether or not anything was measured.
 */
export const deliveryFacts = ['submitted', 'opened', 'clicked', 'bounced'] as const
export type DeliveryFact = (typeof deliveryFacts)[number]

/** By their codes: words of the house. */
const States = z.array(StatusCode).min(1).max(50)

const Consent = z
  .object({
    kind: z.literal('consent'),
    channel: z.enum(['email', 'sms', 'phone', 'post', 'fax']),
    /** What it is about; contact when absent. */
    purpose: z.enum(consentPurposes).optional(),
    op: z.enum(['is', 'is-not']),
    state: z.enum(['granted', 'withdrawn', 'unknown']),
  })
  .refine(({ channel, purpose = 'marketing' }) => isKnownPurpose({ channel, purpose }), {
    message: 'Only openings of e-mails are measured.',
    path: ['purpose'],
  })

/** One thing asked of a person. */
export const Criterion = z
  .discriminatedUnion(
    'kind',
    [
      z.object({ kind: z.literal('text'), field: fieldOf(fieldsOf.text), test: TextTest }),
      NumberCriterion,
      z.object({ kind: z.literal('date'), field: fieldOf(fieldsOf.date), test: DateTest }),
      z.object({ kind: z.literal('choice'), field: fieldOf(fieldsOf.choice), test: ChoiceTest }),
      z.object({ kind: z.literal('flag'), field: fieldOf(fieldsOf.flag), is: z.boolean() }),
      z.object({ kind: z.literal('birthday'), test: BirthdayTest }),
      z.object({ kind: z.literal('tag'), op: z.enum(['any', 'all', 'none']), ids: Ids }),
      z.object({ kind: z.literal('list'), op: z.enum(['any', 'none']), ids: Ids }),
      z.object({ kind: z.literal('segment'), segmentId: Id, is: z.boolean() }),
      Consent,
      z.object({
        kind: z.literal('mailing'),
        campaignId: Id,
        op: z.enum(['received', 'not-received', 'targeted', 'not-targeted']),
      }),
      /** The day of the last or first purchase, in whatever currency; `empty` is never. */
      z.object({ kind: z.literal('visit'), which: z.enum(['last', 'first']), test: DateTest }),
      Purchases,
      /** Bought at least one of them, each of them or none of them; a return alone is no purchase. */
      z.object({
        kind: z.literal('bought'),
        op: z.enum(['any', 'all', 'none']),
        ...Goods.shape,
        window: Window,
      }),
      /** What somebody answered to a question; `empty` is not answered. */
      AnswerTest,
      ActivityTest,
      /** People of a step, of any operation, by their status there; who is not in the step has none. */
      z.object({
        kind: z.literal('status'),
        stepId: Id,
        op: z.enum(['is', 'is-not']),
        statuses: States,
      }),
      z.object({
        kind: z.literal('delivery'),
        stepId: Id,
        fact: z.enum(deliveryFacts, { error: unknown('delivery fact') }),
        is: z.boolean(),
      }),
      /** Bought on the day when the step reached them, or after. */
      z.object({ kind: z.literal('bought-since'), stepId: Id, is: z.boolean() }),
      /** Where a step or a whole operation stands: the same for everybody. One that is gone stands nowhere (D-109, D-110). */
      z.object({
        kind: z.literal('step-state'),
        stepId: Id,
        op: z.enum(['is', 'is-not']),
        states: States,
      }),
      z.object({
        kind: z.literal('operation-state'),
        campaignId: Id,
        op: z.enum(['is', 'is-not']),
        states: States,
      }),
    ],
    { error: unknown('criterion') },
  )
  .meta({ id: 'Criterion' })
export type Criterion = z.infer<typeof Criterion>
export type CriterionOf<Kind extends Criterion['kind']> = Extract<Criterion, { kind: Kind }>

/** All or any of its members; with `not`, everyone else. */
export type CriteriaGroup = { kind: 'group'; join: 'all' | 'any'; not: boolean; of: CriteriaNode[] }
export type CriteriaNode = Criterion | CriteriaGroup

export const largestDepth = 6
const mostCriteria = 200

/* A schema per level and not a recursive one: whatever depth a request brings, parsing stops here. */
const TooDeep = z.object({
  kind: z.literal('group'),
  of: z.never({ error: `Groups nest at most ${largestDepth} deep.` }),
})

function groupOf(level: number): z.ZodType<CriteriaGroup, CriteriaGroup> {
  const inner = level === largestDepth ? (TooDeep as unknown) : groupOf(level + 1)
  return z.object({
    kind: z.literal('group', { error: unknown('criterion') }),
    join: z.enum(['all', 'any'], { error: unknown('operator') }),
    not: z.boolean().default(false),
    // Everybody is a choice of the selection, never what an empty group happens to mean.
    of: z
      .array(
        z.discriminatedUnion('kind', [Criterion, inner as z.ZodObject<{ kind: z.ZodLiteral }>], {
          error: unknown('criterion'),
        }),
      )
      .min(1, 'A group needs at least one criterion.')
      .max(mostCriteria),
  }) as unknown as z.ZodType<CriteriaGroup, CriteriaGroup>
}

function countCriteria(node: CriteriaNode): number {
  if (node.kind !== 'group') return 1
  return node.of.reduce((sum, inner) => sum + countCriteria(inner), 0)
}

export const Criteria = z
  .object({ version: z.literal(1), root: groupOf(1) })
  .refine(({ root }) => countCriteria(root) <= mostCriteria, {
    message: `At most ${mostCriteria} criteria.`,
  })
  .meta({ id: 'Criteria' })
export type Criteria = z.infer<typeof Criteria>

/** Every criterion of a tree, in reading order. */
export function criteriaOf(node: CriteriaNode): Criterion[] {
  return node.kind === 'group' ? node.of.flatMap(criteriaOf) : [node]
}

/** A tree of one group, the usual beginning. */
export const allOf = (...of: CriteriaNode[]): Criteria => ({
  version: 1,
  root: { kind: 'group', join: 'all', not: false, of },
})
