import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { testDatabase } from '#tests/support/test-database.ts'
import { compactTally } from './service.ts'

it('the tally of cards is their count, whoever wrote them and however', async () => {
  const db = await testDatabase()
  const check = async (people: number) => {
    const { rows } = await sql`select coalesce(sum(delta), 0)::int as tallied,
      (select count(*) from parties where deleted_at is null)::int as counted from party_tallies`.execute(
      db,
    )
    expect(rows).toEqual([{ tallied: people, counted: people }])
  }
  const run = (statement: string) => sql.raw(statement).execute(db)
  const insert = (codes: string) =>
    run(`insert into parties (code, last_name) select code, 'Un' from unnest('{${codes}}'::text[]) as code
      on conflict (code) do update set last_name = 'Deux'`)
  await insert('a,b,c,d')
  await insert('d,e')
  await check(5)
  await run("update parties set deleted_at = now() where code in ('a', 'b', 'c')")
  await check(2)
  await run("update parties set deleted_at = now() - interval '1 day' where code in ('a', 'b')")
  await run("update parties set deleted_at = null where code = 'b'")
  await check(3)
  await run("delete from parties where code in ('a', 'e')")
  await run("insert into parties (code, last_name, deleted_at) values ('f', 'Trois', now())")
  await check(2)
  await compactTally(db)
  await check(2)
  expect((await sql`select from party_tallies`.execute(db)).rows).toHaveLength(1)
  await run('truncate parties cascade')
  await check(0)
  await compactTally(db)
  await insert('a')
  await check(1)
})
