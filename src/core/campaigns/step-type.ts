/** Step types: what a step does, and which of its fields are unused, optional or mandatory (D-108). */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'

export const StepChannel = z.enum([
  'phoning',
  'phoning-contact',
  'email',
  'mass-email',
  'sms',
  'export',
  'other',
])
export type StepChannel = z.infer<typeof StepChannel>

export const FieldUse = z.enum(['unused', 'optional', 'mandatory'])
export type FieldUse = z.infer<typeof FieldUse>

/** The fields that a type decides upon: dates, completion date, activity, questionnaire, question, document, attachment. */
export const stepFields = [
  'period',
  'completion',
  'activity',
  'questionnaire',
  'item',
  'document',
  'attachment',
] as const
export type StepField = (typeof stepFields)[number]

export const StepFields = z.object(
  Object.fromEntries(stepFields.map((field) => [field, FieldUse.default('optional')])) as Record<
    StepField,
    z.ZodDefault<typeof FieldUse>
  >,
)
export type StepFields = z.infer<typeof StepFields>

export const StepType = z.object({
  code: z.string(),
  labelFr: z.string(),
  labelEn: z.string(),
  channel: StepChannel,
  fields: StepFields,
  relayId: Id.nullable(),
  isBuiltin: z.boolean(),
  isActive: z.boolean(),
})
export type StepType = z.infer<typeof StepType>

/** The channel of the messages of a step; null when its people are not written to. */
export function messageChannelOf(channel: StepChannel): 'email' | 'sms' | 'file' | null {
  const channels = {
    phoning: null,
    'phoning-contact': null,
    email: 'email',
    'mass-email': 'email',
    sms: 'sms',
    export: 'file',
    other: null,
  } as const
  return channels[channel]
}

export const isPhoning = (channel: StepChannel): boolean =>
  channel === 'phoning' || channel === 'phoning-contact'
