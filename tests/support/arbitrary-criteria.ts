/** Random criteria over a small world, so that they often hold and often do not. */
import fc from 'fast-check'
import { isLoyaltyAmount, loyaltyAmounts } from '#core/parties/loyalty.ts'
import type { AnswerTest } from '#core/questionnaires/answer-test.ts'
import { questionKinds } from '#core/questionnaires/question.ts'
import { activityStates } from '#core/segments/activity-test.ts'
import {
  type CriteriaGroup,
  type CriteriaNode,
  type Criterion,
  deliveryFacts,
  fieldsOf,
  isMoney,
  measures,
} from '#core/segments/criteria.ts'
import type { DateTest, NumberTest, SumTest, Window } from '#core/segments/tests.ts'

/** Numbers of what criteria may name; the world of the test holds rows with these. */
export type World = {
  stores: number[]
  categories: number[]
  departments: number[]
  articles: number[]
  tags: number[]
  lists: number[]
  campaigns: number[]
  steps: number[]
  segments: number[]
  /** One of each kind, in the order of `questionKinds`. */
  questions: number[]
  /** Of activities; the first has the custom fields `word`, `count`, `day`, `yes`, `pick` and `picks`. */
  activityTypes: number[]
}

export const words = [
  'Lyon',
  'lyôn',
  'LYO',
  'œuf',
  '75001',
  '75',
  "o'b",
  '%',
  '_',
  '\\',
  '06 12',
  'a',
]
const word = fc.constantFrom(...words)
export const days = [
  '2025-02-28',
  '2025-12-31',
  '2026-01-15',
  '2026-02-28',
  '2026-03-01',
  '2027-01-02',
]
const day = fc.oneof(
  fc.constantFrom(...days),
  fc
    .date({ min: new Date('2024-12-01'), max: new Date('2027-02-01'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10)),
)
const span = {
  n: fc.integer({ min: 1, max: 14 }),
  unit: fc.constantFrom('days', 'weeks', 'months', 'years'),
}
const presence = fc.record({ op: fc.constantFrom('empty', 'filled') })
const numberOp = fc.constantFrom('equals', 'at-least', 'at-most', 'more-than', 'less-than')

const between = <T extends number | string>(value: fc.Arbitrary<T>) =>
  fc
    .tuple(value, value)
    .map((ends) => ends.toSorted((a, b) => (a < b ? -1 : 1)))
    .map(([from, to]) => ({ op: 'between', from, to }))

const numberTest = (value: fc.Arbitrary<number>) =>
  fc.oneof(fc.record({ op: numberOp, value }), between(value), presence) as fc.Arbitrary<NumberTest>

const dateTest = fc.oneof(
  fc.record({ op: fc.constantFrom('on', 'before', 'after'), day }),
  between(day),
  fc.record({ op: fc.constantFrom('in-last', 'older-than', 'in-next'), ...span }),
  fc.record({ op: fc.constantFrom('this-month', 'last-month', 'this-year', 'last-year') }),
  presence,
) as fc.Arbitrary<DateTest>

const window = fc.oneof(
  fc.record({ kind: fc.constant('ever') }),
  between(day).map(({ from, to }) => ({ kind: 'between', from, to })),
  fc.record({ kind: fc.constant('since'), from: day }),
  fc.record({ kind: fc.constant('last'), ...span }),
  fc.record({ kind: fc.constantFrom('this-month', 'last-month', 'this-year', 'last-year') }),
) as fc.Arbitrary<Window>

const ids = (own: number[]) =>
  fc.array(fc.constantFrom(...own, 999_999), { minLength: 1, maxLength: 3 })
const custom = (key: string) => `custom.${key}` as const
const some = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: 1, maxLength: 3 })
const monthDay = fc.constantFrom(
  '01-01',
  '02-01',
  '02-28',
  '02-29',
  '03-01',
  '11-22',
  '12-25',
  '12-31',
)

const textTest = fc.oneof(
  fc.record({
    op: fc.constantFrom('is', 'is-not', 'starts-with', 'ends-with', 'contains', 'not-contains'),
    value: word,
  }),
  fc.record({ op: fc.constantFrom('one-of', 'none-of'), values: some(word) }),
  presence,
)

const text = fc.record({
  kind: fc.constant('text'),
  field: fc.constantFrom(...fieldsOf.text, custom('word')),
  test: textTest,
})

const birthday = fc.record({
  kind: fc.constant('birthday'),
  test: fc.oneof(
    fc.record({ op: fc.constant('between'), from: monthDay, to: monthDay }),
    fc.record({ op: fc.constant('in-month'), month: fc.constantFrom(1, 2, 12) }),
    fc.record({ op: fc.constant('in-next'), days: fc.constantFrom(0, 1, 5, 40, 365) }),
    fc.record({ op: fc.constantFrom('today', 'this-month', 'next-month') }),
    presence,
  ),
})

function choice(world: World) {
  const values = fc.constantFrom(
    'customer',
    'person',
    'f',
    'm',
    'fr',
    'FR',
    'a',
    'b',
    String(world.stores[0]),
    String(world.categories[0]),
  )
  return fc.record({
    kind: fc.constant('choice'),
    field: fc.constantFrom(...fieldsOf.choice, custom('pick'), custom('picks')),
    test: fc.oneof(
      fc.record({ op: fc.constantFrom('one-of', 'all-of', 'none-of'), values: some(values) }),
      presence,
    ),
  })
}

const plainNumbers = fieldsOf.number.filter((field) => !isLoyaltyAmount(field))

/** A test that fits the kind of the question. */
function answer({ questions }: World): fc.Arbitrary<AnswerTest> {
  const codes = some(fc.constantFrom('a', 'b', 'z'))
  const chosen = fc.record({ op: fc.constantFrom('one-of', 'all-of', 'none-of'), values: codes })
  const tests: Record<AnswerTest['of'], fc.Arbitrary<unknown>> = {
    'yes-no': fc.record({ op: fc.constant('is'), value: fc.boolean() }),
    choice: chosen,
    choices: chosen,
    number: numberTest(fc.constantFrom(0, 1, 1.5)),
    date: dateTest,
    text: textTest,
  }
  const of = (kind: AnswerTest['of'], at: number) =>
    fc.record({
      kind: fc.constant('answer'),
      questionId: fc.constant(questions[at]),
      of: fc.constant(kind),
      test: fc.oneof({ weight: 3, arbitrary: tests[kind] }, presence),
    })
  return fc.oneof(...questionKinds.map(of)) as fc.Arbitrary<AnswerTest>
}

const goods = (world: World) =>
  fc.oneof(
    fc.record({ what: fc.constant('article'), ids: ids(world.articles) }),
    fc.record({ what: fc.constant('department'), ids: ids(world.departments) }),
    fc.record({ what: fc.constant('store'), ids: ids(world.stores) }),
  )

const sumTest = numberTest(fc.constantFrom(0, 1, 2, 3, 1_000, 3_000, -1_000, 10_000)).filter(
  ({ op }) => op !== 'empty' && op !== 'filled',
) as fc.Arbitrary<SumTest>

const purchases = (world: World) =>
  fc
    .record({
      kind: fc.constant('purchases'),
      measure: fc.constantFrom(...measures),
      currency: fc.constantFrom('EUR', 'CHF', null),
      window,
      of: fc.option(goods(world), { freq: 3 }),
      test: sumTest,
    })
    .filter(({ measure, currency }) => !isMoney(measure) || currency !== null)

export const statuses = ['to-do', 'ok-continue', 'not-done-stop']

export const states = ['preparing', 'in-progress', 'finished']

/** A test of one field of the first type. */
const activityField = fc.oneof(
  fc.record({ of: fc.constant('text'), key: fc.constant('word'), test: textTest }),
  fc.record({
    of: fc.constant('number'),
    key: fc.constant('count'),
    test: numberTest(fc.constantFrom(0, 1, 1.5)),
  }),
  fc.record({
    of: fc.constant('money'),
    key: fc.constant('price'),
    test: numberTest(fc.constantFrom(0, 1)),
  }),
  fc.record({ of: fc.constant('date'), key: fc.constant('day'), test: dateTest }),
  fc.record({
    of: fc.constant('choice'),
    key: fc.constantFrom('pick', 'picks'),
    test: fc.oneof(
      fc.record({
        op: fc.constantFrom('one-of', 'all-of', 'none-of'),
        values: some(fc.constantFrom('a', 'b', 'z')),
      }),
      presence,
    ),
  }),
  fc.record({ of: fc.constant('flag'), key: fc.constant('yes'), is: fc.boolean() }),
)

const activity = ({ activityTypes }: World) => {
  const asked = {
    kind: fc.constant('activity'),
    is: fc.boolean(),
    state: fc.constantFrom(...activityStates),
    period: fc.oneof(window, fc.record({ kind: fc.constant('next'), ...span })),
  }
  return fc.oneof(
    fc.record({
      ...asked,
      activityTypeIds: fc.subarray(activityTypes, { minLength: 1 }),
      field: fc.constant(null),
    }),
    fc.record({
      ...asked,
      activityTypeIds: fc.constant(activityTypes.slice(0, 1)),
      field: activityField,
    }),
  )
}

/** What happened to people in a step, and where the step or its campaign stands; some are gone. */
const ofStep = ({ steps, campaigns }: World) =>
  fc.oneof(
    fc.record({
      kind: fc.constant('step-state'),
      stepId: fc.constantFrom(...steps, 999_999),
      op: fc.constantFrom('is', 'is-not'),
      states: some(fc.constantFrom(...states)),
    }),
    fc.record({
      kind: fc.constant('operation-state'),
      campaignId: fc.constantFrom(...campaigns, 999_999),
      op: fc.constantFrom('is', 'is-not'),
      states: some(fc.constantFrom(...states)),
    }),
    fc.record({
      kind: fc.constant('status'),
      stepId: fc.constantFrom(...steps),
      op: fc.constantFrom('is', 'is-not'),
      statuses: some(fc.constantFrom(...statuses)),
    }),
    fc.record({
      kind: fc.constant('delivery'),
      stepId: fc.constantFrom(...steps),
      fact: fc.constantFrom(...deliveryFacts),
      is: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('bought-since'),
      stepId: fc.constantFrom(...steps),
      is: fc.boolean(),
    }),
  )

function criterion(world: World): fc.Arbitrary<Criterion> {
  const small = fc.constantFrom(-1, 0, 1, 1.5, 30, 46, 47)
  return fc.oneof(
    text,
    fc.record({
      kind: fc.constant('number'),
      field: fc.constantFrom(...plainNumbers, custom('count'), custom('price')),
      test: numberTest(small),
    }),
    fc.record({
      kind: fc.constant('number'),
      field: fc.constantFrom(...loyaltyAmounts),
      currency: fc.constantFrom('EUR', 'CHF'),
      test: numberTest(small),
    }),
    fc.record({
      kind: fc.constant('date'),
      field: fc.constantFrom(...fieldsOf.date, custom('day')),
      test: dateTest,
    }),
    choice(world),
    fc.record({
      kind: fc.constant('flag'),
      field: fc.constantFrom(...fieldsOf.flag, custom('yes')),
      is: fc.boolean(),
    }),
    birthday,
    fc.record({
      kind: fc.constant('tag'),
      op: fc.constantFrom('any', 'all', 'none'),
      ids: ids(world.tags),
    }),
    fc.record({
      kind: fc.constant('list'),
      op: fc.constantFrom('any', 'none'),
      ids: ids(world.lists),
    }),
    fc.record({
      kind: fc.constant('segment'),
      segmentId: fc.constantFrom(...world.segments),
      is: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('consent'),
      channel: fc.constantFrom('email', 'sms', 'phone'),
      op: fc.constantFrom('is', 'is-not'),
      state: fc.constantFrom('granted', 'withdrawn', 'unknown'),
    }),
    fc.record({
      kind: fc.constant('consent'),
      channel: fc.constant('email'),
      purpose: fc.constantFrom('measurement', 'marketing'),
      op: fc.constantFrom('is', 'is-not'),
      state: fc.constantFrom('granted', 'withdrawn', 'unknown'),
    }),
    fc.record({
      kind: fc.constant('mailing'),
      campaignId: fc.constantFrom(...world.campaigns),
      op: fc.constantFrom('received', 'not-received', 'targeted', 'not-targeted'),
    }),
    fc.record({
      kind: fc.constant('visit'),
      which: fc.constantFrom('last', 'first'),
      test: dateTest,
    }),
    { weight: 3, arbitrary: ofStep(world) },
    { weight: 2, arbitrary: answer(world) },
    { weight: 3, arbitrary: activity(world) },
    { weight: 4, arbitrary: purchases(world) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(goods(world), fc.constantFrom('any', 'all', 'none'), window)
        .map(([what, op, days]) => ({ kind: 'bought', op, ...what, window: days })),
    },
  ) as fc.Arbitrary<Criterion>
}

export function tree(world: World): fc.Arbitrary<CriteriaGroup> {
  const { group } = fc.letrec<{ node: CriteriaNode; group: CriteriaGroup }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: criterion(world) },
      tie('group'),
    ),
    group: fc.record({
      kind: fc.constant('group' as const),
      join: fc.constantFrom('all' as const, 'any' as const),
      not: fc.boolean(),
      of: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
    }),
  }))
  return group
}
