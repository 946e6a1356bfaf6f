import { z } from 'zod'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Locale } from '../kernel/values.ts'
import {
  ActivityAction,
  ActivityDraft,
  ActivityFilter,
  ActivityLine,
  ActivityQuery,
  ActivitySelection,
  ActivityState,
  ActivityView,
  TotalBy,
} from './activity.ts'
import { ActivityFamily, ActivityFamilyDraft, ActivityType, ActivityTypeDraft } from './type.ts'
import { WorkingHours } from './working-time.ts'

const view = 'activities.view'
const write = 'activities.write'
const manage = 'settings.manage'
const One = z.object({ id: Id })
const Version = z.object({ version: z.number().int().positive() })
const Job = z.object({ jobId: Id })
const Count = z.number().int().nonnegative()

/** Everything that forms choose from. Types and families that the caller may not see are not in it. */
export const ActivityTables = z.object({
  types: z.array(ActivityType),
  families: z.array(ActivityFamily),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The keys that the caller holds. */
  keys: z.array(z.object({ id: Id, label: z.string() })),
  workingHours: WorkingHours,
})
export type ActivityTables = z.infer<typeof ActivityTables>

export const getActivityTables = endpoint('GET', '/api/activity-tables', {
  may: 'signed-in',
  summary: 'Types and families of activities, the people who may own them, the working hours',
  input: z.object({}),
  output: ActivityTables,
})
export const createActivityType = endpoint('POST', '/api/activity-types', {
  may: manage,
  summary: 'Create a type of activity',
  input: ActivityTypeDraft,
  output: ActivityTables,
})
export const updateActivityType = endpoint('PUT', '/api/activity-types/:id', {
  may: manage,
  summary: 'Change a type; what kind it is stays once activities have it',
  input: ActivityTypeDraft.extend({ id: Id }),
  output: ActivityTables,
})
export const deleteActivityType = endpoint('DELETE', '/api/activity-types/:id', {
  may: manage,
  summary: 'Delete a type that nothing has; others are retired',
  input: One,
  output: ActivityTables,
})
export const createActivityFamily = endpoint('POST', '/api/activity-families', {
  may: manage,
  summary: 'Create a family of types, with its confidentiality key',
  input: ActivityFamilyDraft,
  output: ActivityTables,
})
export const updateActivityFamily = endpoint('PUT', '/api/activity-families/:id', {
  may: manage,
  summary: 'Change a family; its key hides every activity of it',
  input: ActivityFamilyDraft.extend({ id: Id }),
  output: ActivityTables,
})
export const deleteActivityFamily = endpoint('DELETE', '/api/activity-families/:id', {
  may: manage,
  summary: 'Delete a family without types',
  input: One,
  output: ActivityTables,
})
export const orderActivityTable = endpoint('PUT', '/api/activity-tables/order', {
  may: manage,
  summary: 'The order in which types or families are shown',
  input: z.object({ table: z.enum(['types', 'families']), ids: z.array(Id).max(500) }),
  output: Done,
})
export const saveWorkingHours = endpoint('PUT', '/api/activity-tables/working-hours', {
  may: manage,
  summary: 'The hours over which durations are counted',
  input: WorkingHours,
  output: ActivityTables,
})

export const listActivities = endpoint('POST', '/api/activities/list', {
  may: view,
  summary: 'Activities that match, in order',
  input: ActivityQuery,
  output: z.object({ rows: z.array(ActivityLine), total: Count }),
  asks: true,
})
export const totalActivities = endpoint('POST', '/api/activities/totals', {
  may: view,
  summary: 'How many of those that match are open, done and cancelled, by a field',
  input: z.object({ filter: ActivityFilter, by: TotalBy }),
  output: z.array(
    z.object({
      /** The value: an id, a code, a text; null for none. */
      key: z.string().nullable(),
      label: z.string().nullable(),
      open: Count,
      done: Count,
      cancelled: Count,
      overdue: Count,
    }),
  ),
  asks: true,
})
/** What a file of activities has beside what their types add. */
export const exportColumns = [
  'number',
  'type',
  'subject',
  'state',
  'party',
  'contact',
  'owner',
  'startsAt',
  'endsAt',
  'doneAt',
  'place',
  'priority',
  'source',
  'result',
  'campaign',
  'step',
  'text',
] as const

const ExportField = z.union([
  z.enum(exportColumns),
  z.string().regex(/^custom\.[a-z][a-z0-9_]{0,39}$/),
])

export const exportActivities = endpoint('POST', '/api/activities/export', {
  may: 'exports.run',
  summary: 'Write activities to a file, as a job whose result names it',
  input: z.object({
    selection: ActivitySelection,
    format: z.enum(['csv', 'xlsx']),
    columns: z
      .array(z.object({ field: ExportField, heading: z.string().max(120) }))
      .min(1)
      .max(200),
    locale: Locale,
  }),
  output: Job,
})
export const bulkActivities = endpoint('POST', '/api/activities/bulk', {
  may: write,
  summary: 'Reassign, complete, cancel, reopen or move many, as a job that can be undone',
  input: z.object({ selection: ActivitySelection, action: ActivityAction }),
  output: Job,
})
export const undoActivityBulk = endpoint('POST', '/api/activities/bulk/:jobId/undo', {
  may: write,
  summary: 'Take bulk work back, leaving what has been changed again since',
  input: Job,
  output: Job,
})

export const createActivity = endpoint('POST', '/api/activities', {
  may: write,
  summary: 'Write down an activity, open or done already',
  input: ActivityDraft.safeExtend({ state: ActivityState.default('open') }),
  output: ActivityView,
})
export const getActivity = endpoint('GET', '/api/activities/:id', {
  may: view,
  summary: 'An activity with its text, files, messages and answers',
  input: One,
  output: ActivityView,
})
export const updateActivity = endpoint('PUT', '/api/activities/:id', {
  may: write,
  summary: 'Change an activity; `version` is the one that was read',
  input: ActivityDraft.safeExtend({ id: Id, ...Version.shape }),
  output: ActivityView,
})
export const setActivityState = endpoint('POST', '/api/activities/:id/state', {
  may: write,
  summary: 'Complete, cancel or reopen',
  input: z.object({
    id: Id,
    ...Version.shape,
    state: ActivityState,
    /** Kept as it is when not given. */
    result: z.string().trim().max(500).optional(),
  }),
  output: ActivityView,
})
export const deleteActivity = endpoint('DELETE', '/api/activities/:id', {
  may: write,
  summary: 'Delete an activity with its files; cancelling it keeps the trace',
  input: One,
  output: Done,
})
export const getActivityCalendar = endpoint('GET', '/api/activities/:id/calendar', {
  may: view,
  summary: 'An appointment as a file for a calendar (.ics)',
  input: One,
  output: Bytes,
})

/** Bytes of one attached file at most. */
export const largestAttachment = 25 * 2 ** 20
export const mostAttachments = 50

export const attachFile = endpoint('POST', '/api/activities/:id/files', {
  may: write,
  summary: 'Attach a file; the body is its bytes',
  input: z.object({ id: Id, name: z.string().trim().min(1).max(200) }),
  output: ActivityView,
})
export const downloadAttachment = endpoint('GET', '/api/activities/:id/files/:fileId', {
  may: view,
  summary: 'An attached file',
  input: z.object({ id: Id, fileId: z.uuid() }),
  output: Bytes,
})
export const detachFile = endpoint('DELETE', '/api/activities/:id/files/:fileId', {
  may: write,
  summary: 'Remove an attached file',
  input: z.object({ id: Id, fileId: z.uuid() }),
  output: ActivityView,
})
export const downloadMessageCopy = endpoint('GET', '/api/activities/:id/messages/:messageId', {
  may: view,
  summary: 'The message as it was sent (.eml)',
  input: z.object({ id: Id, messageId: Id }),
  output: Bytes,
})
