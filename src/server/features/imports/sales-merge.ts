import type { Reject, RejectReason } from '#core/imports/import.ts'
import { ingestSales, salesIngest } from '../sales/service.ts'
import { insertMadeStores } from './classes.ts'
import type { Chunk } from './loader.ts'
import { recordMade } from './queries.ts'
import type { SalesRun } from './sales-loader.ts'

/** Takes what the chunk makes now, while it is being closed, and writes it all in its transaction. */
export function mergeSales(run: SalesRun, isSuspicious: () => boolean): Chunk['merge'] {
  const { rules } = run.options.plan
  const { headers } = run.options
  const header = (column: { column: number } | undefined) => headers[column?.column ?? 0] ?? ''
  return async ({ db, importId, apply }) => {
    const suspicious = isSuspicious()
    if (apply) await insertMade(run, db, importId)
    const done = await ingestSales(db, {
      importId,
      apply,
      suspicious,
      key: rules.key,
      unknownCustomer: rules.unknownCustomer,
    })
    const rejects: Reject[] = [
      ...done.unknownCustomers.map(as('unknown-customer', header(run.columns.customer))),
      ...done.repeated.map(as('duplicate', header(run.columns.line ?? run.columns.receipt))),
    ]
    const { created, updated, unchanged } = done
    return { counts: { created, updated, unchanged, rejected: rejects.length }, rejects }
  }
}

const as =
  (reason: RejectReason, column: string) =>
  ({ n, value }: { n: number; value: string }): Reject => ({ line: n, column, value, reason })

async function insertMade(
  run: SalesRun,
  db: Parameters<Chunk['merge']>[0]['db'],
  importId: number,
) {
  // At one moment, before anything is awaited: the next chunk is being read meanwhile, and an article that it adds
  // must not be written without its department.
  const departments = run.departments.takeMade()
  const articles = run.madeArticles.splice(0)
  run.articles.takeMade()
  await insertMadeStores(db, run.stores, { importId, currency: run.options.plan.rules.currency })
  if (departments.length > 0) {
    await salesIngest.insertDepartments(
      db,
      departments.map(({ id, name }) => ({ id, code: name, label: name })),
    )
    await recordMade(
      db,
      importId,
      'department',
      departments.map(({ id }) => id),
    )
  }
  if (articles.length > 0) {
    await salesIngest.insertArticles(
      db,
      articles.map(({ id, name, label, departmentId }) => ({
        id,
        code: name,
        label,
        departmentId,
      })),
    )
    await recordMade(
      db,
      importId,
      'article',
      articles.map(({ id }) => id),
    )
  }
}
