/** Takes an import back, step by step so that it can go on after a crash; what was used or changed since stays. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportView, UndoReport } from '#core/imports/import.ts'
import type { Plan } from '#core/imports/plan.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { JobRun } from '#platform/jobs/job.ts'
import { removeLegacy } from '../campaigns/service.ts'
import { undoSales } from '../sales/service.ts'
import * as imports from './queries.ts'
import * as undo from './undo-queries.ts'

const patience = 120

export async function takeBack(view: ImportView, plan: Plan, job: JobRun): Promise<UndoReport> {
  await waitForRun(view, job)
  const { db } = job
  const report: UndoReport = { removed: 0, restored: 0, keptUsed: 0, keptChanged: 0 }
  if (plan.kind === 'sales') {
    const done = await undoSales(db, view.id, job)
    report.removed += done.removed
    report.restored += done.restored
    report.keptChanged += done.keptChanged
  }
  if (plan.kind === 'mailings') {
    const done = await db.transaction().execute((tx) => removeLegacy(tx, view.id))
    report.removed += done.removed
    report.keptUsed += done.kept
  }
  if (job.signal.aborted) return report
  const cards = await db.transaction().execute((tx) => takeBackCards(tx, view.id))
  return {
    removed: report.removed + cards.removed,
    restored: report.restored + cards.restored,
    keptUsed: report.keptUsed + cards.keptUsed,
    keptChanged: report.keptChanged + cards.keptChanged,
  }
}

async function takeBackCards(db: JobRun['db'], importId: number): Promise<UndoReport> {
  const { jobIds } = await imports.internals(db, importId)
  await undo.untag(db, importId)
  const listed = await undo.removeLists(db, importId)
  const { restored, keptChanged } = await undo.restoreCards(db, jobIds)
  const { removed, keptUsed } = await undo.removeCards(db, importId)
  await undo.removeMade(db, importId)
  return { removed: removed + listed, restored, keptUsed, keptChanged }
}

/** A run that was just stopped may be in its last chunk. */
async function waitForRun(view: ImportView, { db, id, signal }: JobRun): Promise<void> {
  for (let tries = 0; tries < patience; tries++) {
    if (signal.aborted || !(await undo.isRunning(db, view.id, id))) return
    await sleep(500)
  }
  throw new AppError('unavailable', 'imports/still-running', 'The import is still stopping.')
}
