/** The list of customers: what can be asked of it and what a line shows. */
import { z } from 'zod'
import { Currency, Day, Id, Slice } from '../kernel/values.ts'
import { Party } from './party.ts'

/** Orders with an index: any page of any number of customers. */
export const indexedKeys = [
  'name',
  'code',
  'email',
  'postalCode',
  'city',
  'store',
  'createdAt',
  'lastVisit',
] as const
export const sortKeys = [
  ...indexedKeys,
  'kind',
  'category',
  'cardNumber',
  'cardType',
  'loyaltyPoints',
  'loyaltyItems',
  'loyaltyVisits',
  'loyaltyBonus',
  'loyaltySales',
  'loyaltyGift',
] as const
export type SortKey = (typeof sortKeys)[number]

/** Orders without an index: read, sorted and thrown away again for each page, so not for more rows than this. */
export const mostUnindexed = 200_000

const Sort = z.object({
  key: z.enum(sortKeys).default('name'),
  descending: z.boolean().default(false),
})

/** Whom the list shows: the search words, the criteria of the panel; both together narrow. */
export const PartyFilter = z.object({
  search: z.string().trim().max(200).default(''),
  /** A criteria tree, see core/segments/criteria.ts; the feature that evaluates it parses it. */
  criteria: z.unknown().optional(),
})
export type PartyFilter = z.infer<typeof PartyFilter>

/** Whom bulk work is for: those ticked, or everybody the list shows but those unticked. */
export const PartySelection = z.union([
  z.object({ ids: z.array(Id).min(1).max(10_000) }),
  z.object({ filter: PartyFilter, except: z.array(Id).max(10_000).default([]) }),
])
export type PartySelection = z.infer<typeof PartySelection>

export const PartyListQuery = PartyFilter.extend({
  ...Slice.shape,
  sort: Sort.default({ key: 'name', descending: false }),
})
export type PartyListQuery = z.infer<typeof PartyListQuery>

export const PartyRow = Party.pick({
  id: true,
  code: true,
  kind: true,
  nature: true,
  salutation: true,
  lastName: true,
  firstName: true,
  company: true,
  email: true,
  emailState: true,
  phone: true,
  phoneNumber: true,
  mobile: true,
  mobileNumber: true,
  address1: true,
  postalCode: true,
  city: true,
  country: true,
  store: true,
  category: true,
  cardNumber: true,
  cardType: true,
  loyaltyPoints: true,
  loyaltyItems: true,
  loyaltyVisits: true,
  loyaltyBonus: true,
  loyaltySales: true,
  loyaltyGift: true,
  loyaltyCurrency: true,
  criterion1: true,
  criterion2: true,
  criterion3: true,
  date2: true,
  date3: true,
  birthday: true,
  doNotContact: true,
  emailOptOut: true,
  smsOptOut: true,
  tags: true,
  createdAt: true,
}).extend({
  lastVisitOn: Day.nullable(),
  purchases: z.array(
    z.object({ currency: Currency, visits: z.number().int(), revenue: z.number().int() }),
  ),
})
export type PartyRow = z.infer<typeof PartyRow>

/** Exactly those that the list shows. */
export const PartyCount = z.object({
  total: z.number().int(),
  withEmail: z.number().int(),
  withMobile: z.number().int(),
  doNotContact: z.number().int(),
})
