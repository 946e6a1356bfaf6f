/** Saved views: what a list showed, under a name (D-S7), kept for oneself or shared with everybody. */
import { z } from 'zod'
import { activitySorts } from '../activities/activity.ts'
import { Day, Id } from '../kernel/values.ts'
import { sortKeys } from '../parties/list.ts'
import { Criteria } from '../segments/criteria.ts'

/** Whose: a user, `me` for whoever looks, `all` or `nobody`. */
export const ActivitiesShown = z.object({
  owner: z.string().max(100),
  state: z.enum(['open', 'done', 'cancelled', 'all']),
  type: Id.optional(),
  family: Id.optional(),
  search: z.string().max(200),
  from: Day.optional(),
  to: Day.optional(),
  overdue: z.boolean(),
  sorted: z.enum(activitySorts),
  way: z.enum(['asc', 'desc']),
})
export type ActivitiesShown = z.infer<typeof ActivitiesShown>

export const CustomersShown = z.object({
  search: z.string().max(200),
  sort: z.enum(sortKeys),
  descending: z.boolean(),
  criteria: Criteria.optional(),
  columns: z.array(z.string().max(80)).min(1).max(200),
})
export type CustomersShown = z.infer<typeof CustomersShown>

const named = { name: z.string().trim().min(1).max(80), isShared: z.boolean().default(false) }

const ofActivities = z.object({ list: z.literal('activities'), ...named, state: ActivitiesShown })
const ofCustomers = z.object({ list: z.literal('customers'), ...named, state: CustomersShown })

export const ViewDraft = z.discriminatedUnion('list', [ofActivities, ofCustomers])
export type ViewDraft = z.infer<typeof ViewDraft>
export type ViewedList = ViewDraft['list']

const saved = {
  id: Id,
  isOwn: z.boolean(),
  /** Its owner's, or anybody's who may change the settings. */
  mayChange: z.boolean(),
  /** Empty once the owner has left. */
  ownerName: z.string(),
}

export const SavedView = z.discriminatedUnion('list', [
  ofActivities.extend(saved),
  ofCustomers.extend(saved),
])
export type SavedView = z.infer<typeof SavedView>
/** What each list can show. */
export type Shown = { activities: ActivitiesShown; customers: CustomersShown }
export type SavedViewOf<List extends ViewedList> = SavedView & { list: List; state: Shown[List] }
