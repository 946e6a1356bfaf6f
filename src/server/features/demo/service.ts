import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDemo } from '#core/demo/demo.ts'
import type { Commune } from '#core/demo/people.ts'
import type { Services } from '#platform/http/app.ts'
import { insertMailings, remember } from './mailing-queries.ts'
import * as queries from './queries.ts'

const customers = 4_000

/**
 * Fills a database that nobody has used yet with the demo shop, all or nothing. Returns whether it did.
 * `customers` may be fewer in tests.
 */
export async function offerDemo(
  { db, config, now }: Pick<Services, 'db' | 'config' | 'now'>,
  count = customers,
): Promise<boolean> {
  if (!config.demo || !(await queries.isEmpty(db))) return false
  const today = now().toISOString().slice(0, 10)
  const demo = createDemo({ communes: await readCommunes(), today, customers: count })
  await db.transaction().execute(async (tx) => {
    await queries.insertShop(tx)
    await queries.insertPeople(tx, demo.people)
    await queries.insertSales(tx, demo.receipts)
    await insertMailings(tx, demo.mailings, today)
    await remember(tx, now())
  })
  await queries.analyse(db)
  return true
}

async function readCommunes(): Promise<Commune[]> {
  const text = await readFile(join(import.meta.dirname, 'communes.tsv'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [storeCode = '', postalCode = '', name = ''] = line.split('\t')
      return { storeCode, postalCode, name }
    })
}
