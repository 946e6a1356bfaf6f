import { z } from 'zod'
import type { Counts, ImportView } from '#core/imports/import.ts'
import { noCounts } from '#core/imports/import.ts'
import type { Plan } from '#core/imports/plan.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { assertNever } from '#core/kernel/assert-never.ts'
import { Id } from '#core/kernel/values.ts'
import { filePath } from '#platform/files.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { refreshPurchases } from '../sales/service.ts'
import { createCustomerLoader } from './customer-loader.ts'
import type { Loader, LoaderOptions } from './loader.ts'
import { createMailingLoader } from './mailing-loader.ts'
import { emptyRun, runPipeline } from './pipeline.ts'
import * as imports from './queries.ts'
import { createSalesLoader } from './sales-loader.ts'
import { takeBack } from './undo.ts'

const Payload = z.object({ importId: Id })

export const checkJob = defineJob('imports/check', Payload, ({ importId }, job) =>
  guarded(importId, job, async (view, plan) => {
    await imports.clearRejects(job.db, importId)
    const counts = await runRows(view, plan, job, { apply: false })
    const state = job.signal.aborted ? 'draft' : 'checked'
    if (!job.stopping())
      await imports.finish(job.db, importId, { state, now: job.now(), checked: counts })
    return counts
  }),
)

/** `chunkRows`: rows of one transaction, the pipeline's own number unless given. */
export const defineRunJob = (chunkRows?: number) =>
  defineJob('imports/run', Payload, ({ importId }, job) =>
    guarded(importId, job, (view, plan) => runImport(view, plan, { job, chunkRows })),
  )

type Run = { job: JobRun; chunkRows: number | undefined }

async function runImport(view: ImportView, plan: Plan, { job, chunkRows }: Run): Promise<Counts> {
  if (view.state !== 'running') return noCounts
  if ((view.counts?.rows ?? 0) === 0) await imports.clearRejects(job.db, view.id)
  await imports.markStarted(job.db, view.id, job.now())
  const counts = await runRows(view, plan, job, { apply: true, chunkRows })
  if (!job.signal.aborted) await settle(plan, counts, job)
  const state = job.signal.aborted ? 'stopped' : 'done'
  if (!job.stopping()) {
    await imports.finishIf(job.db, view.id, { from: 'running', state, now: job.now() })
  }
  return counts
}

export const runJob = defineRunJob()

/** What the rows have consequences for. */
async function settle({ kind }: Plan, counts: Counts, { db, signal }: JobRun): Promise<void> {
  if (kind === 'sales') await refreshPurchases(db, { signal })
  if (kind === 'customers' && counts.created > 5_000) await imports.settle(db)
}

export const undoJob = defineJob('imports/undo', Payload, ({ importId }, job) =>
  guarded(importId, job, async (view, plan) => {
    const report = await takeBack(view, plan, job)
    if (job.signal.aborted) return report
    await refreshPurchases(job.db, { signal: job.signal })
    await imports.finish(job.db, importId, { state: 'undone', now: job.now(), undo: report })
    return report
  }),
)

type Work = (view: ImportView, plan: Plan) => Promise<object>

/** A refusal in the middle is written where the user looks; a passing outage is the queue's to repeat. */
async function guarded(importId: number, job: JobRun, work: Work): Promise<object> {
  const view = await imports.find(job.db, importId)
  if (!view?.plan) return {}
  try {
    return { importId, ...(await work(view, view.plan)) }
  } catch (error) {
    const passing = error instanceof AppError && error.kind === 'unavailable' && job.attempt < 5
    if (!passing && !job.signal.aborted) {
      const code = error instanceof AppError ? error.code : 'imports/internal'
      const message = error instanceof Error ? error.message : String(error)
      await imports.finish(job.db, importId, {
        state: 'failed',
        now: job.now(),
        error: { code, message },
      })
    }
    throw error
  }
}

type Rows = { apply: boolean; chunkRows?: number | undefined }

async function runRows(view: ImportView, plan: Plan, job: JobRun, rows: Rows): Promise<Counts> {
  const { db } = job
  const { apply, chunkRows } = rows
  const { fileId, position, createdBy, createdByName } = await imports.internals(db, view.id)
  const author = { actorId: createdBy, actorName: createdByName }
  const loader = await createLoader({
    db,
    plan,
    apply,
    author,
    headers: view.reading.headers,
    importId: view.id,
    fileName: view.fileName,
  })
  const rejects = apply ? await imports.countRejects(db, view.id) : 0
  return runPipeline({
    db,
    loader,
    apply,
    path: filePath(job, fileId),
    reading: view.reading,
    importId: view.id,
    jobId: job.id,
    from: apply && position > 0 ? { position, counts: view.counts ?? noCounts, rejects } : emptyRun,
    signal: job.signal,
    progress: (done) => job.progress(done, Math.max(done, view.reading.rowsAbout)),
    ...(chunkRows === undefined ? {} : { chunkRows }),
  })
}

function createLoader(options: LoaderOptions): Promise<Loader> {
  const { kind } = options.plan
  switch (kind) {
    case 'customers':
    case 'list':
      return createCustomerLoader(options)
    case 'sales':
      return createSalesLoader(options)
    case 'mailings':
      return createMailingLoader(options)
    default:
      return assertNever(kind)
  }
}

export const importJobs = [checkJob, runJob, undoJob]
