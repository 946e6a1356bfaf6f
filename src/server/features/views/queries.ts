/** Saved views of lists. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { SavedView, type ViewDraft, type ViewedList } from '#core/views/view.ts'
import type { Database } from '#platform/db/database.ts'

const manages = ({ rights }: Actor) => rights.has('settings.manage')

/** Those that the actor may use. What is private is its owner's alone. */
const usable = (db: Database, actor: Actor) =>
  db
    .selectFrom('savedViews')
    .leftJoin('users', 'users.id', 'savedViews.ownerId')
    .select(['savedViews.id', 'list', 'savedViews.name', 'isShared', 'state'])
    .select([
      sql<string>`coalesce(users.name, '')`.as('ownerName'),
      sql<boolean>`coalesce(owner_id = ${actor.id}, false)`.as('isOwn'),
      sql<boolean>`coalesce(owner_id = ${actor.id}, false) or ${manages(actor)}`.as('mayChange'),
    ])
    .where(sql<boolean>`(is_shared or owner_id = ${actor.id})`)

export async function list(db: Database, of: ViewedList, actor: Actor): Promise<SavedView[]> {
  const rows = await usable(db, actor)
    .where('list', '=', of)
    .orderBy(sql`fold(saved_views.name)`)
    .orderBy('savedViews.id')
    .execute()
  return rows.map((row) => SavedView.parse(row))
}

export async function find(db: Database, id: number, actor: Actor): Promise<SavedView | undefined> {
  const row = await usable(db, actor).where('savedViews.id', '=', id).executeTakeFirst()
  return row && SavedView.parse(row)
}

const columnsOf = ({ name, isShared, state }: ViewDraft) => ({
  name,
  isShared,
  state: JSON.stringify(state),
})

/** Nothing when the owner has one of this name already. */
export async function insert(
  db: Database,
  view: ViewDraft,
  ownerId: string | null,
): Promise<number | undefined> {
  const row = await db
    .insertInto('savedViews')
    .values({ ...columnsOf(view), list: view.list, ownerId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export const update = (db: Database, id: number, view: ViewDraft, now: Date) =>
  db
    .updateTable('savedViews')
    .set({ ...columnsOf(view), updatedAt: now.toISOString() })
    .where('id', '=', id)
    .execute()

export const remove = (db: Database, id: number) =>
  db.deleteFrom('savedViews').where('id', '=', id).execute()

/** Whether its owner has another of this name. */
export async function isNameTaken(db: Database, id: number, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('savedViews as own')
    .innerJoin('savedViews as other', (join) =>
      join
        .onRef('other.ownerId', '=', 'own.ownerId')
        .onRef('other.list', '=', 'own.list')
        .onRef('other.id', '<>', 'own.id'),
    )
    .select('other.id')
    .where('own.id', '=', id)
    .where(sql<boolean>`fold(other.name) = fold(${name}::text)`)
    .executeTakeFirst()
  return row !== undefined
}
