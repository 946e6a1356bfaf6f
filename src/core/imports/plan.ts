/** Which column is what and what to do with it: what a dry run, a run and a profile are given. */
import { z } from 'zod'
import { Currency } from '../kernel/values.ts'

export const importKinds = ['customers', 'sales', 'list', 'mailings'] as const
export const ImportKind = z.enum(importKinds)
export type ImportKind = z.infer<typeof ImportKind>

export const dateOrders = ['dmy', 'mdy', 'ymd'] as const
export type DateOrder = (typeof dateOrders)[number]

/** One column of the file and the field it fills. Columns that are not named are not read. */
export const ColumnPlan = z.object({
  column: z.number().int().nonnegative(),
  /** A key of the kind's targets, or `custom.<key>`. */
  target: z.string().min(1),
  dates: z.enum(dateOrders).default('dmy'),
  decimals: z.enum([',', '.']).default(','),
})
export type ColumnPlan = z.infer<typeof ColumnPlan>

export const partyKeys = ['code', 'email', 'phone', 'cardNumber'] as const
export type PartyKey = (typeof partyKeys)[number]

export const Rules = z.object({
  /** How a row finds its customer. */
  key: z.enum(partyKeys).default('code'),
  /** Customers: what becomes of cards already there, and of people not there yet. */
  update: z.boolean().default(true),
  create: z.boolean().default(true),
  /** An empty cell leaves the field as it is, or empties it. */
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  /** Stores, categories and tags that do not exist are made; otherwise the row is rejected. */
  createClasses: z.boolean().default(true),
  /** Everybody in the file joins a new list of this name; empty for none. */
  listLabel: z.string().trim().max(200).default(''),
  /** Sales: a customer key that nobody has. */
  unknownCustomer: z.enum(['reject', 'create', 'anonymous']).default('create'),
  /** Sales: when the file has no such column. Empty takes the first store, or makes one. */
  store: z.string().trim().max(100).default(''),
  currency: Currency.default('EUR'),
  /** Sales: a receipt that starts with C cancels, whatever the sign of its quantity. */
  cancelPrefix: z.boolean().default(false),
})
export type Rules = z.infer<typeof Rules>

export const Plan = z.object({
  kind: ImportKind,
  columns: z.array(ColumnPlan).max(300),
  rules: Rules,
})
export type Plan = z.infer<typeof Plan>
