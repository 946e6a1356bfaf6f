import { sql } from 'kysely'
import type { ImportState } from '#core/imports/import.ts'
import { type Counts, ImportView, Reject, type UndoReport } from '#core/imports/import.ts'
import type { ImportKind, Plan } from '#core/imports/plan.ts'
import type { Reading } from '#core/imports/reading.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'

export type NewImport = {
  fileId: string
  fileName: string
  fileSize: number
  fileHash: string
  reading: Reading
  createdBy: string | null
  createdByName: string
}

export async function insert(db: Database, { reading, ...row }: NewImport): Promise<ImportView> {
  const { id } = await db
    .insertInto('imports')
    .values({ ...row, reading: JSON.stringify(reading) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return get(db, id)
}

const select = (db: Database) => db.selectFrom('imports').selectAll()

export async function find(db: Database, id: number): Promise<ImportView | undefined> {
  const row = await select(db).where('id', '=', id).executeTakeFirst()
  return row && ImportView.parse(row)
}

export async function get(db: Database, id: number): Promise<ImportView> {
  const found = await find(db, id)
  if (found) return found
  throw new AppError('not-found', 'imports/not-found', 'There is no such import.')
}

/** What the pipeline needs beside the view; the row stays locked in a transaction. */
export async function internals(db: Database, id: number) {
  return db
    .selectFrom('imports')
    .select(['fileId', 'fileHash', 'position', 'jobIds', 'createdBy', 'createdByName'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export async function list(db: Database, slice: { offset: number; limit: number }) {
  const { total } = await db
    .selectFrom('imports')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await select(db)
    .orderBy('id', 'desc')
    .offset(slice.offset)
    .limit(slice.limit)
    .execute()
  return { total, imports: rows.map((row) => ImportView.parse(row)) }
}

/** Imports of the very same bytes that changed something, latest first. */
export async function listEarlier(db: Database, id: number) {
  return db
    .selectFrom('imports')
    .innerJoin('imports as same', 'same.fileHash', 'imports.fileHash')
    .select(['imports.id', 'imports.createdAt', 'imports.fileName'])
    .select(sql<ImportState>`imports.state`.as('state'))
    .where('same.id', '=', id)
    .where('imports.id', '<>', id)
    .where('imports.state', 'in', ['done', 'running', 'stopped'])
    .orderBy('imports.id', 'desc')
    .limit(5)
    .execute()
}

export async function setReading(db: Database, id: number, reading: Reading): Promise<void> {
  await db
    .updateTable('imports')
    .set({ reading: JSON.stringify(reading), plan: null, checked: null, state: 'draft' })
    .where('id', '=', id)
    .execute()
}

/** Moves on from an expected state; false when another request was first. */
export async function move(
  db: Database,
  id: number,
  [from, to]: readonly [ImportState, ImportState],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set({ state: to, errorCode: null, errorMessage: null })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function setPlan(db: Database, id: number, plan: Plan): Promise<void> {
  await db
    .updateTable('imports')
    .set({ plan: JSON.stringify(plan), kind: plan.kind })
    .where('id', '=', id)
    .execute()
}

export async function setJob(db: Database, id: number, jobId: number): Promise<void> {
  await db
    .updateTable('imports')
    .set({ jobId, jobIds: sql`array_append(job_ids, ${jobId}::bigint)` })
    .where('id', '=', id)
    .execute()
}

/** From the beginning: nothing of an earlier run remains. */
export async function reset(db: Database, id: number): Promise<void> {
  await db.deleteFrom('importRejects').where('importId', '=', id).execute()
  await db
    .updateTable('imports')
    .set({ position: 0, counts: null, undo: null, startedAt: null, finishedAt: null })
    .where('id', '=', id)
    .execute()
}

export async function markStarted(db: Database, id: number, now: Date): Promise<void> {
  await db
    .updateTable('imports')
    .set({ startedAt: sql`coalesce(started_at, ${now.toISOString()}::timestamptz)` })
    .where('id', '=', id)
    .execute()
}

export type Ending = {
  state: ImportState
  now: Date
  checked?: Counts
  counts?: Counts
  undo?: UndoReport
  error?: { code: string; message: string }
}

export async function finish(db: Database, id: number, ending: Ending): Promise<void> {
  const { state, now, checked, counts, undo, error } = ending
  await db
    .updateTable('imports')
    .set({
      state,
      finishedAt: now,
      errorCode: error?.code ?? null,
      errorMessage: error?.message ?? null,
      ...(checked ? { checked: JSON.stringify(checked) } : {}),
      ...(counts ? { counts: JSON.stringify(counts) } : {}),
      ...(undo ? { undo: JSON.stringify(undo) } : {}),
    })
    .where('id', '=', id)
    .execute()
}

/** In the chunk's transaction. Refuses when another process has gone on meanwhile. */
export async function commitChunk(
  db: Database,
  id: number,
  chunk: { from: number; position: number; counts: Counts },
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set({ position: chunk.position, counts: JSON.stringify(chunk.counts) })
    .where('id', '=', id)
    .where('position', '=', chunk.from)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) {
    throw new AppError('unavailable', 'imports/taken-over', 'Another process goes on with this.')
  }
}

export async function insertRejects(db: Database, importId: number, rejects: readonly Reject[]) {
  for (let at = 0; at < rejects.length; at += 5_000) {
    const part = rejects.slice(at, at + 5_000)
    await sql`insert into import_rejects (import_id, line, "column", value, reason)
      select ${importId}, * from unnest(${part.map((r) => r.line)}::bigint[],
        ${part.map((r) => r.column)}::text[], ${part.map((r) => r.value.replaceAll('\0', ''))}::text[],
        ${part.map((r) => r.reason)}::text[])`.execute(db)
  }
}

export async function countRejects(db: Database, importId: number): Promise<number> {
  const { total } = await db
    .selectFrom('importRejects')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('importId', '=', importId)
    .executeTakeFirstOrThrow()
  return total
}

/** Rejects after a row of theirs, in file order as far as they were met so. */
export async function listRejects(
  db: Database,
  importId: number,
  slice: { offset: number; limit: number },
): Promise<Reject[]> {
  const rows = await db
    .selectFrom('importRejects')
    .select(['line', 'column', 'value', 'reason'])
    .where('importId', '=', importId)
    .orderBy('line')
    .orderBy('id')
    .offset(slice.offset)
    .limit(slice.limit)
    .execute()
  return rows.map((row) => Reject.parse(row))
}

export async function remove(db: Database, id: number): Promise<string | undefined> {
  const row = await db
    .deleteFrom('imports')
    .where('id', '=', id)
    .returning('fileId')
    .executeTakeFirst()
  if (row) await db.deleteFrom('files').where('id', '=', row.fileId).execute()
  return row?.fileId
}

/** Whether an import other than this one is changing data now: they go one after another. */
export async function isBusy(db: Database, id: number): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('imports/busy'))`.execute(db)
  const row = await db
    .selectFrom('imports')
    .select('id')
    .where('state', 'in', ['running', 'undoing'])
    .where('id', '<>', id)
    .executeTakeFirst()
  return row !== undefined
}

export async function findProfile(db: Database, kind: ImportKind | undefined, signature: string) {
  return db
    .selectFrom('importProfiles')
    .select('plan')
    .where('signature', '=', signature)
    .$if(kind !== undefined, (q) => q.where('kind', '=', kind ?? ''))
    .orderBy('usedAt', 'desc')
    .executeTakeFirst()
}

export async function saveProfile(
  db: Database,
  signature: string,
  plan: Plan,
  now: Date,
): Promise<void> {
  // The name of a list is for one file only.
  const kept = JSON.stringify({ ...plan, rules: { ...plan.rules, listLabel: '' } })
  await db
    .insertInto('importProfiles')
    .values({ kind: plan.kind, signature, plan: kept, usedAt: now })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'signature']).doUpdateSet({ plan: kept, usedAt: now }),
    )
    .execute()
}

/** What a run made beside the rows that carry its id. */
export async function recordMade(
  db: Database,
  importId: number,
  what: 'store' | 'category' | 'card-type' | 'article' | 'department' | 'tag',
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  await sql`insert into import_made (import_id, what, id)
    select ${importId}, ${what}, unnest(${ids}::bigint[]) on conflict do nothing`.execute(db)
}

export async function forgetFile(db: Database, fileId: string): Promise<void> {
  await db.deleteFrom('files').where('id', '=', fileId).execute()
}

export async function clearRejects(db: Database, id: number): Promise<void> {
  await db.deleteFrom('importRejects').where('importId', '=', id).execute()
}

/** Asks the job to stop. True when it had not begun, and now never does. */
export async function requestStop(db: Database, jobId: number): Promise<boolean> {
  const row = await db
    .updateTable('jobs')
    .set({
      cancelRequested: true,
      state: sql<string>`case when state = 'queued' then 'cancelled' else state end`,
    })
    .where('id', '=', jobId)
    .where('state', 'in', ['queued', 'running'])
    .returning('state')
    .executeTakeFirst()
  return row?.state !== 'running'
}

/** Ends a run unless something else, the taking back, has taken it over. */
export async function finishIf(
  db: Database,
  id: number,
  { from, state, now }: { from: ImportState; state: ImportState; now: Date },
): Promise<void> {
  await db
    .updateTable('imports')
    .set({ state, finishedAt: now })
    .where('id', '=', id)
    .where('state', '=', from)
    .execute()
}

/** Fresh statistics after a large change. */
export async function settle(db: Database): Promise<void> {
  await sql`analyze parties`.execute(db)
}
