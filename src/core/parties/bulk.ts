/** Work on many cards at once. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'
import { TagDraft } from './catalogue.ts'
import { FieldValue } from './custom-field.ts'
import { type CardFieldKey, cardFields } from './fields.ts'

/** Whether the field may be changed for many cards at once (P-S8); custom fields all may. */
export function isBulkField(key: string): boolean {
  if (key.startsWith('custom.')) return true
  return key in cardFields && cardFields[key as CardFieldKey].bulk
}

const BulkTags = z.object({
  kind: z.literal('tags'),
  add: z.array(Id).max(50).default([]),
  remove: z.array(Id).max(50).default([]),
  /** New tags, made on the fly and added. */
  create: z.array(TagDraft).max(20).default([]),
})

const BulkEdit = z.object({
  kind: z.literal('edit'),
  values: z
    .record(z.string(), FieldValue)
    .refine((values) => Object.keys(values).length > 0, 'at least one field')
    .refine(
      (values) => Object.keys(values).every(isBulkField),
      'only fields that may be bulk-edited',
    ),
  /** With a card type among the values: how many cards the user was told are reset. */
  resets: z.number().int().nonnegative().optional(),
})

const BulkDelete = z.object({ kind: z.literal('delete') })

export const BulkAction = z.discriminatedUnion('kind', [BulkTags, BulkEdit, BulkDelete])
export type BulkAction = z.infer<typeof BulkAction>
