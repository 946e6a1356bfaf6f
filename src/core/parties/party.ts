import { z } from 'zod'
import { Currency, Day, Id, Instant } from '../kernel/values.ts'
import { Birthday } from './birthday.ts'
import { FieldValue } from './custom-field.ts'

/** What copied numbers and names bring along unseen and what turns the text behind it around. */
export const withoutDirections = (value: string) =>
  value.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

const text = (max: number) =>
  z.string().overwrite(withoutDirections).trim().max(max).refine(isOneLine, 'one line')

/** A line break in a name could become a header in a mail: it never enters. */
function isOneLine(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !/[\u0000-\u001f\u007f\u2028\u2029]/.test(value)
}

const number = z.number().finite().nullable()
/** Minor units of the card's currency. */
const amount = z.number().int().nullable()

/** An account customer is an organisation that pays later and to which others are attached (X-S1). */
export const natures = ['person', 'company', 'account'] as const
export type Nature = (typeof natures)[number]

/** Whether others can be attached to it: the members of an account, the contacts of a company. */
export const isOrganisation = ({ nature }: { nature: string }): boolean => nature !== 'person'

/** The fields of a card by their keys of `cardFields`, custom ones as `custom.<key>` beside them. */
export const CardValues = z.object({
  code: text(60),
  kind: z.string().max(40),
  nature: z.enum(natures),
  salutation: text(40),
  lastName: text(120),
  firstName: text(120),
  company: text(160),
  sex: z.enum(['', 'f', 'm']),
  language: z.string().regex(/^[a-z]{2}$/),
  address1: text(200),
  address2: text(200),
  postalCode: text(20),
  city: text(120),
  country: z.string().regex(/^[A-Z]{2}$/),
  phone: text(40),
  mobile: text(40),
  email: text(254),
  store: Id.nullable(),
  category: Id.nullable(),
  cardNumber: text(60),
  cardType: Id.nullable(),
  loyaltyPoints: number,
  loyaltyItems: number,
  loyaltyVisits: number,
  loyaltyBonus: number,
  loyaltySales: amount,
  loyaltyGift: amount,
  loyaltyCurrency: Currency,
  birthday: Birthday.nullable(),
  date2: Day.nullable(),
  date3: Day.nullable(),
  criterion1: number,
  criterion2: number,
  criterion3: number,
  doNotContact: z.boolean(),
  /** That openings of e-mails are measured; null when nothing was ever said. */
  opensConsent: z.boolean().nullable(),
})
export type CardValues = z.infer<typeof CardValues>

/** Values as somebody gives them now; what a card holds may come from before a rule was stricter. */
export const GivenValues = CardValues.extend({
  email: CardValues.shape.email.refine(
    (value) => value === '' || isEmail(value),
    'an e-mail address',
  ),
})

/** An address a mail server would take: one @, a domain with a dot, no space or angle. */
function isEmail(value: string): boolean {
  return /^[^\s@<>"(),;:\\[\]]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u.test(
    value,
  )
}

const Custom = z.record(z.string(), FieldValue)

/** A new card: what is missing comes from the defaults of the settings; a missing code is given. */
export const PartyDraft = GivenValues.partial()
  .extend({ custom: Custom.default({}), tags: z.array(Id).max(100).default([]) })
  .refine(({ lastName, company }) => Boolean(lastName || company), {
    path: ['lastName'],
    message: 'a name or a company',
  })
export type PartyDraft = z.infer<typeof PartyDraft>

const emailStates = ['ok', 'invalid', 'bounced', 'complained'] as const

/** What a card may hold: imports bring what hand entry refuses, and it must still be shown to be mended. */
const Held = CardValues.extend({
  code: z.string(),
  salutation: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  company: z.string(),
  language: z.string(),
  address1: z.string(),
  address2: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
  phone: z.string(),
  mobile: z.string(),
  email: z.string(),
  cardNumber: z.string(),
  birthday: z.string().nullable(),
})

/** A card as it is. */
export const Party = Held.extend({
  id: Id,
  version: z.number().int(),
  custom: z.record(z.string(), z.union([FieldValue, z.string()])),
  tags: z.array(Id),
  /** E.164, null when the typed form could not be read. */
  phoneNumber: z.string().nullable(),
  mobileNumber: z.string().nullable(),
  emailState: z.enum(emailStates),
  emailOptOut: z.boolean(),
  smsOptOut: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
  /** The card this one was merged into. */
  mergedInto: Id.nullable(),
})
export type Party = z.infer<typeof Party>

/** How a person or company is called on screen. */
export function displayName(
  party: Pick<Party, 'lastName' | 'firstName' | 'company'> & { code?: string },
): string {
  const person = [party.firstName, party.lastName].filter(Boolean).join(' ')
  return person || party.company || party.code || ''
}
