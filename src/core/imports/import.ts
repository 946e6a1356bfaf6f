/** A file on its way into the shop's data: states, counts and the view of it. */
import { z } from 'zod'
import { Id, Instant } from '../kernel/values.ts'
import { ImportKind, Plan } from './plan.ts'
import { Reading } from './reading.ts'

/* draft -> checking -> checked -> running -> done -> undoing -> undone; stopped and failed keep what is
   committed and can be run on or taken back. */
const importStates = [
  'draft',
  'checking',
  'checked',
  'running',
  'done',
  'failed',
  'stopped',
  'undoing',
  'undone',
] as const
export type ImportState = (typeof importStates)[number]

/** What may follow what; a refusal names the state it met. */
const nextStates = {
  draft: ['checking', 'running'],
  checking: ['checked', 'failed', 'draft'],
  checked: ['checking', 'running'],
  running: ['done', 'failed', 'stopped', 'undoing'],
  done: ['undoing'],
  failed: ['checking', 'running', 'undoing'],
  stopped: ['running', 'undoing'],
  undoing: ['undone', 'failed'],
  undone: ['running', 'checking'],
} as const satisfies Record<ImportState, readonly ImportState[]>

export const mayBecome = (from: ImportState, to: ImportState): boolean =>
  (nextStates[from] as readonly ImportState[]).includes(to)

/** Rows by what becomes of them; `rows` is their sum. */
export const Counts = z.object({
  rows: z.number().int().nonnegative().default(0),
  created: z.number().int().nonnegative().default(0),
  updated: z.number().int().nonnegative().default(0),
  unchanged: z.number().int().nonnegative().default(0),
  rejected: z.number().int().nonnegative().default(0),
})
export type Counts = z.infer<typeof Counts>

export const noCounts: Counts = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 }

export const addCounts = (a: Counts, b: Counts): Counts => ({
  rows: a.rows + b.rows,
  created: a.created + b.created,
  updated: a.updated + b.updated,
  unchanged: a.unchanged + b.unchanged,
  rejected: a.rejected + b.rejected,
})

/** Why a row was not taken; the sentence is `reasons.<reason>` of the catalogue `imports`. */
export const rejectReasons = [
  'missing',
  'not-a-date',
  'not-a-number',
  'not-an-email',
  'not-a-currency',
  'not-yes-or-no',
  'not-a-choice',
  'too-long',
  'too-large',
  'unknown-customer',
  'ambiguous-customer',
  'unknown-store',
  'unknown-category',
  'unknown-card-type',
  'duplicate',
  'duplicate-key',
  'duplicate-customer',
  'deleted-customer',
  'too-many-cells',
] as const
export type RejectReason = (typeof rejectReasons)[number]

export const Reject = z.object({
  /** Of the file, counted from 1, headers included. */
  line: z.number().int().positive(),
  column: z.string(),
  value: z.string(),
  reason: z.enum(rejectReasons),
})
export type Reject = z.infer<typeof Reject>

/** More than these are counted but not listed. */
export const rejectsKept = 100_000

/** What taking back met. */
export const UndoReport = z.object({
  removed: z.number().int().nonnegative(),
  restored: z.number().int().nonnegative(),
  /** Made by the import but used since: kept. */
  keptUsed: z.number().int().nonnegative(),
  /** Changed again since the import: left as they are. */
  keptChanged: z.number().int().nonnegative(),
})
export type UndoReport = z.infer<typeof UndoReport>

export const ImportView = z.object({
  id: Id,
  state: z.enum(importStates),
  kind: ImportKind.nullable(),
  fileName: z.string(),
  fileSize: z.number().int().nonnegative(),
  reading: Reading,
  plan: Plan.nullable(),
  checked: Counts.nullable(),
  counts: Counts.nullable(),
  undo: UndoReport.nullable(),
  jobId: Id.nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  createdByName: z.string(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
})
export type ImportView = z.infer<typeof ImportView>
