/** The file channel: every allowed person becomes a row of a CSV or XLSX file, accounted for like a message. */
import { Readable } from 'node:stream'
import type { ContentView } from '#core/campaigns/campaign.ts'
import type { FileContent } from '#core/content/content.ts'
import { storeFile } from '#platform/files.ts'
import type { JobRun } from '#platform/jobs/job.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import type { Step } from '../campaigns/service.ts'
import { fileHeadings, loadMergeValues } from '../content/service.ts'
import * as claims from './claim-queries.ts'
import { contentsOfChannel } from './lines.ts'
import * as runs from './run-queries.ts'

type Production = { step: Step; contents: readonly ContentView[]; worker: string }

/**
 * Makes the file of each file content that has rows waiting. A full disk leaves them waiting; a process
 * that dies leaves them in flight, and the next one makes the file anew.
 */
export async function produceFiles(
  job: JobRun,
  { step, contents, worker }: Production,
): Promise<void> {
  const files = contentsOfChannel(contents, 'file')
  if (files.length === 0) return
  const order = { stepId: step.id, channel: 'file', worker, limit: everybody } as const
  const { taken } = await claims.claim(job.db, { ...order, now: job.now() })
  for (const { id, body } of files) {
    const rows = taken.filter(({ contentId }) => contentId === id)
    if (rows.length > 0) await produce(job, { step, worker, id, body, rows })
  }
}

const everybody = 100_000_000

type One = Writing & { worker: string; id: number }

async function produce(job: JobRun, { worker, id, ...writing }: One): Promise<void> {
  const { step, rows } = writing
  try {
    const stored = await write(job, writing)
    await runs.keepFile(job.db, id, stored.id)
    await settle(job, worker, rows, { state: 'submitted', answer: stored.name })
    await runs.pace(job.db, step.id, rows.length)
  } catch (error) {
    await settle(job, worker, rows, { state: 'pending', answer: '' })
    throw error
  }
}

type Writing = { step: Step; body: FileContent; rows: readonly claims.Claimed[] }

async function write(job: JobRun, { step, body, rows }: Writing) {
  const lines = linesOf(job, body, rows)
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
  body: FileContent,
  rows: readonly claims.Claimed[],
): AsyncGenerator<string[]> {
  yield await fileHeadings(job.db, body)
  for (let from = 0; from < rows.length; from += pageSize) {
    const ids = rows.slice(from, from + pageSize).map(({ partyId }) => partyId)
    const values = await loadMergeValues(job.db, ids, body.columns, job.now())
    for (const id of ids) {
      const person = values.get(id) ?? {}
      yield body.columns.map((column) => person[column] ?? '')
    }
  }
}

async function settle(
  job: JobRun,
  worker: string,
  rows: readonly claims.Claimed[],
  { state, answer }: { state: 'submitted' | 'pending'; answer: string },
): Promise<void> {
  const now = job.now()
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
    await claims.writeOutcomes(job.db, worker, written, now)
  }
}
