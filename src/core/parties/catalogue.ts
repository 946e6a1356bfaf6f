/** The short lists a card refers to: stores, kinds, categories, tags; and the defaults of a new card. */
import { z } from 'zod'
import { Currency, Id } from '../kernel/values.ts'

export const StoreDraft = z.object({
  code: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(120),
  postalCode: z.string().trim().max(20).default(''),
  city: z.string().trim().max(120).default(''),
  currency: Currency.default('EUR'),
})
export type StoreDraft = z.infer<typeof StoreDraft>
export const Store = StoreDraft.extend({ id: Id })
export type Store = z.infer<typeof Store>

export const Kind = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{0,39}$/),
  labelFr: z.string().trim().min(1).max(80),
  labelEn: z.string().trim().min(1).max(80),
  position: z.number().int().default(0),
})
export type Kind = z.infer<typeof Kind>

export const CategoryDraft = z.object({ label: z.string().trim().min(1).max(80) })
export const Category = CategoryDraft.extend({ id: Id })
export type Category = z.infer<typeof Category>

export const CardTypeDraft = z.object({
  label: z.string().trim().min(1).max(80),
  /** What the amounts on cards of this type are in. */
  currency: Currency.default('EUR'),
})
export type CardTypeDraft = z.infer<typeof CardTypeDraft>
export const CardType = CardTypeDraft.extend({ id: Id })
export type CardType = z.infer<typeof CardType>

export const tagColours = [
  'blue',
  'cyan',
  'green',
  'grape',
  'orange',
  'pink',
  'teal',
  'gray',
] as const
export const TagDraft = z.object({
  label: z.string().trim().min(1).max(60),
  colour: z.enum(tagColours).default('blue'),
})
/** A colour of a later version shows as blue rather than breaking every page with tags. */
export const Tag = TagDraft.extend({ id: Id, colour: z.enum(tagColours).catch('blue') })
export type Tag = z.infer<typeof Tag>

/** What a new card starts with (P-S1). */
export const PartyDefaults = z.object({
  salutation: z.string().max(40).default(''),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('FR'),
  store: Id.nullable().default(null),
  kind: z.string().default('customer'),
  category: Id.nullable().default(null),
  cardType: Id.nullable().default(null),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('fr'),
  doNotContact: z.boolean().default(false),
  /** The town must be filled in by hand entry; imports may bring cards without. */
  cityRequired: z.boolean().default(false),
  /** An unknown card that is scanned on the customers page offers a new customer with its number (P-S4). */
  createByScan: z.boolean().default(true),
})
export type PartyDefaults = z.infer<typeof PartyDefaults>
