/** Files on their way in: brought, read, checked, run, stopped and taken back. */
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Guess, guessPlan, makesSense } from '#core/imports/guess.ts'
import { signatureOf } from '#core/imports/headers.ts'
import { type ImportState, type ImportView, mayBecome } from '#core/imports/import.ts'
import { type ImportKind, Plan } from '#core/imports/plan.ts'
import type { Reading, ReadingChoice } from '#core/imports/reading.ts'
import { targetsOf } from '#core/imports/targets.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Database } from '#platform/db/database.ts'
import { filePath, storeFile } from '#platform/files.ts'
import type { Context } from '#platform/http/app.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { audit } from '../access/service.ts'
import { findCustomFields } from '../parties/service.ts'
import { checkJob, runJob, undoJob } from './jobs.ts'
import * as imports from './queries.ts'
import { inspect, readRows } from './reading/rows.ts'
import { surveyFile } from './reading/survey.ts'

const gigabyte = 2 ** 30
const largestUpload = 4 * gigabyte

/** Keeps the file, looks at all of it once and tells how it reads. What cannot be read is not kept. */
export async function upload(
  { db, config, actor }: Context,
  name: string,
  body: ReadableStream | null,
): Promise<ImportView> {
  const bytes = body
    ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
    : Readable.from([])
  const file = await storeFile(
    { db, config },
    {
      name,
      mediaType: 'application/octet-stream',
      needs: 'imports.run',
      createdBy: actor.id,
      largest: largestUpload,
    },
    bytes,
  )
  const path = filePath({ config }, file.id)
  try {
    const survey = await surveyFile(path)
    const reading = await inspect(path, survey)
    return await imports.insert(db, {
      fileId: file.id,
      fileName: name,
      fileSize: file.size,
      fileHash: survey.hash,
      reading,
      createdBy: actor.id,
      createdByName: actor.name,
    })
  } catch (error) {
    await imports.forgetFile(db, file.id)
    await rm(path, { force: true })
    throw error
  }
}

export async function readAs(
  { db, config }: Pick<Context, 'db' | 'config'>,
  id: number,
  choice: ReadingChoice,
): Promise<ImportView> {
  const view = await imports.get(db, id)
  if (!['draft', 'checked', 'failed', 'undone'].includes(view.state)) throw wrongState(view.state)
  const path = filePath({ config }, (await imports.internals(db, id)).fileId)
  const { format, encoding, separator, sheet } = view.reading
  const known = format === 'csv' ? { encoding, separator } : { sheet }
  const reading = await inspect(path, await surveyFile(path), { ...known, ...choice })
  await imports.setReading(db, id, reading)
  return imports.get(db, id)
}

/** The profile of these headers, else what names and values say. */
export async function guess(db: Database, id: number, kind?: ImportKind): Promise<Guess> {
  const { reading } = await imports.get(db, id)
  const own = guessPlan(reading, { custom: await findCustomFields(db) }, kind)
  const profile = await imports.findProfile(db, kind, signatureOf(reading.headers))
  const kept = Plan.safeParse(profile?.plan)
  if (!kept.success) return own
  return Guess.parse({ plan: kept.data, from: 'profile', askDates: [] })
}

/** Both begin the same way: a plan that makes sense, the state moved on, a job in the queue. */
export async function begin(
  { db, actor, now }: Context,
  id: number,
  { plan: given, apply }: { plan: Plan | undefined; apply: boolean },
): Promise<ImportView> {
  const view = await imports.get(db, id)
  const plan = given ?? view.plan ?? (await guess(db, id)).plan
  ensureSense(plan, view)
  if (apply && (await imports.isBusy(db, id))) throw busy()
  await change(db, view, apply ? 'running' : 'checking')
  const continues = apply && view.state !== 'undone' && (view.counts?.rows ?? 0) > 0
  if (!continues) await imports.reset(db, id)
  await imports.setPlan(db, id, plan)
  const jobId = await enqueue(
    db,
    apply ? runJob : checkJob,
    { importId: id },
    {
      subject: view.fileName,
      createdBy: actor.id,
      uniqueKey: String(id),
      total: view.reading.rowsAbout,
    },
  )
  await imports.setJob(db, id, jobId)
  if (apply) {
    await imports.saveProfile(db, signatureOf(view.reading.headers), plan, now)
    await audit(db, actor, 'imports/start', view.fileName, { importId: id, kind: plan.kind })
  }
  return imports.get(db, id)
}

function ensureSense({ kind, columns }: Plan, { reading }: ImportView): void {
  const targets = new Set(columns.map((column) => column.target))
  const twice = columns.find(
    (column, at) => columns.findIndex((c) => c.target === column.target) < at,
  )
  if (twice) {
    throw new AppError('invalid', 'imports/twice', `Two columns are ${twice.target}.`, {
      details: { field: twice.target },
    })
  }
  const known = new Set(targetsOf[kind].map(({ key }) => key))
  const unknown = columns.find(
    ({ target, column }) =>
      column >= reading.headers.length ||
      !(known.has(target) || (kind === 'customers' && target.startsWith('custom.'))),
  )
  if (unknown) {
    throw new AppError('invalid', 'imports/unknown-field', `There is no field ${unknown.target}.`, {
      details: { field: unknown.target },
    })
  }
  if (makesSense(kind, targets)) return
  throw new AppError(
    'invalid',
    'imports/columns-missing',
    'Columns that this needs are not linked.',
  )
}

async function change(db: Database, view: ImportView, to: ImportState): Promise<void> {
  if (!mayBecome(view.state, to) || !(await imports.move(db, view.id, [view.state, to]))) {
    throw wrongState(view.state)
  }
}

const wrongState = (state: ImportState) =>
  new AppError('conflict', 'imports/wrong-state', `This import is ${state}.`, {
    details: { state },
  })

const busy = () =>
  new AppError('conflict', 'imports/busy', 'Another import is running; wait until it is done.')

/** The running job notices and ends; taking back follows when asked for. */
export async function stop(
  { db, actor, now }: Context,
  id: number,
  undo: boolean,
): Promise<ImportView> {
  const view = await imports.get(db, id)
  if (view.state !== 'running' && view.state !== 'checking') throw wrongState(view.state)
  const isOver = view.jobId === null || (await imports.requestStop(db, view.jobId))
  const state = view.state === 'running' ? 'stopped' : 'draft'
  if (isOver) await imports.finishIf(db, id, { from: view.state, state, now })
  if (view.state === 'checking') return imports.get(db, id)
  await audit(db, actor, 'imports/stop', view.fileName, { importId: id, undo })
  if (undo) await startUndo(db, await imports.get(db, id), actor)
  return imports.get(db, id)
}

export async function undo({ db, actor }: Context, id: number): Promise<ImportView> {
  const view = await imports.get(db, id)
  if (await imports.isBusy(db, id)) throw busy()
  await startUndo(db, view, actor)
  await audit(db, actor, 'imports/undo', view.fileName, { importId: id })
  return imports.get(db, id)
}

async function startUndo(db: Database, view: ImportView, actor: Actor): Promise<void> {
  await change(db, view, 'undoing')
  const jobId = await enqueue(
    db,
    undoJob,
    { importId: view.id },
    {
      subject: view.fileName,
      createdBy: actor.id,
      uniqueKey: String(view.id),
    },
  )
  await imports.setJob(db, view.id, jobId)
}

export async function forget(
  { db, config }: Pick<Context, 'db' | 'config'>,
  id: number,
): Promise<void> {
  const view = await imports.get(db, id)
  if (view.counts !== null && view.state !== 'undone') throw wrongState(view.state)
  if (!['draft', 'checked', 'failed', 'undone'].includes(view.state)) throw wrongState(view.state)
  const fileId = await imports.remove(db, id)
  if (fileId) await rm(filePath({ config }, fileId), { force: true })
}

/** A table that another feature brings: how it reads, or a refusal that says why not. */
export const inspectFile = async (path: string): Promise<Reading> =>
  inspect(path, await surveyFile(path))

/** All its rows, headers and what stands above them included. */
export const readTable = (path: string, reading: Reading) =>
  readRows(path, { ...reading, headerLine: 0 })

export const forgetFile = imports.forgetFile
