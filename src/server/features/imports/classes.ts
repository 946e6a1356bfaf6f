/** Stores and categories that rows name by code or label. */
import { fold } from '#core/kernel/fold.ts'
import type { Database } from '#platform/db/database.ts'
import * as classes from './classes-queries.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import type { LoaderOptions } from './loader.ts'
import { recordMade } from './queries.ts'

/** Ids by folded code and folded label; a code wins over a label. */
export function namesOf(rows: readonly { id: number; code: string; label: string }[]) {
  const names = new Map(rows.map(({ id, label }) => [fold(label), id]))
  for (const { id, code } of rows) names.set(fold(code), id)
  return names
}

/** The stores, and the one of rows that name none: the rule's, else the first, else a new one. */
export async function openStores(options: LoaderOptions) {
  const { db, plan, apply } = options
  const known = await classes.listStores(db)
  const dictionary = createDictionary({
    what: 'store',
    known: namesOf(known),
    folds: true,
    allocate: apply ? (count) => classes.allocateIds(db, 'stores', count) : null,
    mayMake: plan.rules.createClasses || known.length === 0,
    most: 5_000,
  })
  await dictionary.ready(1)
  const chosen = plan.rules.store === '' ? known[0]?.id : dictionary.idOf(plan.rules.store)
  return { dictionary, defaultId: () => chosen ?? dictionary.idOf('Magasin') }
}

export async function insertMadeStores(
  db: Database,
  stores: Dictionary,
  made: { importId: number; currency: string },
): Promise<void> {
  const rows = stores.takeMade()
  if (rows.length === 0) return
  await classes.insertStores(db, rows, made.currency)
  await recordMade(
    db,
    made.importId,
    'store',
    rows.map(({ id }) => id),
  )
}

export async function openCategories({ db, plan, apply }: LoaderOptions): Promise<Dictionary> {
  const known = await classes.listCategories(db)
  return createDictionary({
    what: 'category',
    known: namesOf(known),
    folds: true,
    allocate: apply ? (count) => classes.allocateIds(db, 'party_categories', count) : null,
    mayMake: plan.rules.createClasses,
    most: 5_000,
  })
}

export async function insertMadeCategories(
  db: Database,
  categories: Dictionary,
  importId: number,
): Promise<void> {
  const rows = categories.takeMade()
  if (rows.length === 0) return
  await classes.insertCategories(db, rows)
  await recordMade(
    db,
    importId,
    'category',
    rows.map(({ id }) => id),
  )
}

export async function openCardTypes({ db, plan, apply }: LoaderOptions): Promise<Dictionary> {
  return createDictionary({
    what: 'card-type',
    known: namesOf(await classes.listCardTypes(db)),
    folds: true,
    allocate: apply ? (count) => classes.allocateIds(db, 'card_types', count) : null,
    mayMake: plan.rules.createClasses,
    most: 200,
  })
}

export async function insertMadeCardTypes(
  db: Database,
  cardTypes: Dictionary,
  made: { importId: number; currency: string },
): Promise<void> {
  const rows = cardTypes.takeMade()
  if (rows.length === 0) return
  await classes.insertCardTypes(db, rows, made.currency)
  await recordMade(
    db,
    made.importId,
    'card-type',
    rows.map(({ id }) => id),
  )
}
