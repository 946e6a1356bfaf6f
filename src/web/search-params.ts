/** What the addresses of pages may hold: every field is optional, and one that cannot be read is as if it were not there. */
import { z } from 'zod'

/* What is looked at in the results of a mailing, in the list's pane and on its page; see results/results-pane.tsx. */
const resultsView = {
  currency: z.string().optional().catch(undefined),
  view: z.enum(['chart', 'table']).optional().catch(undefined),
  curves: z.string().optional().catch(undefined),
}

export const MailingsSearch = z.object({
  search: z.string().optional().catch(undefined),
  sort: z.enum(['sendOn', 'label', 'closedAt']).optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
  selected: z.coerce.number().int().positive().optional().catch(undefined),
  ...resultsView,
})

export const MailingSearch = z.object({
  tab: z.string().optional().catch(undefined),
  message: z.coerce.number().int().optional().catch(undefined),
  search: z.string().optional().catch(undefined),
  show: z.enum(['selected', 'left-out']).optional().catch(undefined),
  ...resultsView,
})

export const OperationSearch = z.object({
  tab: z.string().optional().catch(undefined),
  step: z.coerce.number().int().positive().optional().catch(undefined),
  /** The tab of the step. */
  part: z.string().optional().catch(undefined),
  message: z.coerce.number().int().optional().catch(undefined),
  /** How the steps are shown. */
  layout: z.enum(['outline', 'graph']).optional().catch(undefined),
  ...resultsView,
})

export const SupervisionSearch = z.object({
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  step: z.coerce.number().int().positive().optional().catch(undefined),
})

export const CockpitSearch = z.object({
  /** Only these people, by their ids with commas; and whom to begin with. */
  among: z.coerce.string().optional().catch(undefined),
  take: z.coerce.number().int().positive().optional().catch(undefined),
})

export const UsersSearch = z.object({
  user: z.string().optional().catch(undefined),
  group: z.coerce.string().optional().catch(undefined),
  role: z
    .enum(['marketing', 'cashier', 'phone-agent', 'administrator'])
    .optional()
    .catch(undefined),
})

export const AuditSearch = z.object({
  actorId: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  offset: z.coerce.number().int().nonnegative().optional().catch(undefined),
})

const Text = z.coerce.string().optional().catch(undefined)
const Id = z.coerce.number().int().positive().optional().catch(undefined)

/** What the address of the page of activities may hold; `list-state.ts` gives it its defaults. */
export const ActivitySearch = z.object({
  owner: Text,
  state: Text,
  type: Id,
  family: Id,
  search: Text,
  from: Text,
  to: Text,
  overdue: z.boolean().optional().catch(undefined),
  party: Id,
  campaign: Id,
  step: Id,
  sorted: Text,
  way: Text,
  by: Text,
  activity: z
    .union([z.literal('new'), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
})
