import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Slice } from '../kernel/values.ts'
import {
  Folder,
  FolderDraft,
  OperationDraft,
  OperationLine,
  OperationMeaning,
  OperationView,
  TreeOperation,
} from './operation.ts'
import { StepParameters } from './step.ts'

const view = 'mailings.view'
const write = 'mailings.write'
const One = z.object({ id: Id })
const Version = z.object({ version: z.number().int().positive() })

export const getTree = endpoint('GET', '/api/operations-tree', {
  may: view,
  summary:
    'Folders and operations that the caller may see, all of them: the page folds and searches',
  input: z.object({}),
  output: z.object({
    folders: z.array(Folder),
    operations: z.array(TreeOperation),
    /** The caller’s own preference; folded until they say otherwise (D-16). */
    opensUnfolded: z.boolean(),
  }),
})

export const saveTreePreference = endpoint('PUT', '/api/operations-tree/preference', {
  may: view,
  summary: 'Whether the tree opens unfolded for the caller, on every device',
  input: z.object({ opensUnfolded: z.boolean() }),
  output: Done,
})

export const moveInTree = endpoint('POST', '/api/operations-tree/move', {
  may: write,
  summary:
    'Put a folder or an operation into another folder, before one of its own kind or at the end',
  input: z.object({
    kind: z.enum(['folder', 'operation']),
    id: Id,
    folderId: Id.nullable(),
    beforeId: Id.nullable().default(null),
  }),
  output: Done,
})

export const createFolder = endpoint('POST', '/api/operation-folders', {
  may: write,
  summary: 'Create a title line of the tree',
  input: FolderDraft,
  output: Folder,
})
export const updateFolder = endpoint('PUT', '/api/operation-folders/:id', {
  may: write,
  summary: 'Rename a title line',
  input: FolderDraft.omit({ parentId: true }).extend({ id: Id, ...Version.shape }),
  output: Folder,
})
export const deleteFolder = endpoint('DELETE', '/api/operation-folders/:id', {
  may: write,
  summary: 'Delete a title line with nothing below it',
  input: One,
  output: Done,
})

export const OperationFilter = z.object({
  search: z.string().max(200).optional(),
  state: z.string().max(40).optional(),
  meaning: OperationMeaning.optional(),
  familyId: Id.optional(),
  ownerId: z.string().max(100).optional(),
  folderId: Id.optional(),
  progressFrom: z.coerce.number().int().min(0).max(100).optional(),
  progressTo: z.coerce.number().int().min(0).max(100).optional(),
  template: z.enum(['yes', 'no']).optional(),
})
export type OperationFilter = z.infer<typeof OperationFilter>

export const OperationSort = z.enum([
  'label',
  'code',
  'state',
  'family',
  'owner',
  'startsAt',
  'endsAt',
  'progress',
  'updatedAt',
])
export type OperationSort = z.infer<typeof OperationSort>

export const listOperations = endpoint('GET', '/api/operations', {
  may: view,
  summary: 'The lookup list: operations by state, family, owner, progress',
  input: OperationFilter.extend({
    sort: OperationSort.default('label'),
    direction: z.enum(['asc', 'desc']).default('asc'),
  }).extend(Slice.shape),
  output: z.object({ rows: z.array(OperationLine), total: z.number().int() }),
})

export const createOperation = endpoint('POST', '/api/operations', {
  may: write,
  summary:
    'Create an operation, empty or as a copy of another with its steps and texts, without its people',
  input: OperationDraft.safeExtend({
    copyOf: Id.nullable().default(null),
    /** By how many days the dates of copied steps are moved. */
    shiftDays: z.number().int().min(-36_500).max(36_500).default(0),
  }),
  output: OperationView,
})
export const getOperation = endpoint('GET', '/api/operations/:id', {
  may: view,
  summary: 'An operation with its steps and how many people stand where',
  input: One,
  output: OperationView,
})
export const updateOperation = endpoint('PUT', '/api/operations/:id', {
  may: write,
  summary: 'Change the header',
  input: OperationDraft.safeExtend({ id: Id, ...Version.shape }),
  output: OperationView,
})
export const deleteOperation = endpoint('DELETE', '/api/operations/:id', {
  may: write,
  summary:
    'Put an operation into the bin; refused while a step is being sent or others depend on it',
  input: One,
  output: Done,
})

export const restoreOperation = endpoint('POST', '/api/operations/:id/restore', {
  may: write,
  summary: 'Take an operation out of the bin again',
  input: One,
  output: OperationView,
})

export const createStep = endpoint('POST', '/api/operations/:id/steps', {
  may: write,
  summary: 'Add a step or a title to an operation',
  input: StepParameters.extend({
    id: Id,
    /** The line below the same title that it stands before; the end when null. */
    beforeId: Id.nullable().default(null),
    /** A step that takes its people from the new one from now on: it is put in between. */
    feedsId: Id.nullable().default(null),
  }),
  output: OperationView,
})
export const duplicateStep = endpoint('POST', '/api/steps/:id/duplicate', {
  may: write,
  summary:
    'Add a copy of a step after it, with its texts, files and conditions, without its people',
  input: One.extend({ label: z.string().trim().min(1).max(200) }),
  output: OperationView,
})
export const updateStep = endpoint('PUT', '/api/steps/:id/parameters', {
  may: write,
  summary: 'Change the parameters of a step',
  input: StepParameters.extend({ id: Id, ...Version.shape }),
  output: OperationView,
})
export const moveStep = endpoint('POST', '/api/steps/:id/move', {
  may: write,
  summary: 'Put a step below a title, before another step or at the end',
  input: z.object({ id: Id, parentId: Id.nullable(), beforeId: Id.nullable().default(null) }),
  output: OperationView,
})
export const deleteStep = endpoint('DELETE', '/api/steps/:id', {
  may: write,
  summary: 'Delete a step; refused when it was launched or another step’s condition names it',
  input: One,
  output: OperationView,
})
export const setStepStatus = endpoint('POST', '/api/steps/:id/status', {
  may: write,
  summary:
    'Give a step one of the states of the house; “finished” also dates its completion (D-106)',
  input: z.object({ id: Id, statusCode: z.string().max(40) }),
  output: OperationView,
})
