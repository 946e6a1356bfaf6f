/** Fields that the administrator adds to the card. Their values are in `custom`, by key. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import { type FieldType, fieldTypes } from './fields.ts'

const FieldOption = z.object({
  value: z.string().min(1).max(80),
  labelFr: z.string().min(1).max(80),
  labelEn: z.string().min(1).max(80),
})

export const CustomFieldDraft = z
  .object({
    key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
    labelFr: z.string().trim().min(1).max(80),
    labelEn: z.string().trim().min(1).max(80),
    type: z.enum(fieldTypes),
    options: z.array(FieldOption).max(200).default([]),
    position: z.number().int().default(0),
  })
  .refine(({ type, options }) => !isChoice(type) || options.length > 0, {
    path: ['options'],
    message: 'a choice needs something to choose from',
  })
  .refine(({ options }) => new Set(options.map((o) => o.value)).size === options.length, {
    path: ['options'],
    message: 'each value once',
  })
export type CustomFieldDraft = z.infer<typeof CustomFieldDraft>

export const CustomField = CustomFieldDraft.safeExtend({ id: Id })
export type CustomField = z.infer<typeof CustomField>

export const isChoice = (type: FieldType): boolean => type === 'choice' || type === 'choices'

/** A value of any field: text, number (money: minor units), day, yes/no, chosen values; null when empty. */
export const FieldValue = z.union([
  z.string().max(2_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(80)).max(200),
  z.null(),
])
export type FieldValue = z.infer<typeof FieldValue>

/** Whether the value may stand in the field; null always may. */
export function fits(field: Pick<CustomField, 'type' | 'options'>, value: FieldValue): boolean {
  if (value === null) return true
  const isOption = (text: unknown) => field.options.some((option) => option.value === text)
  switch (field.type) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value)
    case 'date':
      return typeof value === 'string' && z.iso.date().safeParse(value).success
    case 'boolean':
      return typeof value === 'boolean'
    case 'choice':
      return isOption(value)
    case 'choices':
      return Array.isArray(value) && value.every(isOption) && new Set(value).size === value.length
    default:
      return field.type satisfies never
  }
}
