import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluate, type Formula, writeFormula } from '#core/routing/formula.ts'
import type { Criterion } from '#core/segments/criteria.ts'
import { createDatabase, createPool, type Database } from '#platform/db/database.ts'
import { freshDatabaseUrl } from '#tests/support/test-database.ts'
import { explainCriteria } from '../segments/service.ts'
import { distribute } from './distribution.ts'

const now = new Date('2026-11-22T12:00:00Z')
const nobody = { keys: [] }
const [from, fair, to] = [1, 2, 3]
const statuses = ['to-do', 'ok-continue', 'not-done-continue', 'ok-stop']
const codes = ['C1', 'C2', 'C3']

let db: Database

beforeAll(async () => {
  db = createDatabase(createPool(await freshDatabaseUrl(), 3))
  await sql`insert into campaigns (label, form) values ('A', 'operation')`.execute(db)
  await sql`insert into steps (campaign_id, label, type_code, origin_id)
    values (1, 'from', 'other', null), (1, 'fair', 'other', null), (1, 'to', 'other', 1)`.execute(
    db,
  )
  await sql`insert into questions (code, kind, label) values ('Q', 'yes-no', 'Q')`.execute(db)
  await sql`insert into tags (label) values ('vip')`.execute(db)
  return () => db.destroy()
})

const criterion: fc.Arbitrary<Criterion> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    stepId: fc.constantFrom(from, fair),
    op: fc.constantFrom('is' as const, 'is-not' as const),
    statuses: fc.subarray(statuses, { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    questionId: fc.constant(1),
    of: fc.constant('yes-no' as const),
    test: fc.oneof(
      fc.record({ op: fc.constant('is' as const), value: fc.boolean() }),
      fc.record({ op: fc.constantFrom('empty' as const, 'filled' as const) }),
    ),
  }),
  fc.record({
    kind: fc.constant('tag' as const),
    op: fc.constantFrom('any' as const, 'none' as const),
    ids: fc.constant<number[]>([1]),
  }),
  fc.constant<Criterion>({
    kind: 'choice',
    field: 'kind',
    test: { op: 'one-of', values: ['prospect'] },
  }),
)

const formula = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...codes).map((code): Formula => ({ kind: 'code', code })),
    tie('formula').map((of): Formula => ({ kind: 'not', of })),
    fc
      .tuple(
        fc.constantFrom('all' as const, 'any' as const),
        fc.array(tie('formula'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, of]): Formula => ({ kind, of })),
  ),
})).formula

const person = fc.record({
  kind: fc.constantFrom('prospect', 'customer'),
  isDeleted: fc.constantFrom(false, false, false, true),
  hasTag: fc.boolean(),
  answer: fc.constantFrom(null, true, false),
  status: fc.option(fc.constantFrom(...statuses), { nil: null, freq: 6 }),
  isLinked: fc.constantFrom(true, true, true, false),
  atFair: fc.option(fc.constantFrom(...statuses), { nil: null }),
  /** The first person is the organisation. */
  isContact: fc.boolean(),
})
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

async function populate(people: Person[], tests: Criterion[], text: string): Promise<void> {
  await sql`truncate parties, targets, answers, party_tags, conditions restart identity cascade`.execute(
    db,
  )
  await sql`update steps set formula = ${text} where id = ${to}`.execute(db)
  const conditions = tests.map((test, position) => ({
    stepId: to,
    code: codes[position] ?? '',
    test: JSON.stringify(test),
    position,
  }))
  await db.insertInto('conditions').values(conditions).execute()
  await sql`insert into parties (code, last_name, kind, deleted_at)
    select one.at, 'N', one.kind, case when one."isDeleted" then ${now}::timestamptz end
    from rows from (jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
      as (kind text, "isDeleted" boolean)) with ordinality as one (kind, "isDeleted", at) order by at`.execute(
    db,
  )
  const each = <T>(of: (one: Person, partyId: number) => T[]) =>
    people.flatMap((one, at) => of(one, at + 1))
  await insertAll(
    'partyTags',
    each(({ hasTag }, partyId) => (hasTag ? [{ partyId, tagId: 1 }] : [])),
  )
  await insertAll(
    'answers',
    each(({ answer }, partyId) =>
      answer === null ? [] : [{ questionId: 1, partyId, value: JSON.stringify(answer) }],
    ),
  )
  await insertAll('targets', each(standingsOf))
}

function standingsOf(one: Person, partyId: number) {
  const { status, isLinked, atFair } = one
  const organisationId = isContact(one, partyId - 1) ? 1 : null
  return [
    ...(status ? [{ partyId, stepId: from, status, isLinked, organisationId }] : []),
    ...(atFair
      ? [{ partyId, stepId: fair, status: atFair, isLinked: true, organisationId: null }]
      : []),
  ]
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

const isContact = (one: Person, at: number) => one.isContact && at > 0

/** Who enters as one reads it: by the verdict on each condition and the formula over them. */
async function expected(people: Person[], tests: Criterion[], wanted: Formula): Promise<number[]> {
  const ids = people.map((_, at) => at + 1)
  const verdicts = await explainCriteria(db, tests, { ids, now, locale: 'fr', actor: nobody })
  const entering = people.flatMap((one, at) => {
    const goes = one.status?.endsWith('-continue') && one.isLinked && !one.isDeleted
    if (!goes) return []
    const who = isContact(one, at) ? [at + 1, 1] : [at + 1]
    const holds = (code: string) =>
      who.some((id) => verdicts.get(id)?.[codes.indexOf(code)]?.[0]?.holds ?? false)
    if (!evaluate(wanted, holds)) return []
    // The step is for parties: a contact brings his organisation.
    const enters = isContact(one, at) ? 0 : at
    return people[enters]?.isDeleted ? [] : [enters + 1]
  })
  return [...new Set(entering)].sort((a, b) => a - b)
}

describe('distribution', () => {
  it('moves in SQL exactly those whom conditions and formula mean', async () => {
    const people = fc.array(person, { minLength: 1, maxLength: 10 })
    const tests = fc.tuple(criterion, criterion, criterion)
    await fc.assert(
      fc.asyncProperty(people, tests, formula, async (all, asked, wanted) => {
        await populate(all, asked, writeFormula(wanted))
        await distribute(db, { id: from }, { now, actor: { id: null, name: '' } })
        const rows = await db
          .selectFrom('targets')
          .where('stepId', '=', to)
          .select('partyId')
          .orderBy('partyId')
          .execute()
        expect(rows.map(({ partyId }) => partyId)).toEqual(await expected(all, asked, wanted))
      }),
      { numRuns: Number(process.env.RUNS ?? 20) },
    )
  }, 180_000)
})
