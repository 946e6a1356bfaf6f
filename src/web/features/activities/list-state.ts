import { z } from 'zod'
import { type ActivityFilter, activitySorts, totalFields } from '#core/activities/activity.ts'
import { ActivitiesShown } from '#core/views/view.ts'

const Optional = z.string().max(200).optional().catch(undefined)
const OptionalId = z.coerce.number().int().positive().optional().catch(undefined)

/** What is looked at on the page of activities, in its address: one's own to-do list by default. */
export const ListState = z.object({
  owner: z.string().max(100).default('me').catch('me'),
  state: z.enum(['open', 'done', 'cancelled', 'all']).default('open').catch('open'),
  type: OptionalId,
  family: OptionalId,
  search: z.coerce.string().max(200).default('').catch(''),
  from: Optional,
  to: Optional,
  overdue: z.coerce.boolean().default(false).catch(false),
  party: OptionalId,
  campaign: OptionalId,
  step: OptionalId,
  sorted: z.enum(activitySorts).default('startsAt').catch('startsAt'),
  way: z.enum(['asc', 'desc']).default('asc').catch('asc'),
  /** The field that totals are shown by; none shown without. */
  by: Optional,
  /** The one that is open. */
  activity: z
    .union([z.literal('new'), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
})
export type ListState = z.output<typeof ListState>

const isDay = (day: string | undefined): day is string => z.iso.date().safeParse(day).success

/** What a saved view keeps of it. */
export const shownOf = ({ from, to, ...state }: ListState): ActivitiesShown =>
  ActivitiesShown.parse({
    ...state,
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
  })

/** A patch that shows a view, and nothing that another filter left. */
export const stateOf = (shown: ActivitiesShown): Partial<ListState> => ({
  type: undefined,
  family: undefined,
  from: undefined,
  to: undefined,
  ...shown,
})

type Asked = ActivitiesShown & Partial<Pick<ListState, 'party' | 'campaign' | 'step'>>

export function filterOf(state: Omit<Asked, 'sorted' | 'way'>): ActivityFilter {
  const { owner, type, family, search, from, to, overdue } = state
  return {
    ...(owner === 'all' ? {} : { ownerId: owner }),
    ...(state.state === 'all' ? {} : { states: [state.state] }),
    ...(type ? { typeId: type } : {}),
    ...(family ? { activityFamilyId: family } : {}),
    ...(search ? { search } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
    ...(overdue ? { overdue } : {}),
    ...(state.party ? { partyId: state.party } : {}),
    ...(state.campaign ? { campaignId: state.campaign } : {}),
    ...(state.step ? { stepId: state.step } : {}),
  }
}

export const totalChoices: readonly string[] = totalFields
