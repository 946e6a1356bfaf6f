/** An activity: a dated line of a person's history that somebody completes. */
import { z } from 'zod'
import type { FieldUse } from '../campaigns/step-type.ts'
import { Day, Id, Instant, Slice } from '../kernel/values.ts'
import { FieldValue, fits } from '../parties/custom-field.ts'
import { type ActivityField, ActivityKind, type ActivityType } from './type.ts'

export const ActivityState = z.enum(['open', 'done', 'cancelled'])
export type ActivityState = z.infer<typeof ActivityState>

const Line = z.string().trim().max(500)

export const ActivityDraft = z
  .object({
    typeId: Id,
    subject: Line.min(1),
    text: z.string().max(20_000).default(''),
    /** Not mandatory (D-S2) unless the type says so. */
    partyId: Id.nullable().default(null),
    /** Somebody who belongs to the party, when it is an organisation. */
    contactId: Id.nullable().default(null),
    ownerId: z.string().max(100).nullable().default(null),
    startsAt: Instant,
    endsAt: Instant.nullable().default(null),
    place: Line.default(''),
    /** 0 for none to 3 for the most urgent. */
    priority: z.number().int().min(0).max(3).default(0),
    source: Line.default(''),
    result: Line.default(''),
    /** The activity that it answers. */
    causeId: Id.nullable().default(null),
    custom: z.record(z.string().max(40), FieldValue).default({}),
  })
  .refine(({ startsAt, endsAt }) => !endsAt || startsAt <= endsAt, {
    path: ['endsAt'],
    message: 'It ends before it begins.',
  })
export type ActivityDraft = z.infer<typeof ActivityDraft>

const Named = z.object({ id: Id, label: z.string() })

export const ActivityLine = z.object({
  id: Id,
  typeId: Id,
  number: z.string(),
  state: ActivityState,
  subject: z.string(),
  party: Named.nullable(),
  contact: Named.nullable(),
  owner: z.object({ id: z.string(), label: z.string() }).nullable(),
  startsAt: Instant,
  endsAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  place: z.string(),
  priority: z.number().int(),
  source: z.string(),
  result: z.string(),
  campaign: Named.extend({ form: z.enum(['mailing', 'operation']) }).nullable(),
  step: Named.nullable(),
  custom: z.record(z.string(), FieldValue),
  /** Files and copies of messages. */
  files: z.number().int(),
  version: z.number().int(),
})
export type ActivityLine = z.infer<typeof ActivityLine>

export const ActivityView = ActivityLine.extend({
  text: z.string(),
  cause: Named.nullable(),
  /** Those that answer it, oldest first. */
  responses: z.array(Named.extend({ state: ActivityState, startsAt: Instant })),
  attachments: z.array(z.object({ id: z.uuid(), name: z.string(), size: z.number().int() })),
  /** Messages of its step to its people: the copy kept when it left, if any. */
  messages: z.array(
    z.object({
      id: Id,
      name: z.string(),
      at: Instant.nullable(),
      hasCopy: z.boolean(),
      isRebuilt: z.boolean(),
    }),
  ),
  createdBy: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type ActivityView = z.infer<typeof ActivityView>

/** Nothing else is taken: a condition that is not understood would let through more than was meant. */
export const ActivityFilter = z.strictObject({
  search: z.string().max(200).optional(),
  states: z.array(ActivityState).max(3).optional(),
  kinds: z.array(ActivityKind).max(5).optional(),
  typeId: Id.optional(),
  activityFamilyId: Id.optional(),
  /** A user, `me`, or `nobody`. */
  ownerId: z.string().max(100).optional(),
  /** As the party or as the contact. */
  partyId: Id.optional(),
  campaignId: Id.optional(),
  stepId: Id.optional(),
  /** It starts on these days of the company or between. */
  from: Day.optional(),
  to: Day.optional(),
  /** Open and past its end, or its start when it has none. */
  overdue: z.boolean().optional(),
  priority: z.number().int().min(0).max(3).optional(),
  source: Line.optional(),
  result: Line.optional(),
  /** A custom field with exactly this value. */
  custom: z.object({ key: z.string().max(40), value: FieldValue }).optional(),
})
export type ActivityFilter = z.infer<typeof ActivityFilter>

export const activitySorts = [
  'startsAt',
  'subject',
  'party',
  'owner',
  'type',
  'state',
  'priority',
  'number',
] as const

export const ActivityQuery = Slice.extend({
  filter: ActivityFilter,
  sort: z.enum(activitySorts).default('startsAt'),
  direction: z.enum(['asc', 'desc']).default('asc'),
})
export type ActivityQuery = z.infer<typeof ActivityQuery>

/** What totals may be asked by; `custom.<key>` too. */
export const totalFields = [
  'owner',
  'type',
  'family',
  'kind',
  'state',
  'step',
  'campaign',
  'result',
  'source',
  'priority',
  'month',
] as const
export const TotalBy = z.union([
  z.enum(totalFields),
  z.string().regex(/^custom\.[a-z][a-z0-9_]{0,39}$/),
])
export type TotalBy = z.infer<typeof TotalBy>

export const ActivitySelection = z.union([
  z.object({ activityIds: z.array(Id).min(1).max(10_000) }),
  z.object({ filter: ActivityFilter, except: z.array(Id).max(10_000).default([]) }),
])
export type ActivitySelection = z.infer<typeof ActivitySelection>

export const ActivityAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reassign'), ownerId: z.string().max(100).nullable() }),
  z.object({
    kind: z.literal('state'),
    state: ActivityState,
    /** Written as the result when given. */
    result: Line.default(''),
  }),
  /** To a day, at the same time of day; or by so many days. */
  z.object({ kind: z.literal('move'), days: z.number().int().min(-3_660).max(3_660) }),
  z.object({ kind: z.literal('date'), startsAt: Instant }),
])
export type ActivityAction = z.infer<typeof ActivityAction>

type Fillable = Omit<ActivityDraft, 'typeId' | 'subject' | 'text' | 'contactId'>

const isFilled: Record<ActivityField, (draft: Fillable) => boolean> = {
  owner: ({ ownerId }) => ownerId !== null,
  party: ({ partyId }) => partyId !== null,
  end: ({ endsAt }) => endsAt !== null,
  place: ({ place }) => place !== '',
  priority: ({ priority }) => priority > 0,
  source: ({ source }) => source !== '',
  result: ({ result }) => result !== '',
  cause: ({ causeId }) => causeId !== null,
}

export type ActivityProblem = { field: string; problem: 'mandatory' | 'unfit' }

/**
 * Mandatory fields without a value, and custom values that do not fit. The result is asked for only once the
 * activity is done; what a type does not use any more may stay.
 */
export function activityProblems(
  draft: Fillable,
  { fields, customFields }: Pick<ActivityType, 'fields' | 'customFields'>,
  state: ActivityState,
): ActivityProblem[] {
  const misses = (field: ActivityField, use: FieldUse) =>
    use === 'mandatory' && !(field === 'result' && state !== 'done') && !isFilled[field](draft)
  const missing = (Object.keys(isFilled) as ActivityField[])
    .filter((field) => misses(field, fields[field]))
    .map((field) => ({ field, problem: 'mandatory' as const }))
  const known = new Map(customFields.map((field) => [field.key, field]))
  const unfit = Object.entries(draft.custom)
    .filter(([key, value]) => value !== null && !(known.has(key) && isFit(known.get(key), value)))
    .map(([key]) => ({ field: `custom.${key}`, problem: 'unfit' as const }))
  return [...missing, ...unfit]
}

const isFit = (field: Parameters<typeof fits>[0] | undefined, value: FieldValue) =>
  field !== undefined && fits(field, value)
