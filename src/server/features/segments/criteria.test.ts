import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { questionKinds } from '#core/questionnaires/question.ts'
import type { Criteria, CriteriaGroup } from '#core/segments/criteria.ts'
import { type Evaluation, matches } from '#core/segments/matches.ts'
import type { Selection } from '#core/segments/selection.ts'
import { createDatabase, createPool, type Database } from '#platform/db/database.ts'
import { states, tree, type World } from '#tests/support/arbitrary-criteria.ts'
import { type Person, person, populate } from '#tests/support/arbitrary-people.ts'
import { freshDatabaseUrl } from '#tests/support/test-database.ts'
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
  await populate(db, world, people)
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
        fc.array(person(world), { minLength: 1, maxLength: 12 }),
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
