/** The file channel: every allowed person becomes a row of a CSV or XLSX file, accounted for like a message. */
import { Readable } from 'node:stream'
import type { ContentView } from '#core/campaigns/campaign.ts'
import type { FileContent } from '#core/content/content.ts'
import type { Database } from '#platform/db/database.ts'
import { storeFile } from '#platform/files.ts'
import type { JobRun } from '#platform/jobs/job.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import type { Step } from '../campaigns/service.ts'
import { fileHeadings, loadMergeValues } from '../content/service.ts'
import * as claims from './claim-queries.ts'
import type { Follow } from './engine.ts'
import { contentsOfChannel } from './lines.ts'
import * as runs from './run-queries.ts'

type Production = {
  step: Step
  contents: readonly ContentView[]
  worker: string
  follow?: Follow | undefined
}

/**
 * Makes the file of each file content that has rows waiting. A full disk leaves them waiting; a process
 * that dies leaves them in flight, and the next one makes the file anew.
 */
export async function produceFiles(
  job: JobRun,
  { step, contents, worker, follow }: Production,
): Promise<void> {
  const files = contentsOfChannel(contents, 'file')
  if (files.length === 0) return
  const order = { stepId: step.id, channel: 'file', worker, limit: everybody } as const
  const checksTargets = follow !== undefined
  const { taken } = await claims.claim(job.db, { ...order, checksTargets, now: job.now() })
  for (const { id, body } of files) {
    const rows = taken.filter(({ contentId }) => contentId === id)
    if (rows.length > 0) await produce(job, { step, worker, follow, id, body, rows })
  }
}

const everybody = 100_000_000

type One = Writing & Pick<Production, 'worker' | 'follow'> & { id: number }

async function produce(job: JobRun, { worker, follow, id, ...writing }: One): Promise<void> {
  const { step, rows } = writing
  const now = job.now()
  try {
    const stored = await write(job, writing)
    // One or the other alone would leave people in two files or in none.
    await job.db.transaction().execute(async (db) => {
      await runs.keepFile(db, { contentId: id, fileId: stored.id, now })
      await settle(db, worker, rows, { state: 'submitted', answer: stored.name, now, follow })
    })
    await runs.pace(job.db, step.id, rows.length)
  } catch (error) {
    await settle(job.db, worker, rows, { state: 'pending', answer: '', now })
    throw error
  }
}

type Writing = { step: Step; body: FileContent; rows: readonly claims.Claimed[] }

async function write(job: JobRun, { step, body, rows }: Writing) {
  const lines = linesOf(job, step, { body, rows })
  const bytes =
    body.format === 'xlsx'
      ? writeXlsx(lines, step.label)
      : Readable.from(writeCsv(lines, { separator: body.separator, encoding: body.encoding }))
  const name = `${step.label.replace(/[\\/:*?"<>|\s]+/g, ' ').trim() || 'mailing'}.${body.format}`
  return storeFile(
    job,
    {
      name,
      mediaType:
        body.format === 'xlsx'
          ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
          : 'text/csv',
      needs: 'mailings.view',
      createdBy: step.launchedBy,
    },
    bytes,
  )
}

const pageSize = 1_000

async function* linesOf(
  job: JobRun,
  { id: stepId }: Step,
  { body, rows }: { body: FileContent; rows: readonly claims.Claimed[] },
): AsyncGenerator<string[]> {
  yield await fileHeadings(job.db, body)
  for (let from = 0; from < rows.length; from += pageSize) {
    const ids = rows.slice(from, from + pageSize).map(({ partyId }) => partyId)
    const moment = { now: job.now(), stepId }
    const values = await loadMergeValues(job.db, ids, body.columns, moment)
    for (const id of ids) {
      const person = values.get(id) ?? {}
      yield body.columns.map((column) => person[column] ?? '')
    }
  }
}

type Settling = {
  state: 'submitted' | 'pending'
  answer: string
  now: Date
  follow?: Follow | undefined
}

async function settle(
  db: Database,
  worker: string,
  rows: readonly claims.Claimed[],
  { state, answer, now, follow }: Settling,
): Promise<void> {
  for (let from = 0; from < rows.length; from += pageSize * 10) {
    const written = rows.slice(from, from + pageSize * 10).map(({ id }) => ({
      id,
      state,
      answer,
      reason: null,
      tried: state === 'submitted',
      dueAt: null,
      marksAddress: false,
    }))
    const submitted = await claims.writeOutcomes(db, worker, written, now)
    if (submitted.length > 0) await follow?.(db, { submitted, emlOf: () => undefined, now })
  }
}
