import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDemo } from '#core/demo/demo.ts'
import type { SentMailing } from '#core/demo/mailings.ts'
import type { Commune } from '#core/demo/people.ts'
import { addDays } from '#core/kernel/days.ts'
import type { Database } from '#platform/db/database.ts'
import type { Services } from '#platform/http/app.ts'
import { companyDay } from '../company/service.ts'
import { freezeResults } from '../results/service.ts'
import { refreshPurchases } from '../sales/service.ts'
import {
  closeMailing,
  insertMailings,
  insertMessages,
  insertSegments,
  remember,
} from './mailing-queries.ts'
import { insertOperation } from './operation-queries.ts'
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
  const today = await companyDay(db, now())
  const demo = createDemo({ communes: await readCommunes(), today, customers: count })
  await db.transaction().execute(async (tx) => {
    await queries.insertShop(tx)
    await queries.insertPeople(tx, demo.people)
    await queries.insertSales(tx, demo.receipts)
    await refreshPurchases(tx)
    await insertSegments(tx)
    await insertMailings(tx, demo.mailings, today)
    await insertMessages(tx, demo.mailings, demo.people)
    await closeMailings(tx, demo.mailings, today)
    await insertOperation(tx, today)
    await remember(tx, now())
  })
  await queries.analyse(db)
  return true
}

/** With the results of the day each was closed, worked out from the sales like any other. */
async function closeMailings(db: Database, mailings: readonly SentMailing[], today: string) {
  for (const [at, { closed }] of mailings.entries()) {
    if (closed === undefined) continue
    const day = new Date(`${addDays(today, -closed)}T17:00:00Z`)
    await closeMailing(db, at + 1, day)
    await freezeResults(db, at + 1, day)
  }
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
