/** Types of activity: what they are, how they are numbered, which fields they use (A-S16, D-S1). */
import { z } from 'zod'
import { FieldUse } from '../campaigns/step-type.ts'
import { Id } from '../kernel/values.ts'
import { CustomFieldDraft } from '../parties/custom-field.ts'

export const ActivityKind = z.enum(['task', 'appointment', 'note', 'call', 'outgoing-mail'])
export type ActivityKind = z.infer<typeof ActivityKind>

/** The fields that a type decides upon. Its owner is among them: mandatory for a task, say, and unused for a note. */
export const activityFields = [
  'owner',
  'party',
  'end',
  'place',
  'priority',
  'source',
  'result',
  'cause',
] as const
export type ActivityField = (typeof activityFields)[number]

export const ActivityFields = z.object(
  Object.fromEntries(
    activityFields.map((field) => [field, FieldUse.default('optional')]),
  ) as Record<ActivityField, z.ZodDefault<typeof FieldUse>>,
)
export type ActivityFields = z.infer<typeof ActivityFields>

/** Images a type can go by; without one it has that of its kind. */
export const activityIcons = [
  'gift',
  'star',
  'heart',
  'truck',
  'tool',
  'scissors',
  'hanger',
  'bag',
  'receipt',
  'coffee',
  'cake',
  'school',
  'message',
  'sad',
  'alert',
  'home',
] as const
export const activityColors = ['red', 'orange', 'green', 'teal', 'blue', 'violet', 'pink'] as const

const Icon = z.enum(['', ...activityIcons])
const Color = z.enum(['', ...activityColors])

const Name = z.string().trim().min(1).max(100)

export const ActivityTypeDraft = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  labelFr: Name,
  labelEn: Name,
  kind: ActivityKind,
  activityFamilyId: Id.nullable().default(null),
  /** The confidentiality key; whoever sets one holds it. */
  keyId: Id.nullable().default(null),
  fields: ActivityFields.prefault({}),
  /** As many as wanted (L-19). */
  customFields: z
    .array(CustomFieldDraft)
    .max(500)
    .refine((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, {
      message: 'each key once',
    })
    .default([]),
  /** Written before the number; without one there is no numbering. May be empty. */
  numberPrefix: z.string().max(20).nullable().default(null),
  /** The next one gets the number after it. */
  lastNumber: z.number().int().min(0).max(1e12).default(0),
  defaultOwnerId: z.string().max(100).nullable().default(null),
  /** Whether steps of operations may make it (A-S14). */
  inCampaigns: z.boolean().default(true),
  icon: Icon.default(''),
  color: Color.default(''),
  isActive: z.boolean().default(true),
})
export type ActivityTypeDraft = z.infer<typeof ActivityTypeDraft>

export const ActivityType = ActivityTypeDraft.extend({
  id: Id,
  /** What an older version wrote and nobody knows is none. */
  icon: Icon.catch(''),
  color: Color.catch(''),
  /** How many activities have it. */
  used: z.number().int(),
})
export type ActivityType = z.infer<typeof ActivityType>

export const ActivityFamilyDraft = z.object({ label: Name, keyId: Id.nullable().default(null) })
export type ActivityFamilyDraft = z.infer<typeof ActivityFamilyDraft>
export const ActivityFamily = ActivityFamilyDraft.extend({ id: Id })
export type ActivityFamily = z.infer<typeof ActivityFamily>
