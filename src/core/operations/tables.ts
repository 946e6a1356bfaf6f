/** The tables that an administrator extends: types, families, states (D-107 to D-110). */
import { z } from 'zod'
import { StatusCode, StatusMeaning } from '../campaigns/status.ts'
import { StepChannel, StepFields, StepType } from '../campaigns/step-type.ts'
import { Id } from '../kernel/values.ts'

export const Entity = z.enum(['operation', 'operation-type', 'step', 'target'])
export type Entity = z.infer<typeof Entity>

/** What the program understands by a state of each entity. */
export const meaningsOf = {
  operation: ['preparing', 'in-progress', 'finished'],
  'operation-type': ['active', 'retired'],
  step: ['preparing', 'in-progress', 'finished'],
  target: StatusMeaning.options,
} as const satisfies Record<Entity, readonly string[]>

const Name = z.string().trim().min(1).max(100)

export const EntityStateDraft = z
  .object({
    entity: Entity,
    code: StatusCode,
    labelFr: Name,
    labelEn: Name,
    meaning: z.string(),
    isActive: z.boolean().default(true),
  })
  .refine(({ entity, meaning }) => (meaningsOf[entity] as readonly string[]).includes(meaning), {
    message: 'Unknown meaning',
    path: ['meaning'],
  })
export type EntityStateDraft = z.infer<typeof EntityStateDraft>
const EntityState = z.object({ ...EntityStateDraft.shape, isBuiltin: z.boolean() })

export const StepTypeDraft = z.object({
  code: StatusCode,
  labelFr: Name,
  labelEn: Name,
  channel: StepChannel,
  fields: StepFields,
  relayId: Id.nullable().default(null),
  isActive: z.boolean().default(true),
})
export type StepTypeDraft = z.infer<typeof StepTypeDraft>

export const CampaignTypeDraft = z.object({
  labelFr: Name,
  labelEn: Name,
  stateCode: StatusCode.default('active'),
})
export type CampaignTypeDraft = z.infer<typeof CampaignTypeDraft>
const CampaignType = CampaignTypeDraft.extend({ id: Id })

export const FamilyDraft = z.object({ label: Name, keyId: Id.nullable().default(null) })
export type FamilyDraft = z.infer<typeof FamilyDraft>
const Family = FamilyDraft.extend({ id: Id })

/** Everything that forms choose from. Families and people that the caller may not see are not in it. */
export const OperationTables = z.object({
  states: z.array(EntityState),
  stepTypes: z.array(StepType),
  types: z.array(CampaignType),
  families: z.array(Family),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Types of activity that a step may generate. */
  activityTypes: z.array(z.object({ id: Id, labelFr: z.string(), labelEn: z.string() })),
  /** The keys that the caller holds. */
  keys: z.array(z.object({ id: Id, label: z.string() })),
  relays: z.array(z.object({ id: Id, label: z.string(), channel: z.enum(['email', 'sms']) })),
})
export type OperationTables = z.infer<typeof OperationTables>

/** A line of a table that is in use; `names` are the first few of what has it. */
export const TableUse = z.object({
  table: z.enum([
    'operation',
    'operation-type',
    'step',
    'target',
    'step-types',
    'types',
    'families',
  ]),
  key: z.string(),
  count: z.number().int(),
  names: z.array(z.string()),
})
export type TableUse = z.infer<typeof TableUse>
