/** The tree of folders and operations. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import type { OperationFilter, OperationSort } from '#core/operations/api.ts'
import {
  Folder,
  type FolderDraft,
  OperationLine,
  TreeOperation,
} from '#core/operations/operation.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'

export async function folders(db: Database): Promise<Folder[]> {
  const rows = await db
    .selectFrom('campaignFolders')
    .selectAll()
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => Folder.parse(row))
}

/** Percent of settled targets of all steps, unless it was typed; a status is settled by its meaning. */
const progress = sql<number>`coalesce(c.progress, (
  select round(100.0 * sum(t.delta) filter (where s.meaning <> 'to-do') / nullif(sum(t.delta), 0))
  from steps join target_tallies t on t.step_id = steps.id
    left join entity_states s on s.entity = 'target' and s.code = t.status
  where steps.campaign_id = c.id), 0)::int`

const allProgress = sql<{ campaignId: number; percent: number }>`(
  select steps.campaign_id,
    round(100.0 * sum(t.delta) filter (where s.meaning <> 'to-do') / nullif(sum(t.delta), 0)) as percent
  from target_tallies t join steps on steps.id = t.step_id
    left join entity_states s on s.entity = 'target' and s.code = t.status
  group by steps.campaign_id)`

const open = (db: Database, actor: Actor) =>
  db
    .selectFrom('campaigns as c')
    .where('c.form', '=', 'operation')
    .where('c.deletedAt', 'is', null)
    .where(campaignIsOpen(actor, 'c'))

const columns = [
  'c.id',
  'c.code',
  'c.label',
  'c.folderId',
  'c.position',
  'c.familyId',
  'c.ownerId',
  'c.state',
  'c.stateCode',
  'c.isTemplate',
  'c.startsAt',
  'c.endsAt',
] as const

/** All of them: their people are added up in one go, not operation by operation. */
export async function operations(db: Database, actor: Actor): Promise<TreeOperation[]> {
  const rows = await open(db, actor)
    .leftJoin(allProgress.as('p'), (join) => join.onRef('p.campaignId', '=', 'c.id'))
    .select(['c.id', 'c.code', 'c.label', 'c.folderId', 'c.stateCode', 'c.isTemplate'])
    .select(sql<number>`coalesce(c.progress, p.percent, 0)::int`.as('progress'))
    .orderBy('c.position')
    .orderBy('c.id')
    .execute()
  return rows.map((row) => TreeOperation.parse(row))
}

type ListOptions = OperationFilter & {
  sort: OperationSort
  direction: 'asc' | 'desc'
  offset: number
  limit: number
}

export async function list(db: Database, actor: Actor, options: ListOptions) {
  const lines = matching(db, actor, options)
  const { total } = await lines
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const by = {
    label: sql`fold(c.label)`,
    code: sql`fold(c.code)`,
    state: sql`(select position from entity_states where entity = 'operation' and code = c.state_code)`,
    family: sql`(select fold(label) from campaign_families where id = c.family_id)`,
    owner: sql`(select fold(name) from users where id = c.owner_id)`,
    startsAt: sql`c.starts_at`,
    endsAt: sql`c.ends_at`,
    progress,
    updatedAt: sql`c.updated_at`,
  }
  const rows = await lines
    .select(columns)
    .select(progress.as('progress'))
    .orderBy(by[options.sort], (order) =>
      (options.direction === 'asc' ? order.asc() : order.desc()).nullsLast(),
    )
    .orderBy('c.id')
    .offset(options.offset)
    .limit(options.limit)
    .execute()
  return { rows: rows.map((row) => OperationLine.parse(row)), total }
}

function matching(db: Database, actor: Actor, filter: OperationFilter) {
  const pattern = `%${(filter.search ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`
  return open(db, actor)
    .$if(pattern !== '%%', (q) =>
      q.where(sql<boolean>`fold(c.code || ' ' || c.label) like fold(${pattern})`),
    )
    .$if(filter.state !== undefined, (q) => q.where('c.stateCode', '=', filter.state ?? ''))
    .$if(filter.meaning !== undefined, (q) => q.where('c.state', '=', filter.meaning ?? ''))
    .$if(filter.familyId !== undefined, (q) => q.where('c.familyId', '=', filter.familyId ?? 0))
    .$if(filter.ownerId !== undefined, (q) => q.where('c.ownerId', '=', filter.ownerId ?? ''))
    .$if(filter.template !== undefined, (q) =>
      q.where('c.isTemplate', '=', filter.template === 'yes'),
    )
    .$if(filter.folderId !== undefined, (q) =>
      q.where(sql<boolean>`c.folder_id in (with recursive below as (
        select id from campaign_folders where id = ${filter.folderId ?? 0}
        union select f.id from campaign_folders f join below on f.parent_id = below.id
      ) select id from below)`),
    )
    .$if(filter.progressFrom !== undefined, (q) =>
      q.where(sql<boolean>`${progress} >= ${filter.progressFrom ?? 0}`),
    )
    .$if(filter.progressTo !== undefined, (q) =>
      q.where(sql<boolean>`${progress} <= ${filter.progressTo ?? 100}`),
    )
}

export async function insertFolder(db: Database, draft: FolderDraft): Promise<Folder> {
  const row = await db
    .insertInto('campaignFolders')
    .values({
      ...draft,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from campaign_folders
        where parent_id is not distinct from ${draft.parentId}::bigint)`,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return Folder.parse(row)
}

export async function updateFolder(
  db: Database,
  { id, version, code, label }: { id: number; version: number; code: string; label: string },
): Promise<Folder | undefined> {
  const row = await db
    .updateTable('campaignFolders')
    .set({ code, label, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return row && Folder.parse(row)
}

/**
 * False when something hangs below it, whoever may see that. What was there and is in the bin now would come
 * back below the title above.
 */
export async function deleteFolder(db: Database, id: number): Promise<boolean> {
  await sql`update campaigns set folder_id = (select parent_id from campaign_folders where id = ${id})
    where folder_id = ${id} and deleted_at is not null`.execute(db)
  const { numDeletedRows } = await db
    .deleteFrom('campaignFolders')
    .where('id', '=', id)
    .where(sql<boolean>`not exists (select from campaign_folders f where f.parent_id = ${id})`)
    .where(sql<boolean>`not exists (select from campaigns c where c.folder_id = ${id})`)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Two moves at once, each below the other, would cut both off the tree. */
export const lockFolders = (db: Database) =>
  sql`lock table campaign_folders in share row exclusive mode`.execute(db)

/** Whether `folderId` is `id` or hangs below it. */
export async function isBelow(db: Database, folderId: number, id: number): Promise<boolean> {
  const { rows } = await sql`with recursive above as (
      select id, parent_id from campaign_folders where id = ${folderId}
      union select f.id, f.parent_id from campaign_folders f join above on f.id = above.parent_id
    ) select from above where id = ${id}`.execute(db)
  return rows.length > 0
}

export type Move = {
  kind: 'folder' | 'operation'
  id: number
  folderId: number | null
  beforeId: number | null
}

/** Puts it there and numbers its new siblings again. */
export async function move(db: Database, { kind, id, folderId, beforeId }: Move): Promise<void> {
  const [table, parent] =
    kind === 'folder' ? [sql`campaign_folders`, sql`parent_id`] : [sql`campaigns`, sql`folder_id`]
  await sql`update ${table} set ${parent} = ${folderId} where id = ${id}`.execute(db)
  await sql`update ${table} as one set position = placed.place from (
      select id, row_number() over (order by
        case when id = ${id} then coalesce((select position from ${table} where id = ${beforeId}), 2147483647)
          else position end,
        id <> ${id}, id) as place
      from ${table} where ${parent} is not distinct from ${folderId}::bigint
    ) as placed where one.id = placed.id and one.position <> placed.place`.execute(db)
}

export async function opensUnfolded(db: Database, userId: string | null): Promise<boolean> {
  const row = await db
    .selectFrom('treePreferences')
    .select('opensUnfolded')
    .where('userId', '=', userId)
    .executeTakeFirst()
  return row?.opensUnfolded ?? false
}

export async function savePreference(db: Database, userId: string, opensUnfolded: boolean) {
  await db
    .insertInto('treePreferences')
    .values({ userId, opensUnfolded })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet({ opensUnfolded }))
    .execute()
}
