import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { questionKinds } from '#core/questionnaires/question.ts'
import type { Criteria, CriteriaGroup } from '#core/segments/criteria.ts'
import { type Evaluation, matches } from '#core/segments/matches.ts'
import type { Selection } from '#core/segments/selection.ts'
import { createDatabase, createPool, type Database } from '#platform/db/database.ts'
import {
  days,
  states,
  statuses,
  tree,
  type World,
  words,
} from '#tests/support/arbitrary-criteria.ts'
import { freshDatabaseUrl } from '#tests/support/test-database.ts'
import { refreshPurchases } from '../sales/service.ts'
import type { Compilation } from './criteria-queries.ts'
import {
  activityFields,
  contactsAnswered,
  customTypes,
  questionKinds as kindsOfQuestions,
} from './queries.ts'
import { countStages, selectedIds } from './selection-queries.ts'
import { statesOf } from './step-queries.ts'
import { loadSubjects } from './subject-queries.ts'

let db: Database
let world: World

beforeAll(async () => {
  db = createDatabase(createPool(await freshDatabaseUrl(), 3))
  world = await makeWorld(db)
  return () => db.destroy()
})

async function idsOf(table: string, columns: string, values: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`insert into ${sql.raw(table)} (${sql.raw(columns)})
    values ${sql.raw(values)} returning id`.execute(db)
  return rows.map(({ id }) => id)
}

async function makeWorld(on: Database): Promise<World> {
  const stores = await idsOf('stores', 'code, name', "('A','A'),('B','B')")
  const departments = await idsOf(
    'departments',
    'code, label',
    "('1','Chemises'),('2','Pulls'),('3','Jeux')",
  )
  const articles = await idsOf(
    'articles',
    'code, department_id',
    `('x',${departments[0]}),('y',${departments[0]}),('z',${departments[1]})`,
  )
  const [key] = await idsOf('confidentiality_keys', 'label', "('k')")
  const campaigns = await idsOf(
    'campaigns',
    'label, is_legacy, key_id',
    `('m1',false,null),('old',true,${key})`,
  )
  const steps = await idsOf('steps', 'campaign_id', campaigns.map((id) => `(${id})`).join())
  await idsOf('contents', 'step_id, channel, body', `(${steps[0]},'email','{}')`)
  const fields = Object.entries({
    word: 'text',
    count: 'number',
    day: 'date',
    yes: 'boolean',
    pick: 'choice',
    picks: 'choices',
    price: 'money',
  })
  await idsOf(
    'custom_fields',
    'key, label_fr, label_en, type',
    fields.map(([key, type]) => `('${key}','','','${type}')`).join(),
  )
  const found = await on.selectFrom('segments').select('id').execute()
  return {
    stores,
    departments,
    articles,
    campaigns,
    steps,
    categories: await idsOf('party_categories', 'label', "('Or'),('Argent')"),
    tags: await idsOf('tags', 'label', "('vip'),('new')"),
    lists: await idsOf('party_lists', 'label', "('l1'),('l2')"),
    questions: await idsOf(
      'questions',
      'code, kind, label',
      questionKinds.map((kind, at) => `('Q${at}','${kind}','')`).join(),
    ),
    segments: [1, 2, ...found.map(({ id }) => id)],
    activityTypes: await makeActivityTypes(fields),
  }
}

/** One with every custom field and one without any. */
async function makeActivityTypes(fields: [string, string][]): Promise<number[]> {
  const own = fields.map(([key, type]) => ({
    key,
    type,
    labelFr: key,
    labelEn: key,
    options: [{ value: 'a', labelFr: 'a', labelEn: 'a' }],
  }))
  return idsOf(
    'activity_types',
    'code, label_fr, label_en, kind, custom_fields',
    `('full', '', '', 'task', '${JSON.stringify(own)}'), ('bare', '', '', 'call', '[]')`,
  )
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const word = fc.constantFrom('', ...words)
const day = fc.constantFrom(...days)
const flag = fc.boolean()

const line = () =>
  fc.record({
    at: fc.record({
      day,
      currency: fc.constantFrom('EUR', 'EUR', 'CHF'),
      store: fc.constantFrom(...world.stores),
      receipt: fc.nat(1),
    }),
    department: maybe(fc.constantFrom(...world.departments)),
    article: maybe(fc.constantFrom(...world.articles)),
    quantity: fc.constantFrom(1_000, 2_000, -1_000, 0),
    amount: fc.constantFrom(1_000, 2_500, -1_000, 0),
    margin: maybe(fc.constantFrom(500, 1_000, -200)),
  })

const custom = () =>
  fc.record(
    {
      word,
      count: fc.oneof(fc.constantFrom<unknown>(0, 1, 'x', null)),
      day: fc.oneof(day, fc.constant('')),
      yes: fc.constantFrom<unknown>(true, false, 'true'),
      pick: fc.constantFrom('', 'a', 'b'),
      picks: fc.subarray(['a', 'b', 'c']),
      price: fc.constantFrom<unknown>(0, 1, null),
    },
    { requiredKeys: [] },
  )

/** In the history of the person, and as the contact in that of somebody else or of nobody. */
const activity = () =>
  fc.record({
    typeId: fc.constantFrom(...world.activityTypes),
    state: fc.constantFrom('open', 'done', 'cancelled'),
    startsAt: fc
      .tuple(fc.constantFrom(...days), fc.constantFrom('00:00:00Z', '12:00:00Z', '23:59:59.999Z'))
      .map((parts) => parts.join('T')),
    as: fc.constantFrom('party', 'contact', 'both'),
    campaign: fc.constantFrom(null, null, 0, 1),
    custom: custom(),
  })

const person = () =>
  fc.record({
    text: fc.record({
      lastName: word,
      city: word,
      postalCode: fc.constantFrom('', '75001', '7500', '69'),
      phone: fc.constantFrom('', '06 12 34', '+33 6 12', '01.02', 'x'),
      mobile: fc.constantFrom('', '06'),
      email: fc.constantFrom('', 'a@lyon.fr'),
    }),
    choice: fc.record({
      sex: fc.constantFrom('', 'f', 'm'),
      storeId: maybe(fc.constantFrom(...world.stores)),
      categoryId: maybe(fc.constantFrom(...world.categories)),
    }),
    values: fc.record({
      criterion1: maybe(fc.constantFrom(0, 1, 1.5)),
      date2: maybe(day),
      loyaltyPoints: maybe(fc.constantFrom(0, 1, 1.5)),
      loyaltySales: maybe(fc.constantFrom(0, 1, 2)),
      loyaltyCurrency: fc.constantFrom('EUR', 'CHF'),
      doNotContact: flag,
      emailOptOut: flag,
      opensConsent: maybe(flag),
      birthYear: maybe(fc.constantFrom(1980, 1979)),
      birthMonth: maybe(fc.constantFrom(1, 2, 12)),
      birthDay: maybe(fc.constantFrom(1, 28, 29, 31)),
    }),
    custom: custom(),
    activities: fc.array(activity(), { maxLength: 3 }),
    tags: fc.subarray(world.tags),
    lists: fc.subarray(world.lists),
    targeted: fc.subarray([0, 1]),
    standing: fc.record({
      status: fc.constantFrom(...statuses),
      statusAt: maybe(fc.constantFrom(...days)),
      isLinked: fc.boolean(),
    }),
    message: fc.constantFrom(null, 'submitted', 'refused'),
    feedback: fc.constantFrom(null, 'bounced', 'complained'),
    event: fc.constantFrom(null, 'opened', 'clicked'),
    /** For whom the first question is answered. */
    organisation: maybe(fc.constant(1)),
    consents: fc.array(
      fc.record({
        channel: fc.constantFrom('email', 'sms', 'phone', 'all'),
        state: fc.constantFrom('granted', 'withdrawn'),
      }),
      { maxLength: 3 },
    ),
    lines: fc.array(line(), { maxLength: 6 }),
    /** By the place of the question in `questionKinds`; null was answered and taken back. */
    answers: fc.tuple(
      maybe(flag),
      maybe(fc.constantFrom('a', 'b')),
      maybe(fc.subarray(['a', 'b', 'c'], { minLength: 1 })),
      maybe(fc.constantFrom(0, 1, 1.5)),
      maybe(day),
      maybe(fc.constantFrom(...words)),
    ),
  })
type Person = ReturnType<typeof person> extends fc.Arbitrary<infer P> ? P : never

async function populate(people: Person[]): Promise<void> {
  await sql`truncate parties, sale_lines, party_purchases, purchases_stale, targets, messages, party_tags,
    party_list_members, consents, answers, activities restart identity cascade`.execute(db)
  const lines = people.flatMap(({ lines }, at) =>
    lines.map((each) => ({ ...each, partyId: at + 1 })),
  )
  await db
    .insertInto('parties')
    .values(
      people.map(({ text, choice, values, custom }, at) => ({
        code: String(at),
        ...text,
        ...choice,
        ...values,
        custom: JSON.stringify(custom),
      })),
    )
    .execute()
  const each = <T>(of: (person: Person, partyId: number) => T[]) =>
    people.flatMap((person, at) => of(person, at + 1))
  await insertAll(
    'partyTags',
    each(({ tags }, partyId) => tags.map((tagId) => ({ partyId, tagId }))),
  )
  await insertAll(
    'partyListMembers',
    each(({ lists }, partyId) => lists.map((listId) => ({ partyId, listId }))),
  )
  await insertAll(
    'consents',
    each(({ consents }, partyId) => consents.map((said) => ({ partyId, source: 'test', ...said }))),
  )
  await insertAll(
    'targets',
    each(({ targeted, standing }, partyId) =>
      targeted.map((at) => ({
        stepId: at + 1,
        partyId,
        ...standing,
        excludedReason: partyId % 5 === 0 ? 'x' : null,
      })),
    ),
  )
  await insertAll(
    'messages',
    each(({ message, feedback, event }, partyId) =>
      message
        ? [
            {
              contentId: 1,
              stepId: 1,
              partyId,
              channel: 'email',
              state: message,
              feedback,
              openedAt: event === 'opened' ? new Date() : null,
              clickedAt: event === 'clicked' ? new Date() : null,
            },
          ]
        : [],
    ),
  )
  await insertAll(
    'answers',
    each(({ answers, organisation }, partyId) =>
      answers.flatMap((value, at) => {
        const organisationId = at === 0 ? organisation : null
        const row = { partyId, questionId: world.questions[at] ?? 0, organisationId }
        // An earlier answer must never count.
        return [
          { ...row, value: JSON.stringify('a'), isCurrent: false },
          ...(partyId % 2 === 0 || value !== null
            ? [{ ...row, value: value === null ? null : JSON.stringify(value), isCurrent: true }]
            : []),
        ]
      }),
    ),
  )
  await insertAll(
    'activities',
    each(({ activities }, partyId) =>
      activities.map(({ as, campaign, custom, ...activity }) => ({
        ...activity,
        subject: 'x',
        custom: JSON.stringify(custom),
        campaignId: campaign === null ? null : (world.campaigns[campaign] ?? null),
        ...peopleOf(as, partyId, people.length),
      })),
    ),
  )
  // A receipt has one day, currency and store: its number is made of them.
  const receipts = [...new Set(lines.map(({ at, partyId }) => JSON.stringify([at, partyId])))]
  await insertAll(
    'saleLines',
    lines.map(({ at, partyId, article, department, ...figures }, lineNo) => ({
      saleId: receipts.indexOf(JSON.stringify([at, partyId])) + 1,
      lineNo,
      partyId,
      storeId: at.store,
      soldOn: at.day,
      currency: at.currency,
      articleId: article,
      departmentId: department,
      ...figures,
      importId: null,
    })),
  )
  await insertAll(
    'purchasesStale',
    people.map((_, at) => ({ partyId: at + 1 })),
  )
  await refreshPurchases(db)
}

/** Of somebody else, whose contact the person is; the last has nobody after them and is a contact alone. */
function peopleOf(as: string, own: number, count: number) {
  const other = own < count ? own + 1 : null
  return { partyId: as === 'contact' ? other : own, contactId: as === 'party' ? null : own }
}

async function insertAll(
  table: Parameters<Database['insertInto']>[0],
  rows: object[],
): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto(table)
      .values(rows as never)
      .execute()
}

const everyoneIn = (root: CriteriaGroup): Selection => ({
  version: 1,
  start: 'nobody',
  operations: [{ kind: 'add', source: { kind: 'criteria', criteria: { version: 1, root } } }],
  excludeDoNotContact: false,
})

/** Where the two campaigns and their steps stand, and whether they are in the bin. */
const standing = fc.tuple(
  ...[0, 1].map(() =>
    fc.record({
      operation: fc.constantFrom(...states),
      step: fc.constantFrom(...states),
      isDeleted: fc.constantFrom(false, false, true),
    }),
  ),
)
type Standing = typeof standing extends fc.Arbitrary<infer S> ? S : never

async function place(all: Standing): Promise<void> {
  for (const [at, { operation, step, isDeleted }] of all.entries()) {
    await sql`update campaigns set state_code = ${operation}, deleted_at = case when ${isDeleted} then now() end
      where id = ${world.campaigns[at]}`.execute(db)
    await sql`update steps set status_code = ${step} where id = ${world.steps[at]}`.execute(db)
  }
}

async function compareAll(
  people: Person[],
  asked: CriteriaGroup[],
  stands: Standing,
  { today, saved }: { today: string; saved: CriteriaGroup },
) {
  await populate(people)
  await place(stands)
  const plain: Criteria = {
    version: 1,
    root: {
      kind: 'group',
      join: 'all',
      not: true,
      of: [{ kind: 'flag', field: 'doNotContact', is: true }],
    },
  }
  const on: Compilation & Evaluation = {
    today,
    zone: 'Europe/Paris',
    customTypes: await customTypes(db),
    questionKinds: await kindsOfQuestions(db),
    contactsAnswered: await contactsAnswered(db),
    states: await statesOf(db, { steps: world.steps, operations: world.campaigns }),
    activityFields: await activityFields(db),
    segments: new Map([
      [1, plain],
      [2, { version: 1, root: saved }],
    ]),
  }
  const subjects = await loadSubjects(
    db,
    people.map((_, at) => at + 1),
    on.zone,
  )
  for (const root of asked) {
    const { rows } = await selectedIds(everyoneIn(root), on).execute(db)
    const expected = subjects.filter((subject) => matches(root, subject, on)).map(({ id }) => id)
    expect(rows.map(({ id }) => id).sort((a, b) => a - b)).toEqual(expected)
    // Every beginning of the group is itself criteria, and the last is the whole.
    const beginnings = root.of.map((_, at) => ({ ...root, of: root.of.slice(0, at + 1) }))
    expect(await countStages(db, root, on)).toEqual(
      beginnings.map((part) => subjects.filter((subject) => matches(part, subject, on)).length),
    )
  }
}

describe('criteria', () => {
  it('select in SQL exactly the people they match in memory', async () => {
    const own = { ...world, segments: [1] }
    await fc.assert(
      fc.asyncProperty(
        fc.array(person(), { minLength: 1, maxLength: 12 }),
        fc.array(tree(world), { minLength: 10, maxLength: 10 }),
        standing,
        fc.record({
          today: fc.constantFrom(
            '2026-02-27',
            '2026-11-22',
            '2026-12-28',
            '2028-02-28',
            '2026-03-01',
          ),
          saved: tree(own),
        }),
        compareAll,
      ),
      { numRuns: Number(process.env.RUNS ?? 30) },
    )
  }, 180_000)
})
