/** Saved views: whoever sees a list may keep what it shows. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Right } from '#core/kernel/right.ts'
import type { SavedView, ViewDraft, ViewedList } from '#core/views/view.ts'
import type { Database } from '#platform/db/database.ts'
import { ensureMay } from '../access/service.ts'
import { ensureNamed, matching } from '../segments/service.ts'
import * as views from './queries.ts'

const takes = {
  activities: 'activities.view',
  customers: 'customers.view',
} as const satisfies Record<ViewedList, Right>

const mostViews = 200

type On = { db: Database; actor: Actor }

export function listViews({ db, actor }: On, list: ViewedList): Promise<SavedView[]> {
  ensureMay(actor, takes[list])
  return views.list(db, list, actor)
}

const notFound = () => new AppError('not-found', 'views/not-found', 'There is no such view.')

const nameTaken = (name: string) =>
  new AppError('conflict', 'views/name-taken', `You have a view named “${name}” already.`, {
    details: { name },
  })

async function getView({ db, actor }: On, id: number): Promise<SavedView> {
  const view = await views.find(db, id, actor)
  if (!view) throw notFound()
  return view
}

/** Criteria that name what their editor may not see would be written over and lost. */
async function ensureWhole(db: Database, view: ViewDraft): Promise<void> {
  if (view.list === 'customers' && view.state.criteria)
    await ensureNamed(db, matching(view.state.criteria))
}

export async function saveView(on: On, view: ViewDraft): Promise<SavedView> {
  const { db, actor } = on
  ensureMay(actor, takes[view.list])
  await ensureWhole(db, view)
  const own = (await views.list(db, view.list, actor)).filter(({ isOwn }) => isOwn)
  if (own.length >= mostViews)
    throw new AppError('conflict', 'views/too-many', 'You have as many views as you can.', {
      details: { count: mostViews },
    })
  const id = await views.insert(db, view, actor.id)
  if (id === undefined) throw nameTaken(view.name)
  return getView(on, id)
}

export async function changeView(
  on: On & { now: Date },
  { id, view }: { id: number; view: ViewDraft },
): Promise<SavedView> {
  const before = await changeable(on, id)
  if (before.list !== view.list) throw notFound()
  await ensureWhole(on.db, view)
  if (await views.isNameTaken(on.db, id, view.name)) throw nameTaken(view.name)
  await views.update(on.db, id, view, on.now)
  // Taken back from everybody, it is its owner's alone, who may be another.
  return (await views.find(on.db, id, on.actor)) ?? { ...before, ...view }
}

async function changeable(on: On, id: number): Promise<SavedView> {
  const view = await getView(on, id)
  ensureMay(on.actor, takes[view.list])
  if (view.mayChange) return view
  throw new AppError('forbidden', 'views/not-yours', 'Only its owner changes a view.')
}

export async function deleteView(on: On, id: number): Promise<void> {
  await changeable(on, id)
  await views.remove(on.db, id)
}
