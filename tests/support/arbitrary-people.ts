/** People at random with everything that criteria ask about, and how they come into a database. */
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'
import { refreshPurchases } from '../../src/server/features/sales/service.ts'
import { days, statuses, type World, words } from './arbitrary-criteria.ts'

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const word = fc.constantFrom('', ...words)
const day = fc.constantFrom(...days)
const flag = fc.boolean()

const line = (world: World) =>
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
const activity = (world: World) =>
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

/** Somebody with everything that criteria ask about. */
export const person = (world: World) =>
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
    activities: fc.array(activity(world), { maxLength: 3 }),
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
    lines: fc.array(line(world), { maxLength: 6 }),
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
export type Person = ReturnType<typeof person> extends fc.Arbitrary<infer P> ? P : never

/** These people, and nobody else. */
export async function populate(db: Database, world: World, people: Person[]): Promise<void> {
  await sql`truncate parties, sale_lines, party_purchases, purchases_stale, targets, messages, party_tags,
    party_list_members, consents, answers, activities restart identity cascade`.execute(db)
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
  const filling = { db, world, people }
  await insertBelongings(filling)
  await insertReached(filling)
  await insertSaid(filling)
  await insertSales(filling)
  await refreshPurchases(db)
}

type Filling = { db: Database; world: World; people: Person[] }

const eachOf =
  (people: Person[]) =>
  <T>(of: (person: Person, partyId: number) => T[]) =>
    people.flatMap((person, at) => of(person, at + 1))

async function insertBelongings({ db, people }: Filling): Promise<void> {
  const each = eachOf(people)
  await insertAll(
    db,
    'partyTags',
    each(({ tags }, partyId) => tags.map((tagId) => ({ partyId, tagId }))),
  )
  await insertAll(
    db,
    'partyListMembers',
    each(({ lists }, partyId) => lists.map((listId) => ({ partyId, listId }))),
  )
  await insertAll(
    db,
    'consents',
    each(({ consents }, partyId) => consents.map((said) => ({ partyId, source: 'test', ...said }))),
  )
}

async function insertReached({ db, people }: Filling): Promise<void> {
  const each = eachOf(people)
  await insertAll(
    db,
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
    db,
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
}

async function insertSaid({ db, world, people }: Filling): Promise<void> {
  const each = eachOf(people)
  await insertAll(
    db,
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
    db,
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
}

async function insertSales({ db, people }: Filling): Promise<void> {
  const lines = people.flatMap(({ lines }, at) =>
    lines.map((each) => ({ ...each, partyId: at + 1 })),
  )
  // A receipt has one day, currency and store: its number is made of them.
  const receipts = [...new Set(lines.map(({ at, partyId }) => JSON.stringify([at, partyId])))]
  await insertAll(
    db,
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
    db,
    'purchasesStale',
    people.map((_, at) => ({ partyId: at + 1 })),
  )
}

/** Of somebody else, whose contact the person is; the last has nobody after them and is a contact alone. */
function peopleOf(as: string, own: number, count: number) {
  const other = own < count ? own + 1 : null
  return { partyId: as === 'contact' ? other : own, contactId: as === 'party' ? null : own }
}

async function insertAll(
  db: Database,
  table: Parameters<Database['insertInto']>[0],
  rows: object[],
): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto(table)
      .values(rows as never)
      .execute()
}
