/** A marketing operation: the header that is common to its steps. */
import { z } from 'zod'
import { StepFile } from '../campaigns/attachment.ts'
import { Problem } from '../kernel/problem.ts'
import { Currency, Id, Instant } from '../kernel/values.ts'
import { StepParameters, StepProblem } from './step.ts'

export const OperationMeaning = z.enum(['preparing', 'in-progress', 'finished'])
export type OperationMeaning = z.infer<typeof OperationMeaning>

/** What happens when a step is launched outside the operation's dates; they inform by default (D-27, L-7). */
export const OutsideDates = z.enum(['inform', 'warn', 'block'])
export type OutsideDates = z.infer<typeof OutsideDates>

export const FixedCost = z.object({
  label: z.string().trim().min(1).max(200),
  /** In the smallest unit of the currency. */
  amount: z.number().int().min(0).max(1e12),
  currency: Currency,
})
export type FixedCost = z.infer<typeof FixedCost>

const Code = z.string().trim().max(40).default('')
const Label = z.string().trim().min(1).max(200)

export const OperationDraft = z
  .object({
    code: Code,
    label: Label,
    folderId: Id.nullable().default(null),
    typeId: Id.nullable().default(null),
    familyId: Id.nullable().default(null),
    /** The confidentiality key; whoever sets one holds it. */
    keyId: Id.nullable().default(null),
    stateCode: z.string().default('preparing'),
    startsAt: Instant.nullable().default(null),
    endsAt: Instant.nullable().default(null),
    outsideDates: OutsideDates.default('inform'),
    /** Kinds of party that may be targeted; all when empty (D-28). */
    kinds: z.array(z.string().max(40)).max(50).default([]),
    ownerId: z.string().max(100).nullable().default(null),
    place: z.string().trim().max(200).default(''),
    objective: z.string().trim().max(2_000).default(''),
    notes: z.string().max(10_000).default(''),
    /** Percent by hand; null to compute it from the targets (D-31, L-8). */
    progress: z.number().int().min(0).max(100).nullable().default(null),
    isTemplate: z.boolean().default(false),
    costs: z.array(FixedCost).max(100).default([]),
  })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || startsAt <= endsAt, {
    message: 'It ends before it begins.',
    path: ['endsAt'],
  })
export type OperationDraft = z.infer<typeof OperationDraft>

/** People of a step by the code of their status; only those to be reached are counted. */
export const StatusCounts = z.record(z.string(), z.number().int())
export type StatusCounts = z.infer<typeof StatusCounts>

export const StepOfOperation = StepParameters.extend({
  id: Id,
  /** The run of its messages, see core/campaigns. */
  state: z.string(),
  statuses: StatusCounts,
  conditions: z.number().int(),
  contents: z.number().int(),
  /** Why its conditions could not be asked when people were last distributed without anybody's hand. */
  distributionProblem: Problem.nullable(),
  launchedAt: Instant.nullable(),
  /** Files that go with it, in their order; `size` in bytes. */
  attachments: z.array(StepFile),
  document: StepFile.nullable(),
  /** What is missing before it can be launched; nothing of it keeps it from being saved. */
  problems: z.array(StepProblem),
  version: z.number().int(),
})
export type StepOfOperation = z.infer<typeof StepOfOperation>

export const OperationView = z.object({
  ...OperationDraft.shape,
  id: Id,
  state: OperationMeaning,
  /** Percent: typed, or settled targets of all. */
  progressNow: z.number().int(),
  closedAt: Instant.nullable(),
  targetSort: z.string(),
  targetDirection: z.enum(['asc', 'desc']),
  version: z.number().int(),
  steps: z.array(StepOfOperation),
})
export type OperationView = z.infer<typeof OperationView>

/** An operation in the tree, in the order of the tree: no more than is drawn, for there may be ten thousand. */
export const TreeOperation = z.object({
  id: Id,
  code: z.string(),
  label: z.string(),
  folderId: Id.nullable(),
  stateCode: z.string(),
  isTemplate: z.boolean(),
  progress: z.number().int(),
})
export type TreeOperation = z.infer<typeof TreeOperation>

/** A line of the lookup list. */
export const OperationLine = z.object({
  id: Id,
  code: z.string(),
  label: z.string(),
  folderId: Id.nullable(),
  position: z.number().int(),
  familyId: Id.nullable(),
  ownerId: z.string().nullable(),
  state: OperationMeaning,
  stateCode: z.string(),
  isTemplate: z.boolean(),
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  progress: z.number().int(),
})
export type OperationLine = z.infer<typeof OperationLine>

export const Folder = z.object({
  id: Id,
  parentId: Id.nullable(),
  code: z.string(),
  label: z.string(),
  position: z.number().int(),
  version: z.number().int(),
})
export type Folder = z.infer<typeof Folder>
export const FolderDraft = z.object({
  code: Code,
  label: Label,
  parentId: Id.nullable().default(null),
})
export type FolderDraft = z.infer<typeof FolderDraft>
