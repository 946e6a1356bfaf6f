/** What the pipeline asks of a kind of import: rows in, COPY text out, one set-based merge per chunk. */
import type { Counts, Reject, RejectReason } from '#core/imports/import.ts'
import type { ColumnPlan, Plan } from '#core/imports/plan.ts'
import type { Database } from '#platform/db/database.ts'

/** Where a problem is: the row's line in the file and the header of its column. */
export type Refuse = (column: number, value: string, reason: RejectReason) => void

export type MergeContext = {
  /** The lane's connection, in the transaction of the chunk. */
  db: Database
  importId: number
  jobId: number
  /** False for a dry run: count, change nothing. */
  apply: boolean
}

type Merged = { counts: Omit<Counts, 'rows'>; rejects: Reject[] }

export type Chunk = {
  /** Takes a row; false when it is refused, and then says why. */
  readonly add: (cells: readonly string[], line: number, refuse: Refuse) => boolean
  /** COPY text gathered since last asked. */
  readonly take: () => string
  /** Smaller tables that follow the rows, each in pieces. */
  readonly rest: () => { statement: string; texts: Iterable<string> }[]
  readonly merge: (context: MergeContext) => Promise<Merged>
}

export type Loader = {
  /** Temporary tables of a lane. */
  readonly setup: (db: Database) => Promise<void>
  /** The COPY statement that `take` feeds. */
  readonly statement: string
  /** Makes sure that the next `rows` rows can be added; also for rows that an earlier run committed. */
  readonly ready: (rows: number) => Promise<void>
  readonly begin: () => Chunk
  /** A row that is committed already: only what later rows must know of it. */
  readonly skip: (cells: readonly string[], line: number) => void
}

export type LoaderOptions = {
  db: Database
  plan: Plan
  headers: readonly string[]
  importId: number
  apply: boolean
  fileName: string
  author: { actorId: string | null; actorName: string }
}

/** Columns of a plan by target. */
export function columnsOf(plan: Plan) {
  const byTarget = new Map(plan.columns.map((column) => [column.target, column]))
  return {
    find: (target: string): ColumnPlan | undefined => byTarget.get(target),
    /** -1 when the file has no such column. */
    at: (target: string): number => byTarget.get(target)?.column ?? -1,
  }
}

/** A slice of a large text keeps all of it in memory; a copy keeps itself. */
export const ownText = (text: string): string =>
  text.length < 13 ? text : Buffer.from(text).toString()
